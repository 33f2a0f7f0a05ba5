"""Walking a compiled SOP: one answer in, one new walk out.

Walks are values. Nothing here reads a clock, a disk or a screen: the
caller passes the time in, and stores the events it gets back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from sopguide.facts.fact import Fact
from sopguide.facts.times import as_date, write_time
from sopguide.facts.values import Value, to_json
from sopguide.phrases import Phrase
from sopguide.walk.answering import Accepted, Refusal, accept
from sopguide.walk.course import Course, State, first_state, recommend
from sopguide.walk.events import (
    STEP_ANSWERED,
    STEP_BACK,
    STEP_SHOWN,
    TRIED_OUT,
    WALK_STARTED,
    Event,
    Moment,
)
from sopguide.walk.outcome import Outcome, Overruled, outcome_of
from sopguide.walk.path import AGENT, Passage, Place, Trail
from sopguide.walk.private import GIVEN, LOST, conceal
from sopguide.walk.procedure import Part, Procedure
from sopguide.walk.step import Step
from sopguide.walk.ticket import Given, hold_to_limits

ASK = "ask"
DO = "do"
WAIT = "wait"
ENDED = "ended"
STUCK = "stuck"


class Turn(NamedTuple):
    """What came of one input: the walk, its new events, or why it was refused."""

    walk: "Walk"
    events: tuple[Event, ...]
    refused: str | None = None


class Origin(NamedTuple):
    """What a walk started with: enough to start it again."""

    given: Given
    now: datetime
    mode: str
    locale: str
    channel: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """One passage of one agent through one SOP for one ticket, at one moment.

    `before` is the walk in which a person gave the last answer, and `choice` that
    answer; `kept` are answers given before going back, by the place they belong
    to; `held` are places to ask at although the answer is known; `lost` are the keys
    of texts that no record holds, which a resumed walk asks for again first.
    `overruled` ends the walk where it stands. `undo_to` is the walk before the last thing
    done, whether an answer, a return or an override; `redo_to` what was undone.
    """

    procedure: Procedure
    origin: Origin
    state: State
    before: "Walk | None" = None
    choice: Any = None
    kept: Mapping[Place, Any] = field(default_factory=dict)
    held: frozenset[Place] = frozenset()
    lost: tuple[str, ...] = ()
    overruled: Overruled | None = None
    undo_to: "Walk | None" = None
    redo_to: "Walk | None" = None

    @property
    def status(self) -> str:
        """Where the walk stands: ask, do, wait, ended or stuck."""
        if self.overruled is not None:
            return ENDED
        if self.lost:
            return ASK
        if self.state.reason is not None:
            return STUCK
        return ASK if self.state.need is not None else _STANDING[self.step.kind]

    @property
    def part(self) -> Part:
        """The procedure in which the walk stands."""
        return self.procedure.part(self.state.frame.sop)

    @property
    def step(self) -> Step:
        """The step at which the walk stands."""
        return self.part.step(self.state.frame.step)

    @property
    def need(self) -> Fact | None:
        """The fact that is asked for now."""
        if self.overruled is not None:
            return None
        return self.procedure.fact_at(self.lost[0]) if self.lost else self.state.need

    @property
    def asked(self) -> bool:
        """Whether a rule or a limit asks for the fact, not the step itself."""
        return bool(self.lost) or self.trail.passage.asked

    @property
    def reason(self) -> str | None:
        """Why the walk is stuck."""
        return self.state.reason

    @property
    def facts(self) -> Mapping[str, Value | None]:
        """What is known, by key; `today` and `now` included."""
        return self.state.facts

    @property
    def trail(self) -> Trail:
        """The path as a chain from its end: a walk has always come to a step."""
        if self.state.trail is None:
            raise RuntimeError("the walk has not begun")
        return self.state.trail

    @property
    def path(self) -> tuple[Passage, ...]:
        """Every step visited, in order: the effective path."""
        return tuple(self.trail.backwards())[::-1]

    @property
    def place(self) -> Place:
        """Where the walk stands, as events name it."""
        return self.trail.passage.place

    @property
    def outcome(self) -> Outcome | None:
        """What becomes of the ticket, once the walk has ended."""
        return self.recommended if self.overruled is None else self.overruled.outcome

    @property
    def recommended(self) -> Outcome | None:
        """The outcome of the end that the walk reached, whatever the agent chose."""
        return outcome_of(self.step.form) if self.step.kind == "end" else None

    def answer(self, choice: Any, *, at: Moment) -> Turn:
        """Answer what is asked: a value in JSON or text form, `done`, `reply` or `timeout`.

        A choice that does not fit gives the same walk, no events, and why it was refused.
        """
        turn = self.answer_once(choice, at=at)
        if turn.refused is not None or self.lost or not turn.walk.kept:
            return turn
        walk, events = turn.walk, list(turn.events)
        while walk.place in walk.kept:
            turn = walk.answer_once(walk.kept[walk.place], at=at, kept=True)
            if turn.refused is not None:
                break
            walk = turn.walk
            events += turn.events
        return Turn(replace(walk, undo_to=self), tuple(events))

    def answer_once(self, choice: Any, *, at: Moment, kept: bool = False) -> Turn:
        """Answer, and go on to where a person is needed again; earlier answers stay aside."""
        accepted = accept(self, choice)
        if isinstance(accepted, Refusal):
            return Turn(self, (), accepted.reason)
        if self.lost:
            return self._recall(accepted, at)
        course = Course(self.procedure, self.origin.given, self.state, self.held, at, kept=kept)
        course.take(accepted)
        course.go_on()
        left = self.kept
        if left and self.place in left:
            left = {place: value for place, value in left.items() if place != self.place}
        walk = Walk(
            procedure=self.procedure,
            origin=self.origin,
            state=course.state(),
            before=self,
            choice=accepted.choice,
            kept=left,
            held=self.held,
            undo_to=self,
        )
        return Turn(walk, tuple(course.events))

    def back(self, *, at: Moment, to: int | None = None) -> Turn:
        """Go back to a passage of the path, or to what a person answered last.

        Later answers are kept and given again by themselves where the walk comes to
        their question once more and they still fit.
        """
        path = self.path
        if self.overruled is not None and to in (None, len(path) - 1):
            return self._returned(replace(self, overruled=None), at)
        index = self._last_by_person(path) if to is None else to
        if index is None or not 0 <= index < len(path) or not path[index].can_return:
            return Turn(self, (), Phrase("there is nothing to go back to"))
        target = path[index]
        stood = self._standing_at(index, target.place)
        kept = {
            **self.kept,
            **{passage.place: passage.answer for passage in path[index:] if passage.is_act},
        }
        return self._returned(replace(stood, kept=kept), at)

    def find(self, place: Place) -> int | None:
        """Return the index of a place in the path."""
        for index, passage in enumerate(self.path):
            if passage.place == place:
                return index
        return None

    def earlier(self) -> Iterator["Walk"]:
        """Yield this walk and those before it, each as a person found it."""
        walk: Walk | None = self
        while walk is not None:
            yield walk
            walk = walk.before

    def recalling(self) -> "Walk":
        """Return the walk, asking first for every text that was given and is kept nowhere."""
        lost = tuple(key for key, value in self.facts.items() if value is LOST)
        if not lost or self.status not in (ASK, DO, WAIT):
            return self
        return replace(self, lost=lost)

    def remember(self, other: "Walk") -> "Walk":
        """Return another walk of this passage, with the texts that were given again since then."""
        gone = [key for key, value in other.facts.items() if value is LOST]
        known = {key: self.facts[key] for key in gone if self.facts.get(key, LOST) is not LOST}
        state = other.state._replace(facts={**other.facts, **known}) if known else other.state
        return replace(other, state=state, lost=tuple(key for key in self.lost if key in gone))

    def _returned(self, stood: "Walk", at: Moment) -> Turn:
        walk = replace(self.remember(stood), undo_to=self, redo_to=None)
        return Turn(walk, stand(walk, STEP_BACK, at))

    def _recall(self, accepted: Accepted, at: Moment) -> Turn:
        key, need = self.lost[0], self.need
        state = self.state._replace(facts={**self.facts, key: accepted.value})
        data = {
            "step": self.step.ref,
            "fact": need.name if need else key,
            "answer": GIVEN,
            "by": AGENT,
            "again": True,
        }
        walk = replace(self, state=state, lost=self.lost[1:])
        return Turn(walk, (Event(STEP_ANSWERED, data, at),))

    def _last_by_person(self, path: tuple[Passage, ...]) -> int | None:
        for index in range(len(path) - 1, -1, -1):
            passage = path[index]
            if passage.is_act and passage.can_return:
                return index
        return None

    def _standing_at(self, index: int, place: Place) -> "Walk":
        """Return the walk as it stood, or would have stood, at a place of its path."""
        after: Walk = self
        for walk in self.earlier():
            trail = walk.trail
            open_here = trail.passage.place == place and not trail.passage.answered
            if trail.length == index + 1 and open_here:
                return walk
            if trail.length <= index:
                break
            after = walk
        else:
            return _begin(self.procedure, self.origin, self.held | {place}, TRIED_OUT)[0]
        held = replace(walk, kept={}, held=walk.held | {place})
        return held.answer(after.choice, at=TRIED_OUT).walk


def start(
    procedure: Procedure,
    given: Given,
    *,
    now: datetime,
    at: Moment,
    locale: str | None = None,
    channel: str | None = None,
    mode: str = "live",
) -> Turn:
    """Start a walk: `now` is an aware datetime, the clock that `today` and `now` mean."""
    given = hold_to_limits(given, procedure, now)
    origin = Origin(given, now, mode, locale or procedure.locales[0], channel)
    walk, events = _begin(procedure, origin, frozenset(), at)
    return Turn(walk, (_started(walk, at), *events))


def stand(walk: Walk, how: str, at: Moment) -> tuple[Event, ...]:
    """Return the events that say where a walk stands again, and how it came to."""
    step, visit, fact = walk.place
    where = {"step": step, "visit": visit} | ({"fact": fact} if fact else {})
    events = [Event(how, where, at), Event(STEP_SHOWN, {"step": step, "visit": visit}, at)]
    if walk.overruled is None and walk.recommended is not None:
        events.append(recommend(walk.step, at))
    return tuple(events)


def _begin(
    procedure: Procedure, origin: Origin, held: frozenset[Place], at: Moment
) -> tuple[Walk, list[Event]]:
    course = Course(procedure, origin.given, first_state(procedure, origin.now), held, at)
    course.begin()
    course.go_on()
    return Walk(procedure, origin, course.state(), held=held), course.events


def _started(walk: Walk, at: Moment) -> Event:
    origin, procedure = walk.origin, walk.procedure
    facts = {}
    for key, value in origin.given.facts.items():
        fact = procedure.fact_at(key)
        if fact is not None:
            facts[key] = conceal(fact, to_json(value))
    data = {
        "facts": facts,
        "misfits": sorted(misfit.name for misfit in origin.given.misfits),
        "today": as_date(origin.now, procedure.zone).isoformat(),
        "now": write_time(origin.now),
    }
    return Event(WALK_STARTED, data, at)


_STANDING = {"do": DO, "wait": WAIT, "end": ENDED}
