"""Walking a compiled SOP: one answer in, one new walk out.

Walks are values. Nothing here reads a clock, a disk or a screen: the
caller passes the time in, and stores the events it gets back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from sopguide.facts.fact import Fact
from sopguide.facts.values import Value
from sopguide.walk.answering import Refusal, accept
from sopguide.walk.course import Course
from sopguide.walk.events import Event, Moment
from sopguide.walk.outcome import Outcome, Overruled, outcome_of
from sopguide.walk.path import Passage, Place, Trail
from sopguide.walk.private import give_again
from sopguide.walk.procedure import Part, Procedure
from sopguide.walk.state import State
from sopguide.walk.step import Step
from sopguide.walk.ticket import Given

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


@dataclass(frozen=True, slots=True, eq=False, repr=False)
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
    def is_open(self) -> bool:
        """Whether somebody has to act before the walk goes on."""
        return self.status in (ASK, DO, WAIT)

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
            walk, event = give_again(self, accepted, at)
            return Turn(walk, (event,))
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

    def facts_in_sight(self) -> Iterator[tuple[Fact, Value | None, str]]:
        """Yield the facts in sight of the SOP itself that were given or set, with who did it."""
        for key, by in self.state.sources.items():
            fact = None if ":" in key else self.procedure.fact_at(key)
            if fact is not None:
                yield fact, self.facts[key], by

    def earlier(self) -> Iterator["Walk"]:
        """Yield this walk and those before it, each as a person found it."""
        walk: Walk | None = self
        while walk is not None:
            yield walk
            walk = walk.before


_STANDING = {"do": DO, "wait": WAIT, "end": ENDED}
