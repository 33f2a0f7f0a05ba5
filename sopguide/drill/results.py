"""What the drills in the log say: who is ready, and where they stumble."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from sopguide.drill.grading import DRILL_GRADED
from sopguide.log.record import agent_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopguide.log.document import WalkDoc

ENOUGH = 5
"""So many right drills of a scenario tell how long it takes."""


@dataclass(frozen=True, slots=True)
class Drilled:
    """One graded drill, as the log has it."""

    agent: str
    sop: str
    at: int
    grade: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One person's drills of one SOP. `at` is that of the last one, in ms UTC."""

    agent: str
    sop: str
    drills: int
    right: int
    passed: int
    score: float
    last: int
    stumbles: tuple[tuple[str, int], ...]
    """The steps where they left the scenario's path, and how often; the commonest first."""

    def to_json(self) -> dict[str, Any]:
        stumbles = [{"step": step, "times": times} for step, times in self.stumbles]
        return {**asdict(self), "stumbles": stumbles}


def drills(walks: Iterable[WalkDoc]) -> Iterator[Drilled]:
    """The graded drills among walks; one that was left before its end has no grade."""
    for walk in walks:
        for event in walk.events:
            if event["type"] == DRILL_GRADED:
                agent = agent_of({**walk.head, **event})
                yield Drilled(agent, walk.sop, walk.last, event["data"])


def table(found: Iterable[Drilled]) -> list[Row]:
    """One row for each person and SOP, in the order of their names."""
    groups: defaultdict[tuple[str, str], list[Drilled]] = defaultdict(list)
    for one in found:
        groups[one.agent, one.sop].append(one)
    return [_row(agent, sop, group) for (agent, sop), group in sorted(groups.items())]


def usual_seconds(found: Iterable[Drilled]) -> dict[str, float]:
    """By scenario, the time in which three of four right drills were done, where that is known."""
    times: defaultdict[str, list[float]] = defaultdict(list)
    for one in found:
        if one.grade["right"]:
            times[one.grade["scenario"]].append(one.grade["seconds"])
    return {
        scenario: quantiles(some, n=4, method="inclusive")[2]
        for scenario, some in times.items()
        if len(some) >= ENOUGH
    }


def _row(agent: str, sop: str, group: list[Drilled]) -> Row:
    stumbles = Counter(one.grade["differs"] for one in group if "differs" in one.grade)
    return Row(
        agent=agent,
        sop=sop,
        drills=len(group),
        right=sum(one.grade["right"] for one in group),
        passed=sum(one.grade["passed"] for one in group),
        score=median(one.grade["score"] for one in group),
        last=max(one.at for one in group),
        stumbles=tuple(sorted(stumbles.items(), key=lambda pair: (-pair[1], pair[0]))),
    )
