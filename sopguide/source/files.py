"""The files of a library: found, named and read once, as bytes.

Nothing is parsed here. The digests are what the cache is looked up by, so they are made from the
very bytes that are compiled when they are not in it. Links, odd names and files that cannot be read
are reported as findings; no file can stop the others from being read.
"""

from __future__ import annotations

import os
import stat
from hashlib import sha256
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from sopguide.diagnostics import Diagnostic, Related, Severity, Span
from sopguide.facts.names import is_id
from sopguide.source import codes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64
FOLDERS = ("macros", "tables", "sops", "scenarios")
CATALOGUES = ("library", "labels")
ENDINGS = (".yaml", ".yml")
TRANSLATIONS = "locale"
TRANSLATIONS_ENDING = ".po"
NOTHING: Mapping[str, bytes] = MappingProxyType({})

_MEANT = {name: folder for folder in FOLDERS for name in (folder, folder.removesuffix("s"))}
_MEANT |= {"locale": TRANSLATIONS, "locales": TRANSLATIONS}
_PARTS = (
    "beside `library.yaml` and `labels.yaml`, files lie in `macros/`, `tables/`, `sops/` and "
    "`scenarios/`"
)
_FILE_NAMES = (
    "file and folder names hold letters, digits, `-` and `_`, and begin with a letter or digit"
)


class LibraryFile(NamedTuple):
    """One file: its kind (a folder's name, `library` or `labels`), its id, its bytes.

    The id of a catalogue of translations is its language and its area: `es/account`.
    """

    path: str
    kind: str
    id: str
    data: bytes
    digest: str

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.path!r})"


class LibraryFiles(NamedTuple):
    """All files of a library in the order of their paths, and what could not be read."""

    root: Path
    files: tuple[LibraryFile, ...]
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def digests(self) -> tuple[tuple[str, str], ...]:
        """What the library is made of: every path with the digest of its bytes.

        What could not be read counts too, by what is said about it.
        """
        told = ((str(found), "") for found in self.diagnostics)
        return (*((file.path, file.digest) for file in self.files), *sorted(told))


def read_library(root: Path, unsaved: Mapping[str, bytes] = NOTHING) -> LibraryFiles:
    """Read every file of the library at `root`.

    `unsaved` are the bytes of files as an editor holds them, by their path below the root: they
    count in place of what is on disk, and where nothing is.
    """
    files: dict[tuple[str, str], LibraryFile] = {}
    diagnostics: list[Diagnostic] = []
    for path, found in _paths(root, unsaved):
        if found is not None:
            diagnostics.append(found)
            continue
        place = _place(path)
        if isinstance(place, Diagnostic):
            diagnostics.append(place)
            continue
        data = _sized(path, unsaved[path]) if path in unsaved else _read(root, path)
        if isinstance(data, Diagnostic):
            diagnostics.append(data)
        elif place in files:
            diagnostics.append(_same_id(path, place[1], files[place].path))
        else:
            files[place] = LibraryFile(path, *place, data, sha256(data).hexdigest())
    if ("library", "library") not in files and not any(
        found.span and found.span.file.startswith("library.y") for found in diagnostics
    ):
        diagnostics.append(
            _error(
                codes.NO_LIBRARY,
                "library.yaml",
                "there is no `library.yaml`",
                "a library is a folder with `library.yaml`, `labels.yaml`, `macros/` and `sops/`",
            )
        )
    ordered = tuple(sorted(files.values(), key=lambda file: file.path))
    return LibraryFiles(root, ordered, tuple(sorted(diagnostics)))


def _paths(root: Path, unsaved: Mapping[str, bytes]) -> Iterator[tuple[str, Diagnostic | None]]:
    """Every file on disk, and those that are nowhere but in an editor."""
    on_disk = set()
    for path, found in _walk(root, "", {}):
        on_disk.add(path)
        yield path, found
    for path in sorted(unsaved.keys() - on_disk):
        folder, *inner = path.split("/")
        hidden = path.startswith(".") or "/." in path
        if path.lower().endswith(ENDINGS) and not hidden and (not inner or folder in FOLDERS):
            yield path, None


def _walk(
    root: Path, folder: str, seen: dict[tuple[int, int], str]
) -> Iterator[tuple[str, Diagnostic | None]]:
    """Every YAML file, by its path below the root with `/`; folders and files in order of name.

    Each folder is read once, however many links lead to it.
    """
    try:
        here = (root / folder).stat()
        with os.scandir(root / folder) as entries:
            names = sorted((entry.name, _is_folder(entry)) for entry in entries)
    except OSError as error:
        yield folder, _unreadable(folder or ".", error)
        return
    same = seen.setdefault((here.st_dev, here.st_ino), folder)
    if here.st_ino and same != folder:
        headline = f"this is the folder `{same or '.'}` again"
        yield folder, _error(codes.UNREADABLE_FILE, folder, headline, "delete the link")
        return
    for name, is_folder in names:
        path = f"{folder}/{name}" if folder else name
        if name.startswith("."):
            continue
        if is_folder and path.count("/") == MAX_DEPTH:
            headline = f"folders are nested more than {MAX_DEPTH} deep"
            yield path, _error(codes.UNREADABLE_FILE, path, headline)
        elif is_folder:
            if folder or name in FOLDERS or name == TRANSLATIONS:
                yield from _walk(root, path, seen)
            elif name.lower() in _MEANT:
                advice = f"rename it to `{_MEANT[name.lower()]}`"
                headline = "this folder is not part of a library"
                yield path, _error(codes.MISPLACED_FILE, path, headline, advice)
        elif name.lower().endswith(_endings(path)):
            yield path, None


def _endings(path: str) -> str | tuple[str, ...]:
    return TRANSLATIONS_ENDING if path.startswith(f"{TRANSLATIONS}/") else ENDINGS


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself: opening it will say so
        return False


def _place(path: str) -> tuple[str, str] | Diagnostic:
    """What kind of file a path is, and the id it gives."""
    stem, ending = os.path.splitext(path)  # noqa: PTH122 - paths here are text with `/`
    kind, slash, name = stem.partition("/")
    if slash and kind == TRANSLATIONS:
        return _catalogue(path, ending, name.split("/"))
    if ending not in ENDINGS:
        headline = "the file's ending is not in lower case"
        return _error(codes.MISPLACED_FILE, path, headline, "write `.yaml`")
    if not slash and kind in CATALOGUES:
        return kind, kind
    if not slash:
        headline = "this file is not part of a library"
        return _error(codes.MISPLACED_FILE, path, headline, _PARTS)
    if not all(is_id(part) for part in name.split("/")):
        headline = "the file's name gives no id"
        return _error(codes.WRONG_NAME, path, headline, _FILE_NAMES)
    return kind, name


def _catalogue(path: str, ending: str, parts: list[str]) -> tuple[str, str] | Diagnostic:
    """The place of a catalogue of translations, which gettext's tools know it by."""
    match parts:
        case [language, "LC_MESSAGES", area] if ending == TRANSLATIONS_ENDING:
            return TRANSLATIONS, f"{language}/{area}"
    headline = "no translations are looked for here"
    advice = "a catalogue lies in `locale/LANGUAGE/LC_MESSAGES/AREA.po`"
    return _error(codes.MISPLACED_FILE, path, headline, advice)


def _read(root: Path, path: str) -> bytes | Diagnostic:
    try:
        with open(root / path, "rb", opener=_open_plain) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return _error(codes.UNREADABLE_FILE, path, "this is no plain file", "delete it")
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        return _unreadable(path, error)
    return _sized(path, data)


def _sized(path: str, data: bytes) -> bytes | Diagnostic:
    if len(data) > MAX_BYTES:
        return _error(codes.TOO_BIG, path, "the file is larger than 16 MiB", "split it")
    return data


def _open_plain(path: str, flags: int) -> int:
    """Open without waiting for a writer, should this be a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _unreadable(path: str, error: Exception) -> Diagnostic:
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
    return _error(codes.UNREADABLE_FILE, path, f"cannot be read: {reason[:1].lower()}{reason[1:]}")


def _same_id(path: str, name: str, other: str) -> Diagnostic:
    return Diagnostic(
        codes.SAME_ID,
        Severity.ERROR,
        Span.of_file(path),
        f"two files give the id `{name}`",
        "rename or delete one of the two",
        (Related(Span.of_file(other), "the other file"),),
    )


def _error(code: str, path: str, headline: str, advice: str | None = None) -> Diagnostic:
    # a name that is no UTF-8 comes with lone surrogates, which can be neither shown nor kept
    path = os.fsencode(path).decode("utf-8", "replace")
    return Diagnostic(code, Severity.ERROR, Span.of_file(path), headline, advice)
