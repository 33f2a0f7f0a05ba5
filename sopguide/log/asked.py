"""What can be asked of the log of one machine: walks in progress by journal, others by TinyDB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.log.faults import NoSuchWalkError
from sopguide.log.files import SYSTEM_DISK, Disk
from sopguide.log.forms import read_form
from sopguide.log.live import tell_unfinished
from sopguide.log.locks import is_held
from sopguide.log.remarks import Remarks
from sopguide.log.tended import Tended
from sopguide.log.ticket_keys import TicketKeys
from sopguide.log.wanted import EVERY, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.log.document import WalkDoc
    from sopguide.log.faults import Damage
    from sopguide.log.protocol import Unfinished
    from sopguide.log.record import Record

_IN_PROGRESS = 2  # a day at the desk may span two days in UTC


class Asked(Tended):
    """The `PathLog` of a data folder."""

    def __init__(self, data: Path, disk: Disk = SYSTEM_DISK) -> None:
        super().__init__(data, disk)
        self.remarks = Remarks(self._folder.remarks, disk)
        self._ticket_keys = TicketKeys(self._folder.ticket_key, disk)

    def unfinished(self) -> list[Unfinished]:
        """Looks at the journals that may hold one, puts away the others, removes orphans."""
        found = self._live.look(self._damages)
        self._clear(found)
        walks = [
            tell_unfinished(self._folder, history)
            for history in found.histories.values()
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
        from sopguide.log.document import make_document

        found = self._store.find(start, self._damages)
        for walk, history in self._in_progress().items():
            if walk.startswith(start) and walk not in found:
                found[walk] = make_document(walk, history.records)
        return sorted(found.values(), key=_by_last)

    def walks(self, wanted: Wanted = EVERY, *, newest_first: bool = False) -> Iterator[WalkDoc]:
        from heapq import merge

        self.tidy()
        step = -1 if newest_first else 1
        ended = wanted.unfinished is not True
        finished = self._finished(wanted, step) if ended else iter(())
        unfolded = sorted(self._unfolded, key=_by_last)[::step] if ended else []
        going = self._going(step) if wanted.unfinished is not False else iter(())
        found = merge(finished, unfolded, going, key=_by_last, reverse=newest_first)
        return found if wanted == EVERY else filter(wanted.holds, found)

    def form(self, form_hash: str) -> bytes:
        return read_form(self._folder, form_hash)

    def ticket_hash(self, ticket_id: str) -> str:
        return self._ticket_keys.name(ticket_id)

    def ticket_hashes(self, ticket_id: str) -> tuple[str, ...]:
        return self._ticket_keys.names(ticket_id)

    def damages(self) -> list[Damage]:
        found, self._damages = [*self._damages, *self.remarks.damages], []
        self.remarks.damages = []
        return list(dict.fromkeys(found))

    def _finished(self, wanted: Wanted, step: int) -> Iterator[WalkDoc]:
        from sopguide.log.store import day_of

        first = "" if wanted.since is None else day_of(wanted.since)
        pending = {walk.walk: walk for walk in self._unfolded}
        days = self._store.days()
        for day in days[::step]:
            if day >= first:
                keep = day in days[-_IN_PROGRESS:]
                walks = self._store.read_day(day, self._damages, *wanted.tickets, keep=keep)
                yield from [walk for walk in walks if walk.walk not in pending][::step]

    def _going(self, step: int) -> Iterator[WalkDoc]:
        from sopguide.log.document import make_document

        histories = (history for history in self._in_progress().values() if not history.ended)
        walks = [make_document(history.walk, history.records) for history in histories]
        return iter(sorted(walks, key=_by_last)[::step])


def _by_last(walk: WalkDoc) -> tuple[int, str]:
    return walk.last, walk.walk
