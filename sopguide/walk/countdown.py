"""How much time a clock leaves at a given moment, and which ones were missed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sopguide.facts.times import write_time
from sopguide.walk.clocks import Due, Missing
from sopguide.walk.events import CLOCK_MISSED, Event, Moment

RUNNING, WARNING, MISSED, STOPPED = "running", "warning", "missed", "stopped"
"""The states of a countdown; `stopped` where there is no time to run from."""


class Countdown(NamedTuple):
    """One clock as it stands: `due` is in UTC; `left_seconds` below 0 is how late it is.

    Both are None where the clock is stopped; `missing` says why.
    """

    title: str
    due: datetime | None
    left_seconds: float | None
    state: str
    authority: str
    missing: Missing | None = None


def countdown(one: Due, now: datetime) -> Countdown:
    """Return how a clock stands at a moment."""
    if one.at is None or one.warn is None:
        return Countdown(one.title, None, None, STOPPED, one.authority, one.missing)
    left = (one.at - now).total_seconds()
    state = MISSED if left <= 0 else WARNING if now >= one.warn else RUNNING
    return Countdown(one.title, one.at, left, state, one.authority)


def missed(clocks: Iterable[Due], now: datetime, told: Iterable[str] = ()) -> tuple[Due, ...]:
    """Return the clocks that have run out and of which nobody was told."""
    known = frozenset(told)
    return tuple(one for one in clocks if one.at and one.at <= now and one.id not in known)


def missed_event(one: Due, at: Moment) -> Event:
    """Return the event that tells of a clock that has run out."""
    data: dict[str, Any] = {"clock": one.id}
    if one.at is not None:
        data["due"] = write_time(one.at)
    return Event(CLOCK_MISSED, data, at)
