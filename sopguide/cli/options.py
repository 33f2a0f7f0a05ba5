"""What commands share: where the library is, where the data lies, which procedure is meant.

Everything a person can get wrong about them is said here, once, in the same words.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sopguide.cli.exits import EnvironmentFault, UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopguide.graph.library import Entry, Library

LIBRARY_FILE = "library.yaml"

trees_option = click.option(
    "--trees",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The library. Else SOPGUIDE_TREES, else ./trees, else the one shipped.",
)
data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where walks are logged. Else SOPGUIDE_DATA, else your user data folder.",
)
language_option = click.option(
    "--language",
    metavar="CODE",
    help="The language you read. Else `language` in your settings, else your system's.",
)


def find_trees(given: Path | None = None) -> Path:
    """The library's folder: as given, else SOPGUIDE_TREES, else ./trees, else the one shipped."""
    if given is not None:
        return _library_at(given, "--trees")
    if named := os.environ.get("SOPGUIDE_TREES"):
        return _library_at(Path(named), "SOPGUIDE_TREES")
    here = Path("trees")
    return here if (here / LIBRARY_FILE).is_file() else _shipped()


def find_data(given: Path | None = None) -> Path:
    """Where walks are logged: as given, else SOPGUIDE_DATA, else the user's data folder."""
    named = os.environ.get("SOPGUIDE_DATA")
    if given is None and not named:
        import platformdirs

        return platformdirs.user_data_path("sopguide", appauthor=False)
    folder = given or Path(named or "")
    if folder.exists() and not folder.is_dir():
        option = "--data" if given else "SOPGUIDE_DATA"
        raise UserError(f"{option} names a file, not a folder: {folder}")
    return folder


def find_cache() -> Path:
    """Where compiled libraries are kept: SOPGUIDE_CACHE, else the user's cache folder."""
    if named := os.environ.get("SOPGUIDE_CACHE"):
        return Path(named)
    import platformdirs

    return platformdirs.user_cache_path("sopguide", appauthor=False)


def open_library(trees: Path | None) -> Library:
    """The library that `--trees` names, or is found without it; compiled or from the cache."""
    from sopguide.graph.load import load_library

    return load_library(find_trees(trees), find_cache())


def languages_there(library: Library) -> list[str]:
    """The languages that an agent may choose: the library's and the program's."""
    from sopguide.messages import spoken

    return sorted({*library.locales[:1], *library.languages, *spoken()})


def speak(library: Library, given: str | None, setting: str | None) -> str:
    """Speak the agent's language from now on: as given, else as set, else the system's.

    One that is given has to be there: one of the library, or of the program.
    """
    from sopguide.languages import language_of, nearest
    from sopguide.messages import use

    if given is not None:
        there = languages_there(library)
        if nearest(given, there) is None:
            raise UserError(f"--language: there is {', '.join(there)}, not `{given}`")
    wanted = given or setting or language_of()
    use(wanted)
    return wanted


def find_sop(library: Library, name: str) -> Entry:
    """The SOP of that id; its file's name will do as well."""
    for written in (name, _id_of_file(name)):
        if written in library.sops:
            return library.sops[written]
    raise UserError(f"no SOP is named `{name}`", nearest(name, library.sops))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """`did you mean ...`, where a name is near."""
    from rapidfuzz import fuzz, process, utils

    found = process.extractOne(
        name, list(known), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=70
    )
    return f"did you mean `{found[0]}`?" if found else None


def _id_of_file(name: str) -> str:
    path = name.removesuffix(".yaml").removesuffix(".yml")
    return path.rpartition("sops/")[2]


def _library_at(folder: Path, option: str) -> Path:
    try:
        found = (folder / LIBRARY_FILE).is_file()
        names = [entry.name for entry in folder.iterdir()]
    except FileNotFoundError:
        raise UserError(f"{option} names a folder that does not exist: {folder}") from None
    except NotADirectoryError:
        raise UserError(f"{option} names a file, not a folder: {folder}") from None
    except PermissionError:
        raise EnvironmentFault(f"{option} names a folder that may not be read: {folder}") from None
    if found:
        return folder
    if not names:
        raise UserError(f"{option} names an empty folder: {folder}", "a library has a library.yaml")
    inner = next((name for name in names if (folder / name / LIBRARY_FILE).is_file()), None)
    raise UserError(
        f"{option} names a folder that is no library, it has no library.yaml: {folder}",
        f"did you mean `{folder / inner}`?" if inner else None,
    )


def _shipped() -> Path:
    package = Path(__file__).parents[1]
    for folder in (package / "_trees", package.parent / "trees"):
        if (folder / LIBRARY_FILE).is_file():
            return folder
    raise EnvironmentFault(
        "the library that comes with sopguide is missing",
        "install sopguide again, or name a library with --trees",
    )
