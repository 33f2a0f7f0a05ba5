"""Whether the waits and hand-offs of every walk keep within the limits of its clocks.

The combinations of facts are carried through the places of an SOP once more, this time apart by how
long the walk has waited: a wait lasts as long as its `for:` allows, a hand-off as long as its
`within:`. So a path that facts make impossible is not told, and a loop counts as often as facts let
it be gone through. Units that a limit shares are compared as such, all others at their longest.

A clock counts for what it is written on: the SOP, a sub-procedure while it is run, a step until it
is done. It begins with the walk; one that runs from a fact where that is asked for, or where it is
written if the ticket may give the fact. What was waited for before the walk is not known here. The
clock of a sub-procedure is told where that is run, if it is other waits that make it too long.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.facts.calendar import Holiday, holidays_of, no_holiday
from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.fault import Fault
from sopguide.facts.lengths import excess, longest, shortest
from sopguide.proof.diagrams import NOTHING, TooLargeError
from sopguide.proof.endless import never_from_the_ticket
from sopguide.proof.explore import Explorer
from sopguide.proof.findings import LATE, NOT_PROVED, Finding
from sopguide.proof.formulas import literals
from sopguide.proof.steps import without_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.proof.steps import Path, Place
    from sopguide.walk.procedure import Procedure

    Key = tuple[Place, int, int, int, int, bool]

_DAY = 86_400
_MOST_PASSES = 20_000
_MOST_NAMED = 6
_NEVER = float("inf")
_WHY = "these steps have too many places, or too many facts that hang together"


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of a form: where it is written, and when it begins."""

    sop: str
    step: str | None
    place: int
    form: dict[str, Any]

    @property
    def from_fact(self) -> bool:
        """Whether it begins when the walk comes to it."""
        start = self.form.get("from", "ticket.")
        return not start.startswith("ticket.")

    def covers(self, place: Place | None) -> bool:
        """Tell whether it counts there."""
        while place is not None:
            if place.sop == self.sop and self.step in (None, place.step):
                return True
            place = place.caller
        return False

    @property
    def path(self) -> Path:
        """Where its limit stands in its SOP's file."""
        if self.step is None:
            return ("clock", self.place, "limit")
        return ("steps", self.step, "clock", self.place, "limit")


class Stand(NamedTuple):
    """A place, how long the walk has waited when it comes there, and if the clock ran till then."""

    place: Place
    waited: Duration
    runs: bool

    @property
    def key(self) -> Key:
        """What tells it apart: durations of one length are equal, and yet not the same."""
        time = self.waited
        return self.place, time.months, time.days, time.seconds, time.business, self.runs


class Late(NamedTuple):
    """A way that takes too long: by how many seconds, where that is seen, why it has no end."""

    over: float
    stand: Stand
    waited: Duration
    why: str = ""


def prove_deadlines(procedure: Procedure) -> list[Finding]:
    """Return the clocks whose limit some way through the SOP exceeds."""
    clocks = list(_clocks(procedure))
    if not clocks or not any(map(_takes_time, _steps(procedure))):
        return []
    found = []
    for clock in clocks:
        try:
            late = _Search(procedure, clock).late()
        except (TooLargeError, RecursionError):
            late = None
            if clock.sop == procedure.sop:
                about = f"whether waits and hand-offs keep within `{clock.form['limit']}`"
                late = Finding(NOT_PROVED, clock.path, about, _WHY)
        found += [] if late is None else [late]
    return found


def _steps(procedure: Procedure) -> Iterator[dict[str, Any]]:
    for form in procedure.form["procedures"].values():
        yield from form["steps"].values()


def _takes_time(step: dict[str, Any]) -> bool:
    return step["kind"] == "wait" or "escalate" in step


def _clocks(procedure: Procedure) -> Iterator[Clock]:
    for sop, form in procedure.form["procedures"].items():
        for place, clock in enumerate(form.get("clocks", ())):
            yield Clock(sop, None, place, clock)
        for step, shape in form["steps"].items():
            for place, clock in enumerate(shape.get("clock", ())):
                yield Clock(sop, step, place, clock)


class _Search:
    """Carries combinations through the places, apart by how long the walk has waited."""

    def __init__(self, procedure: Procedure, clock: Clock) -> None:
        self._procedure = procedure
        self._clock = clock
        form = without_known(clock.form.get("if", ["all"]))
        self._explorer = Explorer(procedure, conditions=[(clock.sop, form)])
        self._steps = self._explorer.steps
        condition = self._steps.reader(clock.sop).condition(form)
        dimensions = {literal.dimension for literal in literals(condition)}
        domain = self._explorer.domain
        self._space = domain.space
        self._applies = domain.set_of(condition)
        kept = {domain.index[dimension] for dimension in dimensions}
        live = self._explorer.places.live(domain)
        self._live = {place: used | kept for place, used in live.items()}
        self._limit = _duration(clock.form["limit"])
        self._questions = _questions(procedure, clock) if clock.from_fact else frozenset()
        self._holiday, self._own = _calendars(procedure, clock)
        self._came: dict[Key, int] = {}
        self._before: dict[Key, Stand | None] = {}
        self._waiting: dict[Key, Stand] = {}
        self._late: list[Late] = []

    def late(self) -> Finding | None:
        """Return the way that takes longest, if one takes too long."""
        self._explore()
        if not self._late:
            return None
        worst = max(self._late, key=lambda late: late.over)
        chain = self._chain(worst.stand)
        times = [stand for stand in self._counted(chain) if _takes_time(self._form(stand))]
        path = self._clock.path
        if self._clock.sop != self._procedure.sop:
            if all(stand.place.sop == self._clock.sop for stand in times):
                return None  # told in its own file
            path = ("steps", _outermost(worst.stand.place).step, "run")
        return Finding(LATE, path, self._headline(worst), self._in_words(times))

    # ------------------------------------------------------------ finding

    def _explore(self) -> None:
        first = Stand(self._explorer.places.first, Duration(), runs=False)
        asked = never_from_the_ticket(self._explorer)
        self._arrive(first, self._space.both(self._explorer.at_start(), asked), None)
        passes = 0
        while self._waiting:
            key = next(iter(self._waiting))
            stand = self._waiting.pop(key)
            passes += 1
            if passes > _MOST_PASSES:
                raise TooLargeError
            after = self._pass(stand, self._came[key])
            if after is not None:
                for place, came in self._explorer.leave(stand.place, self._came[key]):
                    self._arrive(after._replace(place=place), came, stand)

    def _arrive(self, stand: Stand, came: int, before: Stand | None) -> None:
        for dimension in self._space.support(came) - self._live[stand.place]:
            came = self._space.freed(came, dimension)
        key = stand.key
        known = self._came.get(key, NOTHING)
        both = self._space.either(known, came)
        if both != known:
            self._came[key] = both
            self._before.setdefault(key, before)
            self._waiting[key] = stand

    def _pass(self, stand: Stand, came: int) -> Stand | None:
        """Return how the walk stands when it leaves a place; None where it need not be followed."""
        runs, waited = self._clock.covers(stand.place), stand.waited
        if self._asks_for_start(stand.place):
            return Stand(stand.place, Duration(), runs)
        if self._questions:
            runs = runs and stand.runs
        if self._clock.from_fact and not (runs and stand.runs):
            waited = Duration()
        step = self._form(stand)
        if not _takes_time(step) or (self._clock.from_fact and not runs):
            return Stand(stand.place, waited, runs)
        escalate = step.get("escalate", {})
        text = step.get("for") or escalate.get("within")
        waited += _duration(text) if text else Duration()
        if not runs:
            endless = self._over(waited) > 0 and self._goes_round(stand, came)
            return Stand(stand.place, stand.waited if endless else waited, runs)
        if self._space.both(came, self._applies) == NOTHING:
            return Stand(stand.place, waited, runs)
        if text is None:
            self._late.append(Late(_NEVER, stand, waited, "within" if escalate else "for"))
            return Stand(stand.place, waited, runs)
        over = self._over(waited)
        if over > 0:
            if self._goes_round(stand, came):
                self._late.append(Late(_NEVER, stand, waited, "loop"))
                return None
            self._late.append(Late(over, stand, waited))
        return Stand(stand.place, waited, runs)

    def _over(self, waited: Duration) -> int:
        """Return by how many seconds it can be over the limit."""
        if self._own and waited.business and self._limit.business:
            return longest(waited, self._holiday) - shortest(self._limit)
        return excess(waited, self._limit, self._holiday)

    def _asks_for_start(self, place: Place) -> bool:
        """Tell whether the fact that the clock runs from is asked for there."""
        return (place.sop, place.step) in self._questions

    def _goes_round(self, stand: Stand, came: int) -> bool:
        """Tell whether the walk was here before with the same facts: then it may come again."""
        return any(
            earlier.place == stand.place and self._came[earlier.key] == came
            for earlier in self._chain(stand)[:-1]
        )

    # ------------------------------------------------------------ telling

    def _chain(self, stand: Stand) -> list[Stand]:
        """Return one way to a stand, from the start on."""
        chain: list[Stand] = []
        at: Stand | None = stand
        while at is not None:
            chain.append(at)
            at = self._before[at.key]
        return chain[::-1]

    def _counted(self, chain: list[Stand]) -> list[Stand]:
        """Return the part of a way whose time is time of the clock."""
        if not self._clock.from_fact:
            return chain
        outside = [
            place
            for place, stand in enumerate(chain)
            if self._asks_for_start(stand.place) or not self._clock.covers(stand.place)
        ]
        return chain[outside[-1] + 1 :] if outside else chain

    def _form(self, stand: Stand) -> dict[str, Any]:
        return self._steps.step(stand.place.sop, stand.place.step).form

    def _headline(self, late: Late) -> str:
        limit = self._clock.form["limit"]
        if late.why == "loop":
            return f"waits can come again and again, so nothing keeps them within `{limit}`"
        if late.why:
            what = "a wait" if late.why == "for" else "a hand-off"
            return f"{what} has no `{late.why}:`, so nothing keeps it within `{limit}`"
        over = Duration(days=int(late.over) // _DAY, seconds=int(late.over) % _DAY)
        return f"waits and hand-offs can take {late.waited}, {over} over `{limit}`"

    def _in_words(self, times: list[Stand]) -> str:
        """Name the steps that take time, in their order."""
        told = []
        for stand in times:
            form = self._form(stand)
            ref = self._procedure.part(stand.place.sop).ref(stand.place.step)
            time = form.get("for") or form.get("escalate", {}).get("within") or "without end"
            told.append(f"`{ref}` {time}")
        if len(told) > _MOST_NAMED:
            told[_MOST_NAMED // 2 : -_MOST_NAMED // 2] = ["…"]
        return " → ".join(told)


def _questions(procedure: Procedure, clock: Clock) -> frozenset[tuple[str, str]]:
    """Return the steps that ask for the fact a clock runs from, if only they can give it."""
    fact = procedure.part(clock.sop).facts[clock.form["from"]]
    if fact.source is not None or fact.computed:
        return frozenset()
    return frozenset(
        (sop, step)
        for sop, form in procedure.form["procedures"].items()
        for step, shape in form["steps"].items()
        if shape.get("fact") == fact.name and (sop == clock.sop or not fact.own)
    )


def _outermost(place: Place) -> Place:
    return place if place.caller is None else _outermost(place.caller)


def _duration(text: str) -> Duration:
    found = parse_duration(text)
    if isinstance(found, Fault):
        raise TypeError(found.message)
    return found


def _calendars(procedure: Procedure, clock: Clock) -> tuple[Holiday | None, bool]:
    """Return the holidays that waits count by, and whether the clock has others."""
    library = procedure.form["library"].get("calendar")
    own = clock.form.get("calendar", library) != library
    if library is None:
        return no_holiday, own
    country = library.get("holidays")
    return (holidays_of(country) if country else None), own
