from __future__ import annotations

import os
from pathlib import Path

import pytest

from sopguide.source import files
from sopguide.source.files import read_library
from tests.fresh import imported


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "library.yaml").write_text("name: x\n")
    (tmp_path / "sops" / "account").mkdir(parents=True)
    return tmp_path


def said(root: Path) -> list[str]:
    return [str(found) for found in read_library(root).diagnostics]


def test_finds_files_at_any_depth_and_names_them_by_their_path(root: Path) -> None:
    (root / "sops" / "account" / "hacked.yaml").write_text("a: b")
    (root / "sops" / "top.yml").write_text("a: b")
    (root / "macros" / "x" / "y").mkdir(parents=True)
    (root / "macros" / "x" / "y" / "z.yaml").write_text("a: b")
    (root / "labels.yml").write_text("a: b")
    (root / "README.md").write_text("not read")
    (root / "notes").mkdir()
    (root / "notes" / "ideas.yaml").write_text("not read")
    (root / "sops" / ".hidden.yaml").write_text("not read")
    library = read_library(root)
    assert [(file.kind, file.id, file.path) for file in library.files] == [
        ("labels", "labels", "labels.yml"),
        ("library", "library", "library.yaml"),
        ("macros", "x/y/z", "macros/x/y/z.yaml"),
        ("sops", "account/hacked", "sops/account/hacked.yaml"),
        ("sops", "top", "sops/top.yml"),
    ]
    assert not library.diagnostics


def test_digests_change_with_the_bytes_the_names_and_what_is_wrong(root: Path) -> None:
    seen = {read_library(root).digests}
    (root / "sops" / "a.yaml").write_text("a")
    seen.add(read_library(root).digests)
    (root / "sops" / "a.yaml").write_text("b")
    seen.add(read_library(root).digests)
    (root / "sops" / "a.yaml").rename(root / "sops" / "b.yaml")
    seen.add(read_library(root).digests)
    (root / "strange.yaml").write_text("b")
    seen.add(read_library(root).digests)
    assert len(seen) == 5
    assert read_library(root).digests in seen


def test_two_files_may_not_give_one_id(root: Path) -> None:
    (root / "sops" / "a.yaml").write_text("a: b")
    (root / "sops" / "a.yml").write_text("a: b")
    [found] = read_library(root).diagnostics
    assert str(found) == "sops/a.yml: error[SOP116] two files give the id `a`"
    assert [str(other.span) for other in found.related] == ["sops/a.yaml"]


def test_a_yaml_file_that_belongs_nowhere_is_told(root: Path) -> None:
    (root / "libary.yaml").write_text("a: b")
    (root / "sops" / "A.YAML").write_text("a: b")
    (root / "sops" / "my sop.yaml").write_text("a: b")
    assert said(root) == [
        "libary.yaml: error[SOP115] this file is not part of a library",
        "sops/A.YAML: error[SOP115] the file's ending is not in lower case",
        "sops/my sop.yaml: error[SOP124] the file's name gives no id",
    ]


def test_a_folder_that_is_nearly_one_of_a_library_is_told(root: Path) -> None:
    (root / "scenario").mkdir()
    (root / "Macros").mkdir()
    assert said(root) == [
        "Macros: error[SOP115] this folder is not part of a library",
        "scenario: error[SOP115] this folder is not part of a library",
    ]


def test_a_folder_without_library_yaml_is_no_library(tmp_path: Path) -> None:
    assert said(tmp_path) == ["library.yaml: error[SOP117] there is no `library.yaml`"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    first, *_ = said(tmp_path / "gone")
    assert first == ".: error[SOP101] cannot be read: no such file or directory"


def test_a_file_over_the_limit_is_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "sops" / "a.yaml").write_bytes(b"x" * 101)
    (root / "sops" / "b.yaml").write_bytes(b"x" * 100)
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    library = read_library(root)
    assert [str(found) for found in library.diagnostics] == [
        "sops/a.yaml: error[SOP102] the file is larger than 16 MiB"
    ]
    assert [file.id for file in library.files] == ["library", "b"]


def test_links_that_lead_in_circles_are_told(root: Path) -> None:
    (root / "sops" / "account" / "again").symlink_to(root / "sops")
    (root / "sops" / "self.yaml").symlink_to("self.yaml")
    (root / "sops" / "gone.yaml").symlink_to("nowhere.yaml")
    assert said(root) == [
        "sops/account/again: error[SOP101] this is the folder `sops` again",
        "sops/gone.yaml: error[SOP101] cannot be read: no such file or directory",
        "sops/self.yaml: error[SOP101] cannot be read: too many levels of symbolic links",
    ]


def test_folders_may_be_nested_sixty_four_deep(root: Path) -> None:
    (root / "sops" / "/".join("d" * 70)).mkdir(parents=True)
    [found] = read_library(root).diagnostics
    assert found.headline == "folders are nested more than 64 deep"


def test_folders_linked_to_each_other_are_read_once(root: Path) -> None:
    for name in range(12):
        (root / "sops" / f"f{name}").mkdir()
        for other in range(12):
            (root / "sops" / f"f{name}" / f"to{other}").symlink_to(root / "sops" / f"f{other}")
    assert len(said(root)) == 12 * 12


def test_a_linked_folder_is_read_like_any_other(root: Path, tmp_path_factory: object) -> None:
    other = root.parent / f"{root.name}-shared"
    other.mkdir()
    (other / "x.yaml").write_text("a: b")
    (root / "sops" / "shared").symlink_to(other)
    assert [file.id for file in read_library(root).files] == ["library", "shared/x"]


def test_pipes_and_folders_named_like_files_stop_nothing(root: Path) -> None:
    os.mkfifo(root / "sops" / "pipe.yaml")
    (root / "sops" / "folder.yaml").mkdir()
    assert said(root) == ["sops/pipe.yaml: error[SOP101] this is no plain file"]


def test_a_name_that_is_no_utf8_is_told(root: Path) -> None:
    try:
        Path(os.fsdecode(bytes(root / "sops") + b"/\xff.yaml")).write_text("a: b")
    except OSError:
        pytest.skip("this file system takes no such names")
    [found] = read_library(root).diagnostics
    assert found.code == "SOP124"
    assert str(found).encode().startswith("sops/\ufffd.yaml: ".encode())


def test_a_file_that_cannot_be_opened_stops_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str, flags: int) -> int:
        if path.endswith("a.yaml"):
            raise PermissionError(13, "Permission denied")
        return os.open(path, flags)

    (root / "sops" / "a.yaml").write_text("a: b")
    monkeypatch.setattr(files, "_open_plain", refuse)
    assert said(root) == ["sops/a.yaml: error[SOP101] cannot be read: permission denied"]


def test_what_an_editor_holds_counts_in_place_of_what_is_on_disk(root: Path) -> None:
    (root / "sops" / "one.yaml").write_text("old")
    unsaved = {
        "sops/one.yaml": b"new",
        "sops/account/two.yaml": b"two",
        "notes/ideas.yaml": b"not read",
        "sops/.hidden.yaml": b"not read",
        "sops/readme.md": b"not read",
    }
    library = read_library(root, unsaved)

    assert [(file.path, file.data) for file in library.files] == [
        ("library.yaml", b"name: x\n"),
        ("sops/account/two.yaml", b"two"),
        ("sops/one.yaml", b"new"),
    ]
    assert library.diagnostics == ()
    assert library.digests != read_library(root).digests


def test_an_unsaved_file_is_held_to_the_same_limits(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 20)
    unsaved = {"sops/one.yaml": b"x" * 21, "other.yaml": b"", "sops/a b.yaml": b""}

    assert [str(each) for each in read_library(root, unsaved).diagnostics] == [
        "other.yaml: error[SOP115] this file is not part of a library",
        "sops/a b.yaml: error[SOP124] the file's name gives no id",
        "sops/one.yaml: error[SOP102] the file is larger than 16 MiB",
    ]


def test_finding_files_needs_neither_yaml_nor_pydantic() -> None:
    found = imported("import sopguide.source.files")
    assert "sopguide.source.files" in found
    assert found.isdisjoint({"yaml", "pydantic", "networkx"})


def test_catalogues_of_translations_are_found_by_language_and_area(root: Path) -> None:
    folder = root / "locale" / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "account.po").write_text("")
    (folder / "account.mo").write_text("not read")
    (root / "locale" / "messages").mkdir()
    (root / "locale" / "messages" / "account.pot").write_text("not read")
    before = read_library(root)

    assert [(file.kind, file.id) for file in before.files] == [
        ("library", "library"),
        ("locale", "es/account"),
    ]
    assert not before.diagnostics
    (folder / "account.po").write_text("# another\n")
    assert read_library(root).digests != before.digests


def test_a_catalogue_in_the_wrong_place_is_told(root: Path) -> None:
    (root / "locale" / "es").mkdir(parents=True)
    (root / "locale" / "es" / "account.po").write_text("")
    (root / "Locale").mkdir()

    assert said(root) == [
        "Locale: error[SOP115] this folder is not part of a library",
        "locale/es/account.po: error[SOP115] no translations are looked for here",
    ]
