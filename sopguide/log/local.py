"""The path log of one machine, in the data folder.

Journals are the record; finished walks are folded into TinyDB files, which
is what queries read. `folder.py` says where things lie.

Several processes may use a folder at once: each writes its own journal, a walk
is held by one of them at a time, and the shared files are replaced under a
lock. Finished journals are moved away, so that looking for unfinished walks
does not get slower with the months.
"""

from __future__ import annotations

import heapq
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from sopguide.log.document import WalkDoc, make_document
from sopguide.log.faults import Damage, LogError, NoSuchWalkError, WalkHeldError
from sopguide.log.files import SYSTEM_DISK, Disk
from sopguide.log.folder import DataFolder
from sopguide.log.forms import keep_form, read_form
from sopguide.log.identity import ticket_hash, ticket_key
from sopguide.log.journal import Journal
from sopguide.log.live import read_live, tell_unfinished
from sopguide.log.locks import hold, is_held
from sopguide.log.private import (
    empty_private,
    forget_private,
    is_open,
    keep_private,
)
from sopguide.log.reading import History, by_walk
from sopguide.log.rebuild import Rebuilding
from sopguide.log.record import Header
from sopguide.log.recorder import LocalRecorder
from sopguide.log.remarks import Remarks
from sopguide.log.store import Store, day_of
from sopguide.log.upkeep import put_away, remove_orphans
from sopguide.log.wanted import EVERY, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from sopguide.log.protocol import Unfinished
    from sopguide.log.record import Record

ROTATE = 4_000_000  # bytes after which a process begins its next journal


class LocalLog:
    """A `WalkLog` in a folder. Close it when the program ends: that tidies up."""

    def __init__(self, data: Path, disk: Disk = SYSTEM_DISK, rotate: int = ROTATE) -> None:
        self._folder = DataFolder(data, disk)
        self._store = Store(self._folder)
        self.remarks = Remarks(self._folder.remarks, disk)
        self._disk = disk
        self._rotate = rotate
        self._journal: Journal | None = None
        self._former: list[Journal] = []
        self._damages: list[Damage] = []
        self._unfolded: list[WalkDoc] = []  # ended, and in the way of its folding is the disk
        self._ticket_key: bytes | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    # Recording

    def begin(
        self, walk: str, header: Header, form: bytes, private: dict[str, Any] | None = None
    ) -> LocalRecorder:
        """Nothing is in the journal yet: the first events are appended by the caller."""
        keep_form(self._folder, header.hash, form)
        lock = hold(self._folder.lock(walk))
        if lock is None:
            raise WalkHeldError(f"walk {walk} has begun already")
        try:
            if is_open(self._folder, walk):
                raise WalkHeldError(f"walk {walk} has begun already")
            journal = self._writable_journal()
            keep_private(self._folder, walk, private or {})
            return LocalRecorder(self._finish, walk, header, journal, lock, keep=self._keep_private)
        except LogError:
            lock.release()
            raise

    def reopen(self, walk: str, agent: str | None = None) -> LocalRecorder:
        """Goes on with an unfinished walk; `agent`: who does, where it is another person."""
        lock = hold(self._folder.lock(walk))
        if lock is None:
            raise WalkHeldError(f"walk {walk} is being walked in another window")
        try:
            history = self._in_progress().get(walk)
            if history is None or history.ended:
                raise NoSuchWalkError(f"there is no unfinished walk {walk}")
            first = history.records[0]
            header = Header(**{field: first[field] for field in Header._fields})
            header = header._replace(agent=agent or header.agent)
            if not is_open(self._folder, walk):
                keep_private(self._folder, walk, {})
            journal = self._writable_journal()
            earlier = history.records
            return LocalRecorder(
                self._finish, walk, header, journal, lock, earlier, keep=self._keep_private
            )
        except LogError:
            lock.release()
            raise

    def _keep_private(self, walk: str, private: dict[str, Any]) -> None:
        keep_private(self._folder, walk, private)

    def _finish(self, walk: str, records: Sequence[Record]) -> None:
        """Folds a walk that has just ended, while its recorder still holds it.

        The walk is durable already, so a failure is kept as damage and made
        good by the next `tidy`.
        """
        try:
            self._store.fold([make_document(walk, records)])
            forget_private(self._folder, walk)
        except (LogError, OSError) as error:
            self._damages.append(Damage(str(self._folder.walks), None, str(error)))
            empty_private(self._folder, walk)

    def _writable_journal(self) -> Journal:
        if self._journal is not None and self._journal.size > self._rotate:
            self._former.append(self._journal)  # recorders may still write to it
            self._journal = None
        if self._journal is None:
            self._journal = Journal(self._folder, self._disk)
        return self._journal

    # Asking

    def unfinished(self) -> list[Unfinished]:
        """Looks at the journals that may hold one, puts away the others, removes orphans."""
        readings = read_live(self._folder, self._damages)
        histories = by_walk(readings)
        put_away(self._folder, readings, histories)
        remove_orphans(self._folder, histories, self._in_progress)
        walks = [
            tell_unfinished(self._folder, history)
            for history in histories.values()
            if not history.ended and history.whole and not is_held(self._folder.lock(history.walk))
        ]
        return sorted(walks, key=lambda walk: walk.started)

    def walk(self, walk: str) -> tuple[Record, ...]:
        found = self._in_progress().get(walk)
        if found is None or found.ended:  # the document is whole: it outlives its journals
            document = self._store.find(walk, self._damages).get(walk)
            if document is not None:
                return tuple(document.records())
        if found is None:
            raise NoSuchWalkError(f"there is no walk {walk}")
        return found.records

    def find(self, start: str) -> list[WalkDoc]:
        found = self._store.find(start, self._damages)
        for walk, history in self._in_progress().items():
            if walk.startswith(start) and walk not in found:
                found[walk] = make_document(walk, history.records)
        return sorted(found.values(), key=_by_last)

    def walks(self, wanted: Wanted = EVERY, *, newest_first: bool = False) -> Iterator[WalkDoc]:
        self.tidy()
        step = -1 if newest_first else 1
        ended = wanted.unfinished is not True
        finished = self._finished(wanted, step) if ended else iter(())
        unfolded = sorted(self._unfolded, key=_by_last)[::step] if ended else []
        going = self._going(step) if wanted.unfinished is not False else iter(())
        found = heapq.merge(finished, unfolded, going, key=_by_last, reverse=newest_first)
        return found if wanted == EVERY else filter(wanted.holds, found)

    def form(self, form_hash: str) -> bytes:
        return read_form(self._folder, form_hash)

    def ticket_hash(self, ticket_id: str) -> str:
        if self._ticket_key is None:
            self._ticket_key = ticket_key(self._folder.ticket_key, self._disk)
        return ticket_hash(ticket_id, self._ticket_key)

    def damages(self) -> list[Damage]:
        found, self._damages = [*self._damages, *self.remarks.damages], []
        self.remarks.damages = []
        return list(dict.fromkeys(found))

    # Keeping order

    def tidy(self) -> None:
        """Folds what ended without being folded, and puts finished journals away.

        What cannot be folded now is kept as damage and served from its journal.
        """
        self._unfolded = []
        readings = read_live(self._folder, self._damages)
        histories = by_walk(readings)
        for walk, history in histories.items():
            self._damages += history.damages
            if history.ended and is_open(self._folder, walk):
                self._fold_again(history)
        put_away(self._folder, readings, histories)
        remove_orphans(self._folder, histories, self._in_progress)

    def rebuild(self) -> int:
        """From the journals alone; a walk that no journal has any more is kept as it is."""
        self.tidy()
        rebuilding = Rebuilding(self._folder, self._store)
        self._store.replace_all(rebuilding.documents())
        self._damages += rebuilding.damages
        return len(rebuilding.walks)

    def close(self) -> None:
        """Lets go of this process's journals, and tidies up."""
        for journal in (*self._former, *([self._journal] if self._journal else [])):
            journal.close()
        self._former, self._journal = [], None
        with suppress(LogError):  # the next start tidies just as well
            self.tidy()

    def _in_progress(self) -> dict[str, History]:
        return by_walk(read_live(self._folder, self._damages))

    def _fold_again(self, history: History) -> None:
        lock = hold(self._folder.lock(history.walk))
        if lock is None:
            return  # its process is about to
        try:
            if is_open(self._folder, history.walk):
                document = make_document(history.walk, history.records)
                self._unfolded.append(document)
                self._store.fold([document], again=True)
                self._unfolded.pop()
                forget_private(self._folder, history.walk)
        except LogError as error:
            self._damages.append(Damage(str(self._folder.walks), None, str(error)))
        finally:
            lock.release(forget=True)

    def _finished(self, wanted: Wanted, step: int) -> Iterator[WalkDoc]:
        first = "" if wanted.since is None else day_of(wanted.since)
        pending = {walk.walk: walk for walk in self._unfolded}
        days = self._store.days()
        for day in days[::step]:
            if day >= first:
                latest = day == days[-1]
                walks = self._store.read_day(day, self._damages, wanted.ticket, keep=latest)
                yield from [walk for walk in walks if walk.walk not in pending][::step]

    def _going(self, step: int) -> Iterator[WalkDoc]:
        histories = (history for history in self._in_progress().values() if not history.ended)
        walks = [make_document(history.walk, history.records) for history in histories]
        return iter(sorted(walks, key=_by_last)[::step])


def _by_last(walk: WalkDoc) -> tuple[int, str]:
    return walk.last, walk.walk
