from __future__ import annotations

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sopguide
from sopguide.graph import load
from sopguide.graph.load import KEPT, load_library
from tests.building import LABELS, LIBRARY, MACROS, SOP, complete
from tests.fresh import imported

if TYPE_CHECKING:
    from sopguide.graph.pack import Pack
    from sopguide.source.files import LibraryFiles

TEXT = "start: one\nsteps:\n  one: {do: One, go: done}\n  done: {end: resolved, macro: done, label: done}\n"


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    root = tmp_path / "trees"
    files = {
        "library.yaml": LIBRARY,
        "labels.yaml": LABELS,
        "macros/standard.yaml": MACROS,
        SOP: complete(SOP, TEXT),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def _packs(cache: Path) -> list[Path]:
    return sorted(cache.glob("*.pack"))


def _compiles(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How often something was compiled since: one entry each time."""
    calls: list[int] = []
    compiled = load._compiled

    def counting(files: LibraryFiles) -> Pack:
        calls.append(1)
        return compiled(files)

    monkeypatch.setattr(load, "_compiled", counting)
    return calls


def test_a_second_start_compiles_nothing_and_gives_the_same(
    trees: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = _compiles(monkeypatch)
    first = load_library(trees, cache)
    second = load_library(trees, cache)

    assert len(calls) == 1
    assert second.sops == first.sops
    assert second.form("example") == first.form("example")
    assert second.diagnostics == first.diagnostics == ()


def test_any_edit_is_seen_and_the_old_version_is_still_kept(
    trees: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = _compiles(monkeypatch)
    before = load_library(trees, cache).sops["example"].hash
    text = (trees / SOP).read_text()
    (trees / SOP).write_text(text.replace("do: One", "do: Two"))
    after = load_library(trees, cache).sops["example"].hash
    (trees / SOP).write_text(text)

    assert before != after
    assert load_library(trees, cache).sops["example"].hash == before
    assert len(calls) == 2


def test_a_new_file_is_seen(trees: Path, cache: Path) -> None:
    load_library(trees, cache)
    (trees / "sops" / "other.yaml").write_text(complete("sops/other.yaml", TEXT))

    assert set(load_library(trees, cache).sops) == {"example", "other"}


def test_a_new_translation_is_seen(trees: Path, cache: Path) -> None:
    before = load_library(trees, cache)
    catalogue = trees / "locale/es/LC_MESSAGES/library.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text('msgid "One"\nmsgstr "Uno"\n', "utf-8")
    sop = next(iter(before.sops))

    assert before.languages == ()
    assert load_library(trees, cache).form(sop)["translations"] == {"es": {"One": "Uno"}}
    catalogue.write_text('msgid "One"\nmsgstr "Una"\n', "utf-8")
    assert load_library(trees, cache).form(sop)["translations"] == {"es": {"One": "Una"}}


def test_another_version_of_the_program_compiles_anew(
    trees: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_library(trees, cache)
    calls = _compiles(monkeypatch)
    monkeypatch.setattr(sopguide, "__version__", "0.0.0-other")
    load_library(trees, cache)

    assert len(calls) == 1
    assert len(_packs(cache)) == 2


@pytest.mark.parametrize("damage", [b"", b"garbage", b"sopguide-pack-1 x y\n5\n{}"])
def test_a_damaged_pack_is_compiled_anew(trees: Path, cache: Path, damage: bytes) -> None:
    right = load_library(trees, cache).form_bytes("example")
    [pack] = _packs(cache)
    pack.write_bytes(damage or pack.read_bytes()[:-10])

    assert load_library(trees, cache).form_bytes("example") == right
    assert load_library(trees, cache).form_bytes("example") == right


def test_a_pack_of_another_library_under_this_name_is_not_believed(
    trees: Path, cache: Path
) -> None:
    right = load_library(trees, cache).form_bytes("example")
    [pack] = _packs(cache)
    (trees / SOP).write_text(complete(SOP, TEXT.replace("do: One", "do: Two")))
    load_library(trees, cache)
    [other] = set(_packs(cache)) - {pack}
    pack.write_bytes(other.read_bytes())
    (trees / SOP).write_text(complete(SOP, TEXT))

    assert load_library(trees, cache).form_bytes("example") == right


def test_a_cache_that_cannot_be_written_changes_nothing(trees: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")

    assert load_library(trees, file / "cache").sops["example"].walkable
    assert load_library(trees, None).sops["example"].walkable


def test_what_is_half_written_when_the_disk_is_full_is_removed(
    trees: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(Path, "replace", full)

    assert load_library(trees, cache).sops["example"].walkable
    assert list(cache.iterdir()) == []


def test_the_cache_is_its_owners_alone(trees: Path, cache: Path) -> None:
    load_library(trees, cache)

    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert [stat.S_IMODE(pack.stat().st_mode) for pack in _packs(cache)] == [0o600]


def test_only_the_packs_used_last_are_kept(trees: Path, cache: Path) -> None:
    cache.mkdir()
    old = [cache / f"old{number}.pack" for number in range(KEPT + 3)]
    for number, path in enumerate(old):
        path.write_bytes(b"old")
        os.utime(path, (number, number))
    left = cache / "new-x.tmp"
    left.write_bytes(b"left over")
    os.utime(left, (0, 0))
    fresh = cache / "new-y.tmp"
    fresh.write_bytes(b"being written")

    load_library(trees, cache)

    assert len(_packs(cache)) == KEPT
    assert not old[0].exists()
    assert old[-1].exists()
    assert not left.exists()
    assert fresh.exists()


def test_a_pack_that_is_used_counts_as_new(trees: Path, cache: Path) -> None:
    load_library(trees, cache)
    [pack] = _packs(cache)
    os.utime(pack, (0, 0))
    load_library(trees, cache)

    assert pack.stat().st_mtime > 0


def test_two_at_once_never_harm_each_other(trees: Path, cache: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from sopguide.graph.load import load_library;"
        "print(load_library(Path(sys.argv[1]), Path(sys.argv[2])).sops['example'].hash)"
    )

    def run(_: int) -> str:
        command = [sys.executable, "-c", code, str(trees), str(cache)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    with ThreadPoolExecutor(4) as pool:
        hashes = set(pool.map(run, range(8)))

    assert hashes == {f"{load_library(trees, None).sops['example'].hash}\n"}
    assert [path.suffix for path in cache.iterdir()] == [".pack"]


def test_a_second_start_imports_no_compiler(trees: Path, cache: Path) -> None:
    load_library(trees, cache)
    code = (
        "from pathlib import Path;"
        "from sopguide.graph.load import load_library;"
        "library = load_library(Path(sys.argv[1]), Path(sys.argv[2]));"
        "library.form('example'); library.scenarios('example'); library.diagnostics"
    )
    found = imported(code, trees, cache)

    assert found.isdisjoint({"yaml", "networkx", "pydantic", "liquid", "rapidfuzz", "textual"})
    assert "sopguide.graph.load" in found
    assert "sopguide.graph.build" not in found
    assert "sopguide.lint" not in found


def test_compiling_a_clean_library_needs_no_networkx(trees: Path) -> None:
    code = (
        "from pathlib import Path; from sopguide.graph.load import load_library;"
        "load_library(Path(sys.argv[1]), None)"
    )
    found = imported(code, trees)

    assert "sopguide.graph.build" in found
    assert "networkx" not in found
