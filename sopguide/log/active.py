"""The time that was worked on a walk, told from its records.

Between two records it is their distance on the monotonic clock, without what exceeds 300 s: whoever
is away that long is idle. The time a walk was parked, and the wait for a customer's reply, do not
count. That a time limit was missed is seen by the clock, and so no sign of anybody at work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.walk.events import CLOCK_MISSED, STEP_ANSWERED, WALK_RESUMED, Moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

IDLE_AFTER = 300.0  # seconds
_WAITED = ("reply", "timeout")


class ActiveTime:
    """The seconds worked on one walk, added up as its records come."""

    def __init__(self, events: Iterable[Mapping[str, Any]] = ()) -> None:
        self.seconds = 0.0
        self._last: Moment | None = None
        for event in events:
            self.add(event["type"], event["data"], Moment(event["wall"], event["mono"]))

    def add(self, kind: str, data: Mapping[str, Any], at: Moment) -> None:
        """Count up to this event."""
        if kind == CLOCK_MISSED:
            return
        if not _is_away(kind, data):
            self.seconds = self.until(at)
        self._last = at

    def until(self, at: Moment) -> float:
        """The seconds by a moment, where somebody has been at work since the last event."""
        if self._last is None:
            return self.seconds
        return self.seconds + min(_seconds(self._last, at), IDLE_AFTER)


def active_times(events: Iterable[Mapping[str, Any]]) -> Iterator[float]:
    """For each event, the active seconds since the first one."""
    time = ActiveTime()
    for event in events:
        time.add(event["type"], event["data"], Moment(event["wall"], event["mono"]))
        yield time.seconds


def is_waited(data: Mapping[str, Any]) -> bool:
    """Whether an answer says how a wait ended."""
    return "fact" not in data and data.get("answer") in _WAITED


def _is_away(kind: str, data: Mapping[str, Any]) -> bool:
    """Whether the time before an event was spent elsewhere: parked, or waiting for a reply."""
    return is_waited(data) if kind == STEP_ANSWERED else kind == WALK_RESUMED


def _seconds(before: Moment, after: Moment) -> float:
    """On the monotonic clock; after a restart of the machine, on the other."""
    mono = after.mono_ms - before.mono_ms
    wall = after.wall_ms - before.wall_ms
    return float(max(0, mono if mono >= 0 else wall)) / 1000
