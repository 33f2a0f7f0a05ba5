"""The time that was worked on a walk, told from its records.

Between two records it is their distance on the monotonic clock, without what exceeds 300 s: whoever
is away that long is idle. The time a walk was parked, and the wait for a customer's reply, do not
count. That a time limit was missed is seen by the clock, and so no sign of anybody at work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.walk.events import CLOCK_MISSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

IDLE_AFTER = 300.0  # seconds
_WAITED = ("reply", "timeout")


def active_times(events: Iterable[Mapping[str, Any]]) -> Iterator[float]:
    """For each event, the active seconds since the first one."""
    time, last = 0.0, None
    for event in events:
        if event["type"] == CLOCK_MISSED:
            yield time
            continue
        if last is not None and not _is_away(event):
            time += min(_seconds(last, event), IDLE_AFTER)
        yield time
        last = event


def is_waited(data: Mapping[str, Any]) -> bool:
    """Whether an answer says how a wait ended."""
    return "fact" not in data and data.get("answer") in _WAITED


def _is_away(event: Mapping[str, Any]) -> bool:
    """Whether the time before an event was spent elsewhere: parked, or waiting for a reply."""
    if event["type"] == "step.answered":
        return is_waited(event["data"])
    return bool(event["type"] == "walk.resumed")


def _seconds(before: Mapping[str, Any], after: Mapping[str, Any]) -> float:
    """On the monotonic clock; after a restart of the machine, on the other."""
    mono = after["mono"] - before["mono"]
    wall = after["wall"] - before["wall"]
    return float(max(0, mono if mono >= 0 else wall)) / 1000
