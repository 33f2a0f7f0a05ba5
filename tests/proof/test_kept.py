from __future__ import annotations

from pathlib import Path

import pytest

from sopguide.proof import kept
from sopguide.proof.findings import Finding
from sopguide.proof.kept import Proofs

FOUND = {
    "": [Finding("gap", ("steps", "one", "go", 0), words="age 3", witness={"facts": {"age": 3}})],
    "limit": [],
}


def _file(cache: Path) -> Path:
    [file] = cache.glob("proofs-*.json")
    return file


def test_what_was_proved_outlasts_the_process(tmp_path: Path) -> None:
    proofs = Proofs(tmp_path)
    proofs["aa"] = FOUND
    proofs.save()

    again = Proofs(tmp_path)
    assert "aa" in again
    assert "bb" not in again
    assert again["aa"] == FOUND
    assert _file(tmp_path).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damage", [b"", b"x", b"0" * 64 + b"\n{}", b"\xff\x00"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    proofs = Proofs(tmp_path)
    proofs["aa"] = FOUND
    proofs.save()
    _file(tmp_path).write_bytes(damage)

    assert "aa" not in Proofs(tmp_path)


def test_an_altered_file_is_as_good_as_none(tmp_path: Path) -> None:
    proofs = Proofs(tmp_path)
    proofs["aa"] = FOUND
    proofs.save()
    file = _file(tmp_path)
    file.write_bytes(file.read_bytes().replace(b"age 3", b"age 4"))

    assert "aa" not in Proofs(tmp_path)


def test_two_processes_keep_what_both_have_proved(tmp_path: Path) -> None:
    one, two = Proofs(tmp_path), Proofs(tmp_path)
    one["aa"] = FOUND
    two["bb"] = {}
    one.save()
    two.save()

    both = Proofs(tmp_path)
    assert "aa" in both
    assert "bb" in both
    assert [each.name for each in tmp_path.iterdir()] == [_file(tmp_path).name]


def test_the_proofs_of_another_program_are_dropped(tmp_path: Path) -> None:
    (tmp_path / "proofs-old.json").write_text("{}")
    proofs = Proofs(tmp_path)
    proofs["aa"] = {}
    proofs.save()

    assert not (tmp_path / "proofs-old.json").exists()


def test_only_so_many_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    proofs = Proofs(tmp_path)
    for form in ("aa", "bb", "cc"):
        proofs[form] = {}
    proofs.save()

    again = Proofs(tmp_path)
    assert [form for form in ("aa", "bb", "cc") if form in again] == ["bb", "cc"]


def test_nothing_new_and_no_place_write_nothing(tmp_path: Path) -> None:
    Proofs(tmp_path).save()
    memory = Proofs()
    memory["aa"] = FOUND
    memory.save()

    assert memory["aa"] == FOUND
    assert list(tmp_path.iterdir()) == []


def test_a_cache_that_cannot_be_written_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError("full")

    proofs = Proofs(tmp_path)
    proofs["aa"] = FOUND
    monkeypatch.setattr(Path, "replace", refuse)
    proofs.save()

    assert list(tmp_path.iterdir()) == []
