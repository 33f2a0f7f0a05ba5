"""A drill in progress: a scenario's ticket, walked and logged like any other, graded at its end.

Which questions follow, and what is on disk when, is the affair of the logged walk. A drill adds
what its end is worth, and that a drill left before its end is given up, not resumed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from sopguide.drill.grading import DRILL_GRADED, Grade, digest, grade
from sopguide.log.logged_walk import LEFT as LEFT_IT
from sopguide.log.logged_walk import LoggedWalk, system_clock
from sopguide.review.routes import places
from sopguide.review.scenarios import Scenario, run_scenario
from sopguide.walk.procedure import Procedure
from sopguide.walk.ticket import read_ticket
from sopguide.walk.typed import typed_ticket

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from sopguide.graph.library import Library
    from sopguide.log.identity import Identity
    from sopguide.log.logged_walk import Clock
    from sopguide.log.protocol import WalkLog
    from sopguide.review.routes import Place
    from sopguide.walk.outcome import Applied
    from sopguide.walk.walk import Walk

LEFT = "drill_left"
"""Why a drill was given up: the trainee left it."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """A scenario that can be drilled: it does what it says, and its own walk is the model."""

    scenario: Scenario
    procedure: Procedure
    form: bytes
    found: Mapping[str, Place]
    model: Walk


class DrillWalk(LoggedWalk):
    """A logged walk of a scenario; `grade` is there when it has ended."""

    exercise: Exercise
    expected_seconds: float | None = None
    grade: Grade | None = None
    began: int
    """When it began, on the monotonic clock in ms."""

    @classmethod
    def of(
        cls,
        exercise: Exercise,
        log: WalkLog,
        identity: Identity,
        *,
        expected_seconds: float | None = None,
        language: str | None = None,
        clock: Clock = system_clock,
    ) -> Self:
        """Start the drill; raises LogError where it could not be stored."""
        ticket, procedure = exercise.scenario.ticket, exercise.procedure
        drill = cls.begin(
            log,
            procedure,
            exercise.form,
            read_ticket(typed_ticket(ticket, procedure), procedure),
            ticket,
            identity,
            mode="drill",
            language=language,
            now=exercise.model.origin.now,
            clock=clock,
        )
        drill.exercise = exercise
        drill.expected_seconds = expected_seconds
        drill.began = clock().mono_ms
        return drill

    def finish(
        self, applied: Applied | None = None, *more: tuple[str, dict[str, Any]]
    ) -> str | None:
        """Grade the walk, and put the grade down with its end."""
        if self.walk.outcome is None:
            return super().finish(applied, *more)
        exercise = self.exercise
        seconds = (self._clock().mono_ms - self.began) / 1000
        graded = grade(
            exercise.scenario,
            self.walk,
            exercise.model,
            exercise.found,
            seconds,
            self.expected_seconds,
        )
        refused = super().finish(applied, (DRILL_GRADED, graded.to_json()), *more)
        if refused is None:
            self.grade = graded
        return refused

    def suspend(self, reason: str = LEFT_IT) -> str | None:  # noqa: ARG002 (a drill has one)
        """A drill is not resumed: whoever leaves it gives it up."""
        return self.abandon(LEFT)


def exercises(
    library: Library, scenarios: Mapping[str, Iterable[Scenario]], now: datetime
) -> tuple[list[Exercise], list[Scenario]]:
    """What can be drilled of these scenarios; and which fail, and so would teach what is wrong."""
    ready, failing = [], []
    for sop, some in scenarios.items():
        entry, form = library.sops[sop], library.form(sop)
        procedure, found = Procedure(form, entry.hash or ""), places(form)
        for scenario in some:
            result, ended = run_scenario(procedure, found, scenario, now)
            if result.passed and ended.walk is not None:
                ready.append(
                    Exercise(scenario, procedure, library.form_bytes(sop), found, ended.walk)
                )
            else:
                failing.append(scenario)
    return ready, failing


def shuffled(ready: Iterable[Exercise], seed: int) -> list[Exercise]:
    """The exercises in an order that the seed gives, whatever order they come in."""
    ordered = sorted(ready, key=lambda exercise: digest(exercise.scenario))
    random.Random(seed).shuffle(ordered)  # noqa: S311 (an order, no secret)
    return ordered
