"""The walks that were left before their end, read from the log, and the limits that run meanwhile.

A clock goes on while nobody is at work, and a walk that is left is told by its records alone; so
these are folded, once for as long as it lies. Where that cannot be done the walk is listed without
a clock; taking it up again says why.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sopguide.desk.parked import LEFT, LIVE, Parked
from sopguide.log.faults import LogError
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sopguide.log.local import LocalLog
    from sopguide.log.protocol import Unfinished
    from sopguide.walk.clocks import Due
    from sopguide.walk.countdown import Countdown


_A_CLOCK = b'"clock'  # how the compiled form of an SOP that has one spells it


class LeftWalks:
    """Those of a log; `title` tells what an SOP is called, `language` what clocks are told in."""

    def __init__(
        self,
        log: LocalLog,
        title: Callable[[str], str],
        now: Callable[[], datetime],
        language: str | None,
    ) -> None:
        self._log = log
        self._title = title
        self._now = now
        self._clocks = _Clocks(log, language)

    def listed(self) -> list[Parked]:
        """All of them, in no order, without a look at their clocks."""
        return [parked for _left, parked, _now in self._looked()]

    def in_order(self) -> list[Parked]:
        """Those with a limit that runs first, the soonest before the others; then the latest."""
        clock = self._clocks.first
        listed = [parked._replace(clock=clock(left, now)) for left, parked, now in self._looked()]
        return sorted(listed, key=lambda parked: parked.urgency)

    def _looked(self) -> list[tuple[Unfinished, Parked, datetime]]:
        try:
            found = [left for left in self._log.unfinished() if left.mode == LIVE]
        except LogError:
            return []
        if not found:
            return []
        now = self._now()
        return [(left, self._parked(left, now), now) for left in found]

    def _parked(self, left: Unfinished, now: datetime) -> Parked:
        return Parked(
            walk=left.walk,
            sop=left.sop,
            version=left.version,
            title=self._title(left.sop),
            ticket=_ticket_id(left.private),
            step=left.step or _("the start"),
            started=_local_time(left.started),
            last=_local_time(left.last),
            reason=left.left or LEFT,
            seconds=now.timestamp() - left.last / 1000,
        )


class _Clocks:
    """Of the walks in a log; `language` is what their titles are in."""

    def __init__(self, log: LocalLog, language: str | None) -> None:
        self._log = log
        self._language = language
        self._known: dict[tuple[str, int], tuple[Due, ...]] = {}

    def first(self, left: Unfinished, now: datetime) -> Countdown | None:
        """The clock that runs out first, or has; None where none runs."""
        key = left.walk, left.last
        if key not in self._known:
            self._known[key] = self._due(left)
        running = [one for one in self._known[key] if one.at is not None]
        if not running:
            return None
        from sopguide.walk.countdown import countdown

        return countdown(running[0], now)

    def _due(self, left: Unfinished) -> tuple[Due, ...]:
        try:
            form = self._log.form(left.hash)
            if _A_CLOCK not in form:
                return ()
            return self._folded(left, form)
        except LogError:
            return ()

    def _folded(self, left: Unfinished, form: bytes) -> tuple[Due, ...]:
        import orjson

        from sopguide.log.record_in_hand import folded
        from sopguide.walk.clocks import due
        from sopguide.walk.fold import FoldError
        from sopguide.walk.procedure import Procedure

        procedure = Procedure(orjson.loads(form), left.hash)
        ticket = left.private.get("ticket")
        try:
            walk = folded(procedure, self._log.walk(left.walk))
        except FoldError:
            return ()
        known = ticket if isinstance(ticket, dict) else {}
        return due(walk, known, procedure.language(self._language))


def _ticket_id(private: Mapping[str, Any]) -> str | None:
    ticket = private.get("ticket")
    name = ticket.get("id") if isinstance(ticket, dict) else None
    return None if name is None else str(name)


def _local_time(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone()
