"""Tickets that are worked one after another, each once.

What cannot be read is told by its place and passed over, as is a ticket that stands there twice.
Which ones were finished, or are parked, is the log's to say: `left` is told so, and a queue that
was stopped in the middle goes on where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.desk.incoming import incoming, named
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from datetime import datetime
    from pathlib import Path


class Waiting(NamedTuple):
    """A ticket in the queue: its id, and where it stands."""

    id: str
    ticket: Mapping[str, Any]
    source: str


class Queue:
    """What is to be worked, the next first. `faults` tell what was passed over, and why."""

    def __init__(self, waiting: Iterable[Waiting], faults: Iterable[str] = ()) -> None:
        self._waiting = list(waiting)
        self.total = len(self._waiting)
        self.faults = tuple(faults)

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def ids(self) -> tuple[str, ...]:
        """The tickets still waiting."""
        return tuple(each.id for each in self._waiting)

    @property
    def place(self) -> int:
        """Which one of all of them is the next, from 1."""
        return self.total - len(self._waiting) + 1

    def next(self) -> Waiting | None:
        """The ticket to be worked now; it stays until it is `taken`."""
        return self._waiting[0] if self._waiting else None

    def taken(self, tickets: Collection[str]) -> None:
        """These are finished, parked, given up or in another's hands: they wait no longer."""
        self._waiting = [each for each in self._waiting if each.id not in tickets]

    def later(self) -> None:
        """The next one is put last."""
        self._waiting = [*self._waiting[1:], *self._waiting[:1]]

    def sort(self, due: Callable[[Mapping[str, Any]], datetime | None]) -> None:
        """By clock: what is due first comes first, then all that has none, as they stood."""
        times = {each.id: due(each.ticket) for each in self._waiting}

        def when(each: Waiting) -> float:
            at = times[each.id]
            return at.timestamp() if at else float("inf")

        self._waiting.sort(key=when)


def read_queue(place: Path) -> Queue:
    """The queue of a file of JSON lines, or of a folder of tickets; raises OSError."""
    waiting: dict[str, Waiting] = {}
    faults = []
    for source, ticket, fault in incoming(place):
        if ticket is None:
            faults.append(f"{source}: {fault}")
            continue
        known = named(ticket)
        before = waiting.setdefault(known["id"], Waiting(known["id"], known, source))
        if before.source != source:
            told = _("{place}: ticket {ticket} stands at {first} already")
            faults.append(told.format(place=source, ticket=known["id"], first=before.source))
    return Queue(waiting.values(), faults)
