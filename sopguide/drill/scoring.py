"""What a drill was worth: 100 (0.55 O + 0.30 P + 0.15 O T).

O is 1 where macro and label are right. P says how near the path came to the scenario's: one less
the cost of aligning the two, over their lengths together. T is 1 up to the time a proficient agent
needs and falls to 0 at twice that time. Speed pays only when the outcome is right. An error at a
step that is marked critical fails the drill, whatever it scored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

OUTCOME, PATH, TIME = 0.55, 0.30, 0.15

SECONDS_A_QUESTION = 20.0
"""How long a proficient agent may take for one question, until enough walks tell it better."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that a person did in a walk: which question, and what they answered."""

    step: str
    answer: Any
    fact: str | None = None

    @property
    def question(self) -> tuple[str, str | None]:
        return self.step, self.fact


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two paths part: what was done there, and what the scenario does; None for the end."""

    given: Act | None
    expected: Act | None

    @property
    def step(self) -> str:
        """The step where they part, by the scenario's path as far as it goes."""
        act = self.expected or self.given
        assert act is not None  # noqa: S101 (two ends are no difference)
        return act.step


def score(*, right: bool, path: float, seconds: float, expected_seconds: float) -> int:
    """The score, from 0 to 100."""
    outcome = 1.0 if right else 0.0
    total = OUTCOME * outcome + PATH * path + TIME * outcome * pace(seconds, expected_seconds)
    return round(100 * total)


def pace(seconds: float, expected: float) -> float:
    """1 up to the expected time, 0 at twice that time and beyond."""
    if expected <= 0:
        return 1.0
    return min(1.0, max(0.0, 2.0 - seconds / expected))


def likeness(walked: Sequence[Act], expected: Sequence[Act]) -> float:
    """One less the cost of aligning two paths, over their lengths together."""
    together = len(walked) + len(expected)
    if not together:
        return 1.0
    return 2 * _in_common(walked, expected) / together


def first_difference(walked: Sequence[Act], expected: Sequence[Act]) -> Difference | None:
    """Where the two paths part; None where they are the same."""
    for given, right in zip(walked, expected, strict=False):
        if given != right:
            return Difference(given, right)
    both = min(len(walked), len(expected))
    if len(walked) == len(expected):
        return None
    return Difference(_at(walked, both), _at(expected, both))


def _at(path: Sequence[Act], place: int) -> Act | None:
    return path[place] if place < len(path) else None


def _in_common(one: Sequence[Act], other: Sequence[Act]) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for act in one:
        before = 0
        for place, right in enumerate(other, start=1):
            kept = row[place]
            row[place] = before + 1 if act == right else max(row[place], row[place - 1])
            before = kept
    return row[-1]
