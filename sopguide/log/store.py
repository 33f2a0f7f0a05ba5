"""Finished walks, as TinyDB files: one document a walk, a few files a day.

A file is opened afresh under a lock, changed in memory, and replaced as a whole; it is closed for
good while that is still cheap, and the next is begun. What is here can be made again from the
journals at any time.

Nothing here is imported before a walk ends or the log is read: TinyDB and
filelock come in inside the functions that need them, so that the first
question is on the screen sooner.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from sopguide.log.dayfile import put, read, retire
from sopguide.log.dayfiles import DayFiles, after, day_in_path, read_all
from sopguide.log.files import NEW, private_folder, remove
from sopguide.log.locks import waited_for
from sopguide.log.record import is_time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from sopguide.log.document import WalkDoc
    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder
    from sopguide.log.setting_aside import Kept

FULL = 256_000  # bytes at which a file is closed: folding into it stays far below 10 ms
_PATIENCE = 30.0  # seconds to wait for another process's fold
_BATCH = 50  # walks put into a file in one go when many are folded at once
_TIME_DIGITS = 12  # of a UUIDv7
_MOST_KEPT = 100  # files whose walks are kept in memory: those of the days in progress

_Stamp = tuple[int, int, int]


class Store:
    """The finished walks of a data folder."""

    def __init__(self, folder: DataFolder, full: int = FULL) -> None:
        self._folder = folder
        self._files = DayFiles(folder.walks)
        self._full = full
        self._kept: dict[Path, tuple[_Stamp, list[WalkDoc]]] = {}

    def fold(self, documents: Iterable[WalkDoc], *, again: bool = False) -> None:
        """Puts walks in, durably; one that is there already is replaced.

        `again` looks for them in all files of their day: needed where an
        earlier attempt may have gone through.
        """
        with waited_for(self._folder.lock("walks"), _PATIENCE):
            for day, walks in _by_day(documents).items():
                self._add(day, self._refresh(day, walks) if again else walks)

    def days(self) -> list[str]:
        """The days on which walks ended, `2026-11-22`, oldest first."""
        return self._files.days()

    def read_day(
        self, day: str, damages: list[Damage], *containing: str, keep: bool = False
    ) -> list[WalkDoc]:
        """The walks that ended on a day, in that order; what cannot be read goes to `damages`.

        Files in which none of these texts occurs are passed over. `keep`: it will be asked for
        again soon, as the day in progress is, and then only what was written meanwhile is parsed.
        """
        texts = [text.encode() for text in containing]

        def look(path: Path) -> list[WalkDoc]:
            return self._once(path, damages) if keep else read(path, damages, *texts)

        walks = read_all(lambda: self._files.of(day), look)
        return sorted(walks.values(), key=lambda walk: (walk.last, walk.walk))

    def find(self, start: str, damages: list[Damage]) -> dict[str, WalkDoc]:
        """Finished walks whose id starts so.

        An id tells when its walk began, so the days before are looked through
        only where the later ones have nothing. Only files with such an id are parsed.
        """
        first = _began(start)
        return self._find(start, lambda day: day >= first, damages) or self._find(
            start, lambda day: day < first, damages
        )

    def _find(
        self, start: str, wanted: Callable[[str], bool], damages: list[Damage]
    ) -> dict[str, WalkDoc]:
        text = b'"' + start.encode()

        def look(path: Path) -> list[WalkDoc]:
            return [walk for walk in read(path, damages, text) if walk.walk.startswith(start)]

        return read_all(
            lambda: [path for path in self._files.all() if wanted(day_in_path(path))], look
        )

    def replace_all(self, documents: Iterable[WalkDoc]) -> list[Kept]:
        """Makes the files anew; which of the old ones were damaged, and set aside.

        The new ones are written before the old ones go, so that a reader, or a
        second attempt after a crash, finds every walk at every moment.
        """
        made: set[str] = set()
        with waited_for(self._folder.lock("walks"), _PATIENCE):
            old = self._files.all()
            for some in _in_batches(documents):
                for day, walks in _by_day(some).items():
                    self._add(day, walks, avoid=old)
                made.update(walk.walk for walk in some)
            kept = [retire(path, self._folder, made) for path in old]
            for left in self._folder.walks.glob(f"????-??/.*{NEW}"):
                # its process was killed: nobody else writes while we hold the lock
                remove(left, self._folder.disk)
        return [each for each in kept if each is not None]

    def _refresh(self, day: str, walks: list[WalkDoc]) -> list[WalkDoc]:
        """Replaces those that are there; gives back the others."""
        for path in self._files.of(day):
            damages: list[Damage] = []
            here = {walk.walk for walk in read(path, damages)}
            known = [walk for walk in walks if walk.walk in here]
            if known and not damages:
                put(path, known, self._folder.disk)
                walks = [walk for walk in walks if walk.walk not in here]
        return walks

    def _add(self, day: str, walks: list[WalkDoc], avoid: Sequence[Path] = ()) -> None:
        for some in _in_batches(walks):
            path = self._current(day, avoid)
            try:
                put(path, some, self._folder.disk)
            except ValueError:  # damaged: left as it is, for reading to report
                put(after(path), some, self._folder.disk)

    def _current(self, day: str, avoid: Sequence[Path]) -> Path:
        files = self._files.of(day)
        if not files:
            private_folder(self._files.month(day), self._folder.disk)
            return self._files.first(day)
        last = files[-1]
        full = last in avoid or last.stat().st_size >= self._full
        return after(last) if full else last

    def _once(self, path: Path, damages: list[Damage]) -> list[WalkDoc]:
        """Reads a file, unless it is the same that was read before."""
        stamp = _stamp(path)
        known = self._kept.get(path)
        if known and known[0] == stamp:
            return known[1]
        found = len(damages)
        walks = read(path, damages)
        if len(damages) == found:
            self._kept.pop(path, None)
            while len(self._kept) >= _MOST_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[path] = (stamp, walks)
        return walks


def _stamp(path: Path) -> _Stamp:
    """What changes with every replacement of a file; raises FileNotFoundError."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def day_of(wall_ms: int) -> str:
    """`2026-11-22`; of a time that no calendar has, a day that never was."""
    if not is_time(wall_ms):
        return "0000-00-00"
    return datetime.fromtimestamp(wall_ms / 1000, UTC).date().isoformat()


def _by_day(documents: Iterable[WalkDoc]) -> dict[str, list[WalkDoc]]:
    days: dict[str, list[WalkDoc]] = {}
    for document in documents:
        days.setdefault(day_of(document.last), []).append(document)
    return days


def _in_batches(documents: Iterable[WalkDoc]) -> Iterator[list[WalkDoc]]:
    rest = iter(documents)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _began(start: str) -> str:
    """The day in which a walk with such an id began, if the id is a UUIDv7."""
    digits = start.replace("-", "")[:_TIME_DIGITS].ljust(_TIME_DIGITS, "0")
    try:
        return day_of(int(digits, 16))
    except (ValueError, OverflowError):
        return ""
