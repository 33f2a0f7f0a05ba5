"""Finished walks, as TinyDB files: one document a walk, a few files a day.

TinyDB alone loses data to a killed process, to a second writer and to a full
disk, and slows down as its file grows. Here a file is opened afresh under a
lock, changed in memory, and replaced as a whole; it is closed for good while
that is still cheap, and the next is begun. What is here can be made again
from the journals at any time.

Nothing here is imported before a walk ends or the log is read: TinyDB and
filelock come in inside the functions that need them, so that the first
question is on the screen sooner.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from sopguide.log.document import document_from_json
from sopguide.log.faults import Damage, LogError
from sopguide.log.files import NEW, private_folder, remove, replace, reported
from sopguide.log.jsontext import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from sopguide.log.document import WalkDoc
    from sopguide.log.folder import DataFolder

FULL = 256_000  # bytes at which a file is closed: folding into it stays far below 10 ms
_PATIENCE = 30.0  # seconds to wait for another process's fold
_MOST_LISTINGS = 50
_BATCH = 50  # walks put into a file in one go when many are folded at once
_TIME_DIGITS = 12  # of a UUIDv7
_TABLE = "walks"


class Store:
    """The finished walks of a data folder."""

    def __init__(self, folder: DataFolder, full: int = FULL) -> None:
        self._folder = folder
        self._full = full

    def fold(self, documents: Iterable[WalkDoc], *, again: bool = False) -> None:
        """Puts walks in, durably; one that is there already is replaced.

        `again` looks for them in all files of their day: needed where an
        earlier attempt may have gone through.
        """
        with self._locked():
            for day, walks in _by_day(documents).items():
                self._add(day, self._refresh(day, walks) if again else walks)

    def days(self) -> list[str]:
        """The days on which walks ended, `2026-11-22`, oldest first."""
        return sorted({_day(path) for path in self._all_files()})

    def read_day(self, day: str, damages: list[Damage]) -> list[WalkDoc]:
        """The walks that ended on a day, in that order; what cannot be read goes to `damages`."""
        walks = _read_all(lambda: self._files(day), lambda path: _read(path, damages))
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
        needle = b'"walk":"' + start.encode()

        def read(path: Path) -> list[WalkDoc]:
            try:
                walks = _read(path, damages) if needle in path.read_bytes() else []
            except FileNotFoundError:
                raise
            except OSError as error:
                damages.append(Damage(str(path), None, f"cannot be read: {error.strerror}"))
                return []
            return [walk for walk in walks if walk.walk.startswith(start)]

        return _read_all(lambda: [path for path in self._all_files() if wanted(_day(path))], read)

    def replace_all(self, documents: Iterable[WalkDoc]) -> None:
        """Makes the files anew.

        The new ones are written before the old ones go, so that a reader, or a
        second attempt after a crash, finds every walk at every moment.
        """
        with self._locked():
            old = self._all_files()
            for some in _in_batches(documents):
                for day, walks in _by_day(some).items():
                    self._add(day, walks, avoid=old)
            for path in old:
                _retire(path)
            for left in self._folder.walks.glob(f"????-??/.*{NEW}"):
                remove(left)  # its process was killed: nobody else writes while we hold the lock

    def _refresh(self, day: str, walks: list[WalkDoc]) -> list[WalkDoc]:
        """Replaces those that are there; gives back the others."""
        for path in self._files(day):
            here = {walk.walk for walk in _read(path, [])}
            if known := [walk for walk in walks if walk.walk in here]:
                _put(path, known)
                walks = [walk for walk in walks if walk.walk not in here]
        return walks

    def _add(self, day: str, walks: list[WalkDoc], avoid: Sequence[Path] = ()) -> None:
        for some in _in_batches(walks):
            path = self._current(day, avoid)
            try:
                _put(path, some)
            except ValueError:  # damaged: left as it is, for reading to report
                _put(_after(path), some)

    def _current(self, day: str, avoid: Sequence[Path]) -> Path:
        files = self._files(day)
        if not files:
            month = self._folder.walks / day[:7]
            private_folder(month)
            return month / f"{day[8:]}-001.json"
        last = files[-1]
        full = last in avoid or last.stat().st_size >= self._full
        return _after(last) if full else last

    def _files(self, day: str) -> list[Path]:
        return sorted(_listed(self._folder.walks / day[:7], f"{day[8:]}-*.json"), key=_number)

    def _all_files(self) -> list[Path]:
        return sorted(_listed(self._folder.walks, "????-??/??-*.json"))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        from filelock import FileLock, Timeout

        path = self._folder.lock("walks")
        lock = FileLock(path, timeout=_PATIENCE, mode=0o600)
        with reported("lock", path):
            try:
                lock.acquire()
            except Timeout as error:
                raise LogError(f"another process has kept {path} for too long") from error
        try:
            yield
        finally:
            lock.release()


class _WholeFile:
    """A TinyDB storage that reads a file once, and writes it once, as a whole.

    `begun`: whether the file must be there already.
    """

    def __init__(self, path: Path, *, begun: bool) -> None:
        self._path = path
        self._content: dict[str, Any] | None = None
        if begun or path.exists():
            self._content = loads(path.read_bytes())
            if not _is_tinydb(self._content):
                raise ValueError("no TinyDB file")

    def read(self) -> dict[str, Any] | None:
        return self._content

    def write(self, data: dict[str, Any]) -> None:
        self._content = data

    def close(self) -> None:
        pass

    def store(self) -> None:
        replace(self._path, dumps(self._content))


def _listed(folder: Path, pattern: str) -> set[Path]:
    """The files of a folder, listed until nothing changes meanwhile.

    A listing taken while files come and go may miss the new ones and the old ones too.
    """
    found = set(folder.glob(pattern))
    for _ in range(_MOST_LISTINGS):
        again = set(folder.glob(pattern))
        if again == found:
            break
        found = again
    return found


def _read_all(
    files: Callable[[], list[Path]], read: Callable[[Path], list[WalkDoc]]
) -> dict[str, WalkDoc]:
    """The walks of all these files, also where some are made anew meanwhile."""
    walks: dict[str, WalkDoc] = {}
    pending = files()
    seen: set[Path] = set()
    while pending:
        path = pending.pop(0)
        seen.add(path)
        try:
            walks.update((walk.walk, walk) for walk in read(path))
        except FileNotFoundError:  # its walks are in a later file
            pending = [new for new in files() if new not in seen]
    return walks


def _put(path: Path, walks: Sequence[WalkDoc]) -> None:
    """Upserts by walk id; raises ValueError where the file is damaged."""
    from tinydb import TinyDB, where

    storage = _WholeFile(path, begun=False)
    table = TinyDB(storage=lambda: storage).table(_TABLE)
    for document in table:
        document_from_json(document)  # a damaged file is not written to
    for walk in walks:
        table.upsert(walk.to_json(), where("walk") == walk.walk)
    storage.store()


def _read(path: Path, damages: list[Damage]) -> list[WalkDoc]:
    """The walks of one file; raises FileNotFoundError where it is gone."""
    from tinydb import TinyDB

    walks = []
    try:
        for document in TinyDB(storage=lambda: _WholeFile(path, begun=True)).table(_TABLE):
            try:
                walks.append(document_from_json(document))
            except ValueError as error:
                damages.append(_damage(path, f"walk {document.get('walk')}: {error}"))
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        damages.append(_damage(path, str(error)))
    return walks


def _damage(path: Path, error: str) -> Damage:
    cause = f"is damaged ({error}); `sopguide log rebuild` makes it anew from the journals"
    return Damage(str(path), None, cause)


def _is_tinydb(content: object) -> bool:
    tables = list(content.values()) if isinstance(content, dict) else [None]
    return all(
        isinstance(table, dict)
        and all(number.isdecimal() and isinstance(table[number], dict) for number in table)
        for table in tables
    )


def _retire(path: Path) -> None:
    """Removes a file that was replaced; a damaged one is set aside, to be looked into."""
    damages: list[Damage] = []
    _read(path, damages)
    if damages:
        with reported("set aside", path):
            path.rename(path.with_suffix(".damaged"))
    else:
        remove(path)


def day_of(wall_ms: int) -> str:
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


def _day(path: Path) -> str:
    return f"{path.parent.name}-{path.name[:2]}"


def _began(start: str) -> str:
    """The day in which a walk with such an id began, if the id is a UUIDv7."""
    digits = start.replace("-", "")[:_TIME_DIGITS].ljust(_TIME_DIGITS, "0")
    try:
        return day_of(int(digits, 16))
    except (ValueError, OverflowError):
        return ""


def _number(path: Path) -> int:
    tail = path.stem.partition("-")[2]
    return int(tail) if tail.isdecimal() else 0


def _after(path: Path) -> Path:
    day = path.stem.partition("-")[0]
    return path.with_name(f"{day}-{_number(path) + 1:03}.json")
