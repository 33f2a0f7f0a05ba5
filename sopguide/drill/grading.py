"""Grading a drill: the trainee's walk held against the scenario's.

Only what a person answered is compared: what the ticket or a rule answered is the same for both,
and an instruction has one answer. Going back costs nothing; what counts is the path that was left.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson

from sopguide.drill.scoring import (
    SECONDS_A_QUESTION,
    Act,
    Difference,
    first_difference,
    likeness,
    score,
)
from sopguide.facts.fact import DECIMAL
from sopguide.review.scenarios import differing
from sopguide.review.trace import trace
from sopguide.walk.walk import DO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.review.routes import Place
    from sopguide.review.scenarios import Scenario
    from sopguide.walk.path import Passage
    from sopguide.walk.walk import Walk

DRILL_GRADED = "drill.graded"


@dataclass(frozen=True, slots=True)
class Grade:
    """What a drill was worth, and where the path left the scenario's."""

    scenario: Scenario
    got: dict[str, Any]
    wrong: tuple[str, ...]
    """The parts of the outcome that are wrong: end, macro, label, escalate."""
    difference: Difference | None
    because: tuple[str, ...]
    """Why the scenario goes on as it does, where the two part."""
    critical: bool
    """Whether they part at a step that is marked critical."""
    likeness: float
    seconds: float
    expected_seconds: float
    overruled: str | None = None
    """Why the trainee chose the outcome instead of the SOP's, where they did."""

    @property
    def right(self) -> bool:
        """Whether the ticket would have got the right macro and label."""
        return not self.wrong

    @property
    def passed(self) -> bool:
        return self.right and not self.critical

    @property
    def score(self) -> int:
        return score(
            right=self.right,
            path=self.likeness,
            seconds=self.seconds,
            expected_seconds=self.expected_seconds,
        )

    def to_json(self) -> dict[str, Any]:
        """The grade as the log keeps it: no texts, so that it can be kept."""
        data: dict[str, Any] = {
            "scenario": digest(self.scenario),
            "right": self.right,
            "passed": self.passed,
            "wrong": list(self.wrong),
            "score": self.score,
            "path": round(self.likeness, 3),
            "seconds": round(self.seconds, 1),
            "expected_seconds": round(self.expected_seconds, 1),
        }
        if self.difference is not None:
            data["differs"] = self.difference.step
        if self.critical:
            data["critical"] = True
        if self.overruled is not None:
            data["overridden"] = self.overruled
        return data


def grade(
    scenario: Scenario,
    walk: Walk,
    model: Walk,
    found: Mapping[str, Place],
    seconds: float,
    expected_seconds: float | None = None,
) -> Grade:
    """Hold a walk that has ended against `model`, the scenario's own."""
    walked, right = acts(walk), acts(model)
    difference = first_difference(walked, right)
    got = walk.outcome.to_json() if walk.outcome else {}
    if expected_seconds is None:
        expected_seconds = SECONDS_A_QUESTION * max(1, len(right))
    return Grade(
        scenario=scenario,
        got=got,
        wrong=tuple(differing(scenario.expect, got)),
        difference=difference,
        because=_because(difference, model, found),
        critical=difference is not None and bool(found[difference.step].form.get("critical")),
        likeness=likeness(walked, right),
        seconds=seconds,
        expected_seconds=expected_seconds,
        overruled=walk.overruled.reason if walk.overruled else None,
    )


def acts(walk: Walk) -> list[Act]:
    """What a person decided in a walk, in order."""
    return [
        Act(one.step, _answer(walk, one), one.fact if one.asked else None)
        for one in walk.path
        if one.is_act and one.kind != DO
    ]


def _answer(walk: Walk, passage: Passage) -> Any:
    """An answer such that equal ones look equal: 12.5 is 12.50."""
    part, _ = walk.procedure.locate(passage.step)
    fact = part.fact(passage.fact) if passage.fact else None
    if fact is None or fact.type != DECIMAL or passage.answer is None:
        return passage.answer
    return f"{Decimal(passage.answer).normalize():f}"


def digest(scenario: Scenario) -> str:
    """What a scenario is known by in the log: it stays when others come before it."""
    content = [scenario.sop, scenario.name, scenario.ticket, scenario.answers, scenario.expect]
    return sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def _because(
    difference: Difference | None, model: Walk, found: Mapping[str, Place]
) -> tuple[str, ...]:
    if difference is None:
        return ()
    left = next((one for one in trace(model, found) if one.place.ref == difference.step), None)
    return left.because if left else ()
