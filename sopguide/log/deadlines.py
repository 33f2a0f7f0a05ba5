"""The clocks of a walk in hand: worked out once for where it stands, put down once when missed.

A walk that was begun as of another day, as drills are, has its clocks run on from that day.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sopguide.walk.events import CLOCK_MISSED, Event, Moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from sopguide.log.record import Record
    from sopguide.walk.clocks import Due
    from sopguide.walk.countdown import Countdown
    from sopguide.walk.walk import Walk


class Deadlines:
    """What is due in one walk, and which clocks its record tells of already."""

    def __init__(
        self,
        ticket: Mapping[str, Any],
        language: str,
        shift: timedelta = timedelta(),
        records: Sequence[Record] = (),
    ) -> None:
        """`shift`: by how much the walk's own time is ahead of the present."""
        self._ticket = ticket
        self._language = language
        self._shift = shift
        told = (record["data"] for record in records if record["type"] == CLOCK_MISSED)
        self._told = {str(data["clock"]) for data in told}
        self._left = False
        self._found: tuple[Walk, tuple[Due, ...]] | None = None

    def countdowns(self, walk: Walk, at: Moment) -> tuple[Countdown, ...]:
        """How the clocks stand, the first to run out first."""
        due = self._due(walk)
        if not due:
            return ()
        from sopguide.walk.countdown import countdown

        now = self._now(at)
        return tuple(countdown(one, now) for one in due)

    def missed(self, walk: Walk, at: Moment) -> list[Event]:
        """What is to be put down about clocks that have run out since it was last looked."""
        due = () if self._left else self._due(walk)
        if not due:
            return []
        from sopguide.walk.countdown import missed, missed_event

        return [missed_event(one, at) for one in missed(due, self._now(at), self._told)]

    def leave(self) -> None:
        """The walk is out of hand: nothing more is put down."""
        self._left = True

    def told(self, events: Iterable[Event]) -> None:
        """These are on disk."""
        self._told.update(event.data["clock"] for event in events if event.type == CLOCK_MISSED)

    def _due(self, walk: Walk) -> tuple[Due, ...]:
        if self._found is None or self._found[0] is not walk:
            from sopguide.walk.clocks import due

            self._found = (walk, due(walk, self._ticket, self._language))
        return self._found[1]

    def _now(self, at: Moment) -> datetime:
        return present(at) + self._shift


def present(at: Moment) -> datetime:
    """The time of a moment."""
    return datetime.fromtimestamp(at.wall_ms / 1000, UTC)
