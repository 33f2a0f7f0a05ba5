"""Where a command looks for the library and the data, and what it says when they are not there."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from sopguide.cli import options
from sopguide.cli.exits import EnvironmentFault, UserError
from sopguide.messages import _, use
from tests.building import library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.library import Library


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start in an empty folder, with nothing said by the environment."""
    for name in ("SOPGUIDE_TREES", "SOPGUIDE_DATA", "SOPGUIDE_CACHE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def library_at(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "library.yaml").write_text("name: Test\nlocales: [en]\n")
    return folder


def test_the_option_goes_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, named = library_at(tmp_path / "given"), library_at(tmp_path / "named")
    monkeypatch.setenv("SOPGUIDE_TREES", str(named))
    assert options.find_trees(given) == given
    assert options.find_trees() == named


def test_the_folder_trees_is_used_where_it_is_a_library() -> None:
    Path("trees").mkdir()
    assert options.find_trees().is_absolute()  # an empty folder is not: the shipped one
    Path("trees", "library.yaml").write_text("name: Test\nlocales: [en]\n")
    assert options.find_trees() == Path("trees")


def test_an_installed_library_is_found_without_any_option(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = library_at(tmp_path / "sopguide" / "_trees")
    monkeypatch.setattr(options, "__file__", str(tmp_path / "sopguide" / "cli" / "options.py"))
    assert options.find_trees() == shipped
    (shipped / "library.yaml").unlink()
    with pytest.raises(EnvironmentFault, match="the library that comes with sopguide is missing"):
        options.find_trees()


@pytest.mark.parametrize("by_option", [True, False])
def test_a_missing_folder_is_named(*, by_option: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPGUIDE_TREES", "missing")
    option = "--trees" if by_option else "SOPGUIDE_TREES"
    with pytest.raises(UserError) as told:
        options.find_trees(Path("missing") if by_option else None)
    assert told.value.message == f"{option} names a folder that does not exist: missing"


def test_a_file_an_empty_folder_and_a_folder_of_other_things_are_told_apart() -> None:
    Path("file").touch()
    Path("empty").mkdir()
    Path("outer").mkdir()
    library_at(Path("outer", "trees"))
    Path("other").mkdir()
    Path("other", "notes.txt").touch()
    said = {}
    for name in ("file", "file/below", "empty", "outer", "other"):
        with pytest.raises(UserError) as told:
            options.find_trees(Path(name))
        said[name] = (told.value.message, told.value.help)
    assert said == {
        "file": ("--trees names a file, not a folder: file", None),
        "file/below": ("--trees names a file, not a folder: file/below", None),
        "empty": ("--trees names an empty folder: empty", "a library has a library.yaml"),
        "outer": (
            "--trees names a folder that is no library, it has no library.yaml: outer",
            "did you mean `outer/trees`?",
        ),
        "other": ("--trees names a folder that is no library, it has no library.yaml: other", None),
    }


def test_a_folder_that_may_not_be_read_is_no_mistake_of_the_person(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_: Path) -> object:
        raise PermissionError(13, "Permission denied")

    library_at(Path("locked"))
    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(EnvironmentFault, match="may not be read: locked"):
        options.find_trees(Path("locked"))


def test_the_data_folder_is_the_option_the_environment_or_the_users_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert options.find_data().name == "sopguide"
    assert options.find_data().is_absolute()
    monkeypatch.setenv("SOPGUIDE_DATA", "named")
    assert options.find_data() == Path("named")
    assert options.find_data(Path("given")) == Path("given")


def test_a_file_is_no_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("file").touch()
    with pytest.raises(UserError, match="--data names a file, not a folder: file"):
        options.find_data(Path("file"))
    monkeypatch.setenv("SOPGUIDE_DATA", "file")
    with pytest.raises(UserError, match="SOPGUIDE_DATA names a file, not a folder: file"):
        options.find_data()


def test_the_cache_folder_is_the_environments_or_the_users_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert options.find_cache().name == "sopguide"
    monkeypatch.setenv("SOPGUIDE_CACHE", "cache")
    assert options.find_cache() == Path("cache")


def test_a_library_is_opened_as_the_command_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOPGUIDE_CACHE", os.fspath(Path("cache").absolute()))
    assert options.open_library(library_at(Path("mine"))).name == "Test"


def test_an_sop_is_found_by_its_id_and_by_its_file() -> None:
    library = cast(
        "Library", SimpleNamespace(sops={"account/hacked": "hacked", "identity/verify": "verify"})
    )
    for name in ("account/hacked", "account/hacked.yaml", "trees/sops/account/hacked.yaml"):
        assert str(options.find_sop(library, name)) == "hacked"
    with pytest.raises(UserError, match="no SOP is named `acount/hackd`") as told:
        options.find_sop(library, "acount/hackd")
    assert told.value.help == "did you mean `account/hacked`?"
    with pytest.raises(UserError) as told:
        options.find_sop(library, "xxxxx")
    assert told.value.help is None


SPANISH = {"locale/es/LC_MESSAGES/library.po": 'msgid "yes"\nmsgstr "sí"\n'}


@pytest.fixture
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A system that reads English, and a program that speaks it again afterwards."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    yield
    use("en")


@pytest.mark.usefixtures("english")
def test_the_language_given_goes_before_the_settings_and_those_before_the_system() -> None:
    spanish = library(SPANISH)

    assert options.speak(spanish, "es", "de") == "es"
    assert options.speak(spanish, None, "de") == "de"
    assert options.speak(spanish, None, None) == "en_GB"


@pytest.mark.usefixtures("english")
def test_a_language_that_nobody_wrote_in_is_refused_with_those_there_are() -> None:
    with pytest.raises(UserError, match="--language: there is de, en, es, not `fr`"):
        options.speak(library(SPANISH), "fr", None)


@pytest.mark.usefixtures("english")
def test_the_system_may_have_a_language_that_nobody_wrote_in() -> None:
    assert options.speak(library({}), None, "fr") == "fr"
    assert _("Not known") == "Not known"
