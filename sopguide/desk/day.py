"""What was done today at this desk: how many tickets, how fast, what is parked.

A day begins at midnight where the desk stands, and lasts twelve hours at least, so that a night's
shift is one day and a ticket finished before midnight is not offered again after it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.active import active_times
from sopguide.log.document import COMPLETED
from sopguide.log.faults import LogError
from sopguide.log.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sopguide.desk.parked import Parked
    from sopguide.log.document import WalkDoc
    from sopguide.log.protocol import PathLog

_SHIFT = timedelta(hours=12)


class Day(NamedTuple):
    """The count of tickets finished, the median of the seconds worked on them, and what waits."""

    done: int = 0
    median_seconds: float | None = None
    parked: int = 0


class Worked(NamedTuple):
    """What the log tells of a day."""

    seconds: tuple[float, ...]
    """Of each ticket that this agent finished."""
    tickets: frozenset[str]
    """The hashes of those that anyone finished, gave up or has in hand."""

    def day(self, parked: int) -> Day:
        """In figures, with so many parked."""
        middle = median(self.seconds) if self.seconds else None
        return Day(len(self.seconds), middle, parked)


class DayBook:
    """The day of one agent, and which tickets need not be begun, as far as the log can be read."""

    def __init__(self, log: PathLog, agent: str, mode: str) -> None:
        self._log = log
        self._agent = agent
        self._mode = mode
        self._read: Worked | None = None
        self._seconds: dict[str, float] = {}

    def day(self, now: datetime, parked: Sequence[Parked]) -> Day:
        """What was done, and what is parked; by what `settled` read just before, if it did."""
        found, self._read = self._read or self._worked(now), None
        return found.day(len(parked))

    def settled(
        self, now: datetime, parked: Sequence[Parked], tickets: Collection[str]
    ) -> frozenset[str]:
        """Those of these tickets that were finished, wait for others, or are in hand elsewhere."""
        waits = {each.ticket: each.waits for each in parked}
        self._read = self._worked(now)
        hashes = self._read.tickets
        return frozenset(
            ticket
            for ticket in tickets
            if waits.get(ticket, bool(hashes) and not hashes.isdisjoint(self._names(ticket)))
        )

    def _names(self, ticket: str) -> tuple[str, ...]:
        """No name where it cannot be told: to begin a walk for it then says why."""
        try:
            return self._log.ticket_hashes(ticket)
        except LogError:
            return ()

    def _worked(self, now: datetime) -> Worked:
        """What was worked on since the day of that moment began."""
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        began = min(midnight, now - _SHIFT).timestamp() * 1000
        try:
            latest = self._log.walks(Wanted(mode=self._mode), newest_first=True)
            walks = list(takewhile(lambda walk: walk.last >= began, latest))
        except LogError:
            return Worked((), frozenset())
        return Worked(
            tuple(self._spent(walk) for walk in walks if self._finished(walk)),
            frozenset(walk.head["ticket"] for walk in walks if walk.head["ticket"]),
        )

    def _finished(self, walk: WalkDoc) -> bool:
        return walk.status == COMPLETED and bool(walk.head["agent"] == self._agent)

    def _spent(self, walk: WalkDoc) -> float:
        """Seconds worked on it, counted once."""
        if walk.walk not in self._seconds:
            self._seconds[walk.walk] = max(active_times(walk.records()), default=0.0)
        return self._seconds[walk.walk]
