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

if TYPE_CHECKING:
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


def worked(log: PathLog, agent: str, mode: str, now: datetime) -> Worked:
    """What was worked on since the day of that moment began; raises LogError."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    began = min(midnight, now - _SHIFT).timestamp() * 1000
    latest = log.walks(mode=mode, newest_first=True)
    walks = list(takewhile(lambda walk: walk.last >= began, latest))
    return Worked(
        tuple(
            max(active_times(walk.records()), default=0.0)
            for walk in walks
            if walk.status == COMPLETED and walk.head["agent"] == agent
        ),
        frozenset(walk.head["ticket"] for walk in walks if walk.head["ticket"]),
    )
