"""How things are timed: what is compared runs in turns, and the middle of several runs counts."""

from __future__ import annotations

import gc
import time
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure against its floor; times are in seconds, sizes in bytes."""

    name: str
    value: float
    floor: float
    goal: float
    of: str
    """What the floor is."""
    kind: str = "ratio"
    """What is held against the goal: `ratio`, `memory`: value / floor; `limit`, `bytes`, `share`: value."""
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        return self.value / self.floor

    @property
    def reached(self) -> bool:
        return (self.ratio if self.kind in {"ratio", "memory"} else self.value) <= self.goal

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.ratio, "reached": self.reached}


def in_turns(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The median time of each work; they take turns, so that a slow moment hits them all."""
    return timed_in_turns(rounds, *(lambda work=work: _time(work) for work in works))


def timed_in_turns(rounds: int, *works: Callable[[], float]) -> list[float]:
    """The median of what each work measured by itself."""
    times: list[list[float]] = [[] for _ in works]
    for turn in range(rounds):
        order = range(len(works)) if turn % 2 else reversed(range(len(works)))
        for place in order:
            times[place].append(works[place]())
    return [median(each) for each in times]


def _time(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
