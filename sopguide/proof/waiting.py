"""How long walks can wait: the combinations of facts, carried on apart by the time that has gone.

A wait lasts as long as its `for:` allows, a hand-off as long as its `within:`. So a path that facts
make impossible is not counted, and a loop as often as facts let it be gone through.

A clock counts for what it is written on: the SOP, a sub-procedure while it is run, a step until it
is done. It begins with the walk; one that runs from a fact where that is asked for, or where it is
written if the ticket may give the fact. What was waited for before the walk is not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.fault import Fault
from sopguide.proof.diagrams import NOTHING, TooLargeError
from sopguide.proof.endless import never_from_the_ticket
from sopguide.proof.formulas import literals
from sopguide.proof.steps import without_known

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sopguide.proof.explore import Explorer
    from sopguide.proof.steps import Path, Place

    Key = tuple[Place, int, int, int, int, bool]
    Over = Callable[["Clock", Duration], int]

NEVER = float("inf")
ENDLESS = Duration(days=10**15)
"""The time of a wait or hand-off that does not say how long it takes: beyond any other."""

_MOST_PASSES = 20_000


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of a form, and where it is written."""

    sop: str
    step: str | None
    place: int
    form: dict[str, Any]

    @property
    def condition(self) -> list[Any]:
        """For whom it is, but for what it says of facts being known."""
        return without_known(self.form.get("if", ["all"]))

    @property
    def start(self) -> str | None:
        """The fact that it runs from; None for the ticket, or the walk's start."""
        start: str = self.form.get("from", "ticket.")
        return None if start.startswith("ticket.") else start

    @property
    def path(self) -> Path:
        """Where its limit stands in its SOP's file."""
        if self.step is None:
            return ("clock", self.place, "limit")
        return ("steps", self.step, "clock", self.place, "limit")

    def covers(self, place: Place | None) -> bool:
        """Tell whether it counts there."""
        while place is not None:
            if place.sop == self.sop and self.step in (None, place.step):
                return True
            place = place.caller
        return False


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


class Waiting:
    """All ways through an SOP, for clocks that are written on the same and begin alike."""

    def __init__(self, explorer: Explorer, clocks: Sequence[Clock], over: Over) -> None:
        """`over`: by how many seconds a clock's limit can be exceeded by a time."""
        self.late: list[list[Late]] = [[] for _ in clocks]
        self._explorer = explorer
        self._clocks = clocks
        self._first = clocks[0]
        self._over = over
        domain, reader = explorer.domain, explorer.steps.reader(self._first.sop)
        conditions = [reader.condition(clock.condition) for clock in clocks]
        self._applies = [domain.set_of(condition) for condition in conditions]
        kept = {domain.index[one.dimension] for each in conditions for one in literals(each)}
        self._live = {place: used | kept for place, used in explorer.places.live(domain).items()}
        self._questions = _questions(explorer, self._first)
        self._came: dict[Key, int] = {}
        self._before: dict[Key, Stand | None] = {}
        self._waiting: dict[Key, Stand] = {}
        self._explore()

    def chain(self, stand: Stand) -> list[Stand]:
        """Return one way to a stand, from the start on."""
        chain: list[Stand] = []
        at: Stand | None = stand
        while at is not None:
            chain.append(at)
            at = self._before[at.key]
        return chain[::-1]

    def came(self, stand: Stand, clock: Clock) -> int:
        """Return the combinations with which walks come to a stand, and a clock applies."""
        applies = self._applies[self._clocks.index(clock)]
        return self._explorer.domain.space.both(self._came[stand.key], applies)

    def counted(self, stand: Stand) -> list[Stand]:
        """Return the part of the way to a stand that takes time of the clock."""
        chain = self.chain(stand)
        outside = [
            place
            for place, each in enumerate(chain)
            if self._first.start is not None
            and (self._asks_for_start(each.place) or not self._first.covers(each.place))
        ]
        taken = chain[outside[-1] + 1 :] if outside else chain
        return [each for each in taken if takes_time(self.form(each))]

    def form(self, stand: Stand) -> dict[str, Any]:
        """Return the step that a walk stands at."""
        return self._explorer.steps.step(stand.place.sop, stand.place.step).form

    def _explore(self) -> None:
        space = self._explorer.domain.space
        asked = never_from_the_ticket(self._explorer)
        first = Stand(self._explorer.places.first, Duration(), runs=False)
        self._arrive(first, space.both(self._explorer.at_start(), asked), None)
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
        space = self._explorer.domain.space
        for dimension in space.support(came) - self._live[stand.place]:
            came = space.freed(came, dimension)
        key = stand.key
        known = self._came.get(key, NOTHING)
        both = space.either(known, came)
        if both != known:
            self._came[key] = both
            self._before.setdefault(key, before)
            self._waiting[key] = stand

    def _pass(self, stand: Stand, came: int) -> Stand | None:
        """Return how the walk stands when it leaves a place; None where it need not be followed."""
        from_fact = self._first.start is not None
        runs, waited = self._first.covers(stand.place), stand.waited
        if self._asks_for_start(stand.place):
            return Stand(stand.place, Duration(), runs)
        runs = runs and (stand.runs or not self._questions)
        if from_fact and not (runs and stand.runs):
            waited = Duration()
        step = self.form(stand)
        if not takes_time(step) or (from_fact and not runs):
            return Stand(stand.place, waited, runs)
        text = how_long(step)
        waited += duration(text) if text else ENDLESS
        after = Stand(stand.place, waited, runs)
        too_long = all(self._over(clock, waited) > 0 for clock in self._clocks)
        goes_round = too_long and self._goes_round(stand, came)
        if not runs:
            return stand._replace(runs=False) if goes_round else after
        self._take(stand, after, came, goes_round=goes_round)
        return None if goes_round or waited >= ENDLESS else after

    def _take(self, stand: Stand, after: Stand, came: int, *, goes_round: bool) -> None:
        """Note which clocks the time is too long for."""
        lacks = self._lacks(stand) if after.waited >= ENDLESS else ""
        for clock, applies, late in zip(self._clocks, self._applies, self.late, strict=True):
            if self._explorer.domain.space.both(came, applies) == NOTHING:
                continue
            over = self._over(clock, after.waited)
            if lacks or goes_round:
                late.append(Late(NEVER, stand, after.waited, lacks or "loop"))
            elif over > 0:
                late.append(Late(over, stand, after.waited))

    def _lacks(self, stand: Stand) -> str:
        """The key that would say how long a wait or a hand-off on the way to a stand takes."""
        forms = (self.form(each) for each in self.counted(stand))
        lacking = next(form for form in forms if how_long(form) is None)
        return "for" if lacking["kind"] == "wait" else "within"

    def _goes_round(self, stand: Stand, came: int) -> bool:
        """Tell whether the walk was here before with the same facts: then it may come again."""
        return any(
            earlier.place == stand.place and self._came[earlier.key] == came
            for earlier in self.chain(stand)[:-1]
        )

    def _asks_for_start(self, place: Place) -> bool:
        return (place.sop, place.step) in self._questions


def takes_time(step: dict[str, Any]) -> bool:
    """Tell whether a step is a wait or a hand-off."""
    return step["kind"] == "wait" or "escalate" in step


def how_long(step: dict[str, Any]) -> str | None:
    """Return how long a wait or a hand-off takes at the most, if it says so."""
    found: str | None = step.get("for") or step.get("escalate", {}).get("within")
    return found


def duration(text: str) -> Duration:
    """Read a duration of a compiled form."""
    found = parse_duration(text)
    if isinstance(found, Fault):
        raise TypeError(found.message)
    return found


def _questions(explorer: Explorer, clock: Clock) -> frozenset[tuple[str, str]]:
    """The steps that ask for the fact a clock runs from, if only they can give it."""
    if clock.start is None:
        return frozenset()
    procedure = explorer.procedure
    fact = procedure.part(clock.sop).facts[clock.start]
    if fact.source is not None or fact.computed:
        return frozenset()
    return frozenset(
        (sop, step)
        for sop, form in procedure.form["procedures"].items()
        for step, shape in form["steps"].items()
        if shape.get("fact") == fact.name and (sop == clock.sop or not fact.own)
    )
