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
from sopguide.proof.waiting import (
    NEVER,
    Clock,
    Late,
    Waiting,
    duration,
    how_long,
    takes_time,
)
from sopguide.proof.witness import find_witness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopguide.proof.steps import Place
    from sopguide.proof.waiting import Stand
    from sopguide.walk.procedure import Procedure
    from sopguide.walk.walk import Walk

_DAY = 86_400
_MOST_NAMED = 6
_PICKS = 4
"""How many tickets are tried until one takes too long."""

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
        ticket = self._ticket(clock, waiting.came(late.stand, clock)) if late.over < NEVER else None
        headline = _headline(clock.form["limit"], late)
        return Finding(LATE, path, headline, " → ".join(told), ticket)

    def _ticket(self, clock: Clock, came: int) -> dict[str, Any] | None:
        """A ticket that takes too long, for a clock of the whole walk."""
        if clock.sop != self._procedure.sop or clock.step is not None or clock.start is not None:
            return None

        def is_late(walk: Walk) -> bool:
            return self._over(clock, _waited(walk)) > 0

        again = self._explorer.places.keys_asked_again()
        domain = self._explorer.domain
        found = find_witness(self._procedure, domain, came, is_late, again, picks=_PICKS)
        return None if found is None else found.to_json()

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


def _waited(walk: Walk) -> Duration:
    """How long a walk has waited at the most, where it stands included."""
    waited = Duration()
    for passage in walk.path:
        part, step = walk.procedure.locate(passage.step)
        form = part.form["steps"][step]
        if takes_time(form) and not passage.asked:
            waited += duration(how_long(form) or "0h")
    return waited


def _outermost(place: Place) -> Place:
    return place if place.caller is None else _outermost(place.caller)


def _holiday(calendar: dict[str, str] | None) -> Holiday | None:
    """Return the holidays that waits count by; None where a fact says whose they are."""
    if calendar is None:
        return no_holiday
    return holidays_of(calendar["holidays"]) if "holidays" in calendar else None
