"""Imported logs in the data folder: `imports/NAME/`, apart from the path log and never part of it.

`cases.jsonl` has one case a line, `about.json` where it came from and what was counted. A log is
there whole or not at all.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import zlib
from collections import Counter
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from sopguide.log.exporting.counts import Counts
from sopguide.log.exporting.placing import placed_folder
from sopguide.log.faults import LogError
from sopguide.log.files import SYSTEM_DISK, beside, private_folder, reported
from sopguide.log.importing.case import MOST_KEYS, Attribute, ImportedCase, ImportFaultError
from sopguide.log.importing.csvfile import CsvReader
from sopguide.log.importing.xes import XesReader
from sopguide.log.jsontext import dumps, loads
from sopguide.log.regular import open_regular, read_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_CASES, _ABOUT = "cases.jsonl", "about.json"
_GZIP = b"\x1f\x8b"


class About(NamedTuple):
    """An imported log: what `log imports` tells, and what is needed to give it back."""

    name: str
    source: str
    counts: dict[str, Any]
    head: list[dict[str, Any]]
    of_case: list[str]
    of_event: list[str]


class Imports:
    """The imported logs of a data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "imports"

    def add(
        self,
        name: str,
        file: Path,
        how: Mapping[str, Any],
        note: Callable[[Counts], object] = lambda _: None,
        tell: Callable[[int], object] = lambda _: None,
    ) -> Counts:
        """Reads a file and keeps it. Raises ImportFaultError, and then nothing is kept.

        `note` is called before the log is in place: where it raises, nothing is kept either.
        """
        self._check_free(name)
        private_folder(self._folder)
        reader = reader_for(file, **how)
        counts, of_case, of_event = Counts(), Counter[str](), Counter[str]()
        with placed_folder(self._folder / name) as folder:
            with _private(folder / _CASES) as out, _opened(file) as source:
                for case in _sound(reader.cases(source), file):
                    out.write(dumps([_told(case.attributes), *map(_told, case.events)]) + b"\n")
                    of_case.update(one.key for one in case.attributes if one.key)
                    of_event.update(one.key for event in case.events for one in event if one.key)
                    if len(of_case) + len(of_event) > MOST_KEYS:
                        raise ImportFaultError(str(file), "has too many different attributes")
                    counts.add(case.activities, case.times)
                    tell(counts.events)
            if not counts.cases:
                raise ImportFaultError(str(file), "has no case with an event")
            about = About(name, file.name, counts.to_json(), reader.head, [*of_case], [*of_event])
            with _private(folder / _ABOUT) as out:
                out.write(dumps(about._asdict()))
            note(counts)
        return counts

    def all(self) -> list[About]:
        """By name; one that is damaged is left out by nobody: it raises LogError."""
        names = sorted(path.name for path in self._folder.glob("[!.]*") if path.is_dir())
        return [self.about(name) for name in names]

    def about(self, name: str) -> About:
        path = self._place(name) / _ABOUT
        with reported("read", path):
            content = read_regular(path)
        try:
            return About(**loads(content))
        except (ValueError, TypeError) as error:
            raise LogError(f"cannot read {path}: it is damaged; import the log again") from error

    def cases(self, name: str) -> Iterator[ImportedCase]:
        """In the order of the file that was imported."""
        path = self._place(name) / _CASES
        with reported("read", path), open_regular(path) as file:
            for number, line in enumerate(file, 1):
                try:
                    attributes, *events = loads(line)
                    yield ImportedCase(_read(attributes), tuple(map(_read, events)))
                except (ValueError, TypeError) as error:
                    help_text = "it is damaged; import the log again"
                    raise LogError(f"cannot read {path}:{number}: {help_text}") from error

    def remove(self, name: str) -> None:
        """Takes a log away at once, and its files after that."""
        place = self._place(name)
        gone = beside(place)
        with reported("remove", place):
            SYSTEM_DISK.rename(place, gone)
            SYSTEM_DISK.sync_folder(self._folder)
            shutil.rmtree(gone)

    def _check_free(self, name: str) -> None:
        if not _NAME.fullmatch(name):
            what = f"`{name}` is no name for a log"
            raise ImportFaultError("--name", what, "use letters, digits and . _ -")
        if (self._folder / name).exists():
            help_text = f"`sopguide log imports --remove {name}` takes it away"
            raise ImportFaultError("--name", f"there is an imported log `{name}`", help_text)

    def _place(self, name: str) -> Path:
        place = self._folder / name
        if not _NAME.fullmatch(name) or not place.is_dir():
            there = ", ".join(sorted(path.name for path in self._folder.glob("[!.]*"))) or "none"
            raise ImportFaultError("imports", f"there is no log `{name}`", f"there is: {there}")
        return place


def name_for(file: Path) -> str:
    """The name of a log that has been given none."""
    stem = file.name.partition(".")[0]
    return re.sub(r"[^A-Za-z0-9._-]+", "-", stem).strip("-._")[:64] or "log"


def reader_for(
    file: Path, mapped: Mapping[str, str], time_format: str | None
) -> CsvReader | XesReader:
    name = file.name.lower().removesuffix(".gz")
    if name.endswith(".xes"):
        if mapped or time_format:
            raise ImportFaultError("--map", "XES says by itself what is what")
        return XesReader(str(file))
    if name.endswith(".csv"):
        return CsvReader(str(file), mapped, time_format)
    raise ImportFaultError(str(file), "is neither .xes nor .csv, nor one of them with .gz")


def _opened(file: Path) -> IO[bytes]:
    with reported("read", file):
        packed = file.open("rb")
    start = packed.peek(2)[:2]
    return cast("IO[bytes]", gzip.open(packed)) if start == _GZIP else packed


def _sound(cases: Iterator[ImportedCase], file: Path) -> Iterator[ImportedCase]:
    """Those with an event; what is wrong with the packing is told like any fault."""
    try:
        yield from (case for case in cases if case.events)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise ImportFaultError(str(file), f"cannot be unpacked: {error}") from None


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(SYSTEM_DISK.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb")


def _told(attributes: tuple[Attribute, ...]) -> list[object]:
    return [one.to_json() for one in attributes]


def _read(attributes: list[Any]) -> tuple[Attribute, ...]:
    return tuple(map(Attribute.of, attributes))
