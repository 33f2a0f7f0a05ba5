"""The path of a walk: one passage for every step visited, in order.

The path is kept as a chain from its end, so that adding to it costs the
same after ten steps and after ten thousand.
"""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

AGENT = "agent"
TICKET = "ticket"
RULE = "rule"

_OF_PERSONS = ("ask", "do", "wait")


class Passage(NamedTuple):
    """One visit to a step, or one fact that a rule of the step asked for (`asked`).

    `answer` is JSON: the value given, `done`, `reply` or `timeout`; None while open
    or where the step asks nothing. `visit` counts the visits to this step from 1;
    `kept` marks an answer given before going back, which still applied.
    """

    step: str
    kind: str
    visit: int
    by: str
    fact: str | None = None
    answer: Any = None
    answered: bool = False
    asked: bool = False
    kept: bool = False

    @property
    def place(self) -> "Place":
        """What tells this passage from all others of the walk."""
        return Place(self.step, self.visit, self.fact if self.asked else None)

    @property
    def name(self) -> str:
        """What it is called where the procedure is clear: the fact asked for, else the step."""
        return self.fact if self.asked and self.fact else self.step.rpartition(".")[2]

    @property
    def is_act(self) -> bool:
        """Whether the agent answered here, be it that an instruction is done."""
        return self.answered and self.by == AGENT

    @property
    def can_return(self) -> bool:
        """Whether a person can be asked there again."""
        return self.asked or self.kind in _OF_PERSONS


class Place(NamedTuple):
    """A step, the number of the visit, and the fact where a rule asked for one."""

    step: str
    visit: int
    fact: str | None = None


class Trail(NamedTuple):
    """The last passage, and the trail before it."""

    passage: Passage
    before: "Trail | None"
    length: int

    def backwards(self) -> Iterator[Passage]:
        """Yield the passages from the last to the first."""
        trail: Trail | None = self
        while trail is not None:
            yield trail.passage
            trail = trail.before


def acts_of(passages: Iterable[Passage]) -> int:
    """Return how many answers are the agent's own, instructions and waits included."""
    return sum(passage.is_act for passage in passages)


def extend(trail: Trail | None, passage: Passage) -> Trail:
    """Return the trail with one more passage."""
    return Trail(passage, trail, 1 if trail is None else trail.length + 1)


def answered(trail: Trail | None, choice: Any, *, kept: bool) -> Trail:
    """Return the trail with the agent's answer in the passage that stood open."""
    if trail is None:
        raise RuntimeError("nothing was asked")
    stood, before, length = trail
    passage = Passage(
        stood.step,
        stood.kind,
        stood.visit,
        AGENT,
        stood.fact,
        choice,
        answered=True,
        asked=stood.asked,
        kept=kept,
    )
    return Trail(passage, before, length)
