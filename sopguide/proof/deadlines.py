"""Whether the waits and hand-offs of every walk keep within the limits of its clocks.

Units that a limit shares are compared as such, all others at their longest. The clock of a
sub-procedure is told where that is run, if it is other waits that make it too long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.facts.calendar import Holiday, holidays_of, no_holiday
from sopguide.facts.durations import Duration
from sopguide.facts.lengths import excess, longest, shortest
from sopguide.proof.diagrams import TooLargeError
from sopguide.proof.explore import Explorer
from sopguide.proof.findings import LATE, NOT_PROVED, Finding
from sopguide.proof.waiting import Clock, Late, Waiting, duration, how_long, takes_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopguide.proof.steps import Place
    from sopguide.proof.waiting import Stand
    from sopguide.walk.procedure import Procedure

_DAY = 86_400
_MOST_NAMED = 6
_WHY = "these steps have too many places, or too many facts that hang together"


def prove_deadlines(procedure: Procedure) -> list[Finding]:
    """Return the clocks whose limit some way through the SOP exceeds, in the order written."""
    clocks = list(_clocks(procedure))
    steps = (step for form in _procedures(procedure).values() for step in form["steps"].values())
    if not clocks or not any(map(takes_time, steps)):
        return []
    try:
        found = list(_Prover(procedure, clocks).findings())
    except (TooLargeError, RecursionError):
        own = [clock for clock in clocks if clock.sop == procedure.sop]
        about = "whether waits and hand-offs keep within `{}`"
        return [Finding(NOT_PROVED, c.path, about.format(c.form["limit"]), _WHY) for c in own]
    return [finding for _, finding in sorted(found, key=lambda each: each[0])]


def _procedures(procedure: Procedure) -> dict[str, Any]:
    forms: dict[str, Any] = procedure.form["procedures"]
    return forms


def _clocks(procedure: Procedure) -> Iterator[Clock]:
    for sop, form in _procedures(procedure).items():
        for place, clock in enumerate(form.get("clocks", ())):
            yield Clock(sop, None, place, clock)
        for step, shape in form["steps"].items():
            for place, clock in enumerate(shape.get("clock", ())):
                yield Clock(sop, step, place, clock)


class _Prover:
    """Follows clocks together that are written on the same and begin alike."""

    def __init__(self, procedure: Procedure, clocks: Sequence[Clock]) -> None:
        self._procedure = procedure
        conditions = [(clock.sop, clock.condition) for clock in clocks]
        self._explorer = Explorer(procedure, conditions=conditions)
        self._library = procedure.form["library"].get("calendar")
        self._holiday = _holiday(self._library)
        self._together: dict[Any, list[tuple[int, Clock]]] = {}
        for place, clock in enumerate(clocks):
            alike = (clock.sop, clock.step, clock.start)
            self._together.setdefault(alike, []).append((place, clock))

    def findings(self) -> Iterator[tuple[int, Finding]]:
        """Yield what is found, with the number of its clock."""
        for numbered in self._together.values():
            clocks = [clock for _, clock in numbered]
            waiting = Waiting(self._explorer, clocks, self._over)
            for (place, clock), late in zip(numbered, waiting.late, strict=True):
                if late:
                    worst = max(late, key=lambda each: each.over)
                    finding = self._told(clock, worst, waiting)
                    if finding is not None:
                        yield place, finding

    def _over(self, clock: Clock, waited: Duration) -> int:
        """Return by how many seconds a time can be over the limit of a clock."""
        limit = duration(clock.form["limit"])
        counts_otherwise = clock.form.get("calendar", self._library) != self._library
        if counts_otherwise and waited.business and limit.business:
            return longest(waited, self._holiday) - shortest(limit)
        return excess(waited, limit, self._holiday)

    def _told(self, clock: Clock, late: Late, waiting: Waiting) -> Finding | None:
        path, times = clock.path, waiting.counted(late.stand)
        if clock.sop != self._procedure.sop:
            if all(stand.place.sop == clock.sop for stand in times):
                return None  # told in its own file
            path = ("steps", _outermost(late.stand.place).step, "run")
        told = [self._named(stand, waiting.form(stand)) for stand in times]
        if len(told) > _MOST_NAMED:
            told[_MOST_NAMED // 2 : -_MOST_NAMED // 2] = ["…"]
        return Finding(LATE, path, _headline(clock.form["limit"], late), " → ".join(told))

    def _named(self, stand: Stand, step: dict[str, Any]) -> str:
        """A step that takes time, and how much."""
        ref = self._procedure.part(stand.place.sop).ref(stand.place.step)
        return f"`{ref}` {how_long(step) or 'without end'}"


def _headline(limit: str, late: Late) -> str:
    if late.why == "loop":
        return f"waits can come again and again, so nothing keeps them within `{limit}`"
    if late.why:
        what = "a wait" if late.why == "for" else "a hand-off"
        return f"{what} has no `{late.why}:`, so nothing keeps it within `{limit}`"
    over = Duration(days=int(late.over) // _DAY, seconds=int(late.over) % _DAY)
    return f"waits and hand-offs can take {late.waited}, {over} over `{limit}`"


def _outermost(place: Place) -> Place:
    return place if place.caller is None else _outermost(place.caller)


def _holiday(calendar: dict[str, str] | None) -> Holiday | None:
    """Return the holidays that waits count by; None where a fact says whose they are."""
    if calendar is None:
        return no_holiday
    return holidays_of(calendar["holidays"]) if "holidays" in calendar else None
