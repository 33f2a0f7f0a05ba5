"""The team's store as a path log to read: the same questions, and the same answers.

What a login may not see is not there: the server leaves it out, so nothing here asks who asks.
Walks are found by their rows in `walks`, and told by their events. Every question is a statement of
its own, and long lists come in parts, so that nothing is held open while a caller thinks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

from sopguide.log.document import WalkDoc, make_document
from sopguide.log.faults import LogError, NoSuchWalkError
from sopguide.log.identity import ticket_hash
from sopguide.log.live import unfinished_of
from sopguide.log.reading import merge
from sopguide.log.team.connecting import opened
from sopguide.log.team.faults import told
from sopguide.log.team.keys import fetch_key
from sopguide.log.team.queries import EVENTS, Found, records_of, walks_where
from sopguide.log.team.remarks import TeamRemarks
from sopguide.log.ticket_keys import TicketKeys
from sopguide.log.wanted import EVERY, Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sopguide.log.faults import Damage
    from sopguide.log.protocol import Unfinished
    from sopguide.log.record import Record

_PART = 250  # walks read at once
_START = re.compile(r"[0-9a-f-]{1,36}")
_LONGEST = 32  # hexadecimal digits of an id


class TeamLog:
    """A `PathLog` over one session; `key`: by what this machine named tickets before it shipped."""

    def __init__(self, url: str, key: Path) -> None:
        self._session, self.store = opened(url)
        self._keys = TicketKeys(key)
        self._damages: list[Damage] = []
        self.remarks = TeamRemarks(self._session)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._session.close()

    def unfinished(self) -> list[Unfinished]:
        walks = self.walks(Wanted(unfinished=True))
        found = [unfinished_of(tuple(walk.records()), {}) for walk in walks]
        return sorted(found, key=lambda walk: (walk.started, walk.walk))

    def walk(self, walk: str) -> tuple[Record, ...]:
        for document in self.find(walk):
            if document.walk == walk:
                return tuple(document.records())
        raise NoSuchWalkError(f"there is no walk {walk}")

    def find(self, start: str) -> list[WalkDoc]:
        digits = start.replace("-", "")
        if not _START.fullmatch(start) or len(digits) > _LONGEST:
            return []
        first, last = digits.ljust(_LONGEST, "0"), digits.ljust(_LONGEST, "f")
        where = "walk BETWEEN %s::uuid AND %s::uuid"
        return list(self._documents(where, [first, last], newest_first=False))

    def walks(self, wanted: Wanted = EVERY, *, newest_first: bool = False) -> Iterator[WalkDoc]:
        where, values = walks_where(wanted)
        documents = self._documents(where, values, newest_first=newest_first)
        return filter(wanted.holds, documents)

    def form(self, form_hash: str) -> bytes:
        query = "SELECT form FROM sopguide.forms WHERE hash = %s LIMIT 1"
        with told():
            row = self._session.execute(query, [form_hash]).fetchone()
        if row is None:
            raise LogError(f"the team store has no compiled form {form_hash}")
        return bytes(row[0])

    def ticket_hash(self, ticket_id: str) -> str:
        return ticket_hash(ticket_id, fetch_key(self._session))

    def ticket_hashes(self, ticket_id: str) -> tuple[str, ...]:
        names = (self.ticket_hash(ticket_id), *self._keys.names(ticket_id))
        return tuple(dict.fromkeys(names))

    def damages(self) -> list[Damage]:
        found, self._damages = self._damages, []
        return found

    def _documents(
        self, where: str, values: Sequence[Any], *, newest_first: bool
    ) -> Iterator[WalkDoc]:
        """By their last event; the next part begins after the last walk of the one before."""
        after: list[Any] = []
        order, sign = ("DESC", "<") if newest_first else ("ASC", ">")
        while True:
            further = f"AND (last, walk, person) {sign} (%s, %s, %s)" if after else ""
            query = (
                "SELECT person, walk, last, first_at, last_at FROM sopguide.walks"  # noqa: S608  (ours)
                f" WHERE {where} {further}"
                f" ORDER BY last {order}, walk {order}, person {order} LIMIT {_PART}"
            )
            with told():
                rows = self._session.execute(query, [*values, *after]).fetchall()
            found = [Found(*row) for row in rows]
            yield from self._read(found)
            if len(found) < _PART:
                return
            after = [found[-1].last, found[-1].walk, found[-1].person]

    def _read(self, found: Sequence[Found]) -> Iterator[WalkDoc]:
        """The documents of these walks, in their order."""
        if not found:
            return
        times = min(each.first_at for each in found), max(each.last_at for each in found)
        names = [each.walk for each in found]
        with told():
            rows = self._session.execute(EVENTS, [names, *times])
            records = records_of(rows)
        for each in found:
            own = records.get((each.person, str(each.walk)), [])
            history = merge(str(each.walk), own, "team store")
            self._damages += history.damages
            if own:
                yield make_document(str(each.walk), history.records)
