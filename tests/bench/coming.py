"""What may still come, from the first question: below 1 ms in 40 steps, bounded in 10,000."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

from sopguide.walk.ahead import ahead
from tests.bench.answering import begin, procedure_of
from tests.bench.timing import Measure, timed_in_turns

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.walk.procedure import Procedure

SIZES = (40, 10_000)
_TIMES = 50


def measure(folder: Path, rounds: int) -> list[Measure]:
    small, large = (procedure_of(folder / str(size), size) for size in SIZES)
    few, many = timed_in_turns(rounds, lambda: _look(small), lambda: _look(large))
    name = "what may come, in a procedure of"
    return [
        Measure(f"{name} {SIZES[0]} steps", few, few, 1e-3, "limit", "limit"),
        Measure(f"{name} {SIZES[1]:,} steps", many, few, 5e-3, "in 40 steps", "limit"),
    ]


def _look(procedure: Procedure) -> float:
    """The median time to say what may come, the steps being linked."""
    walk, times = begin(procedure), []
    for turn in range(_TIMES + 1):
        before = time.perf_counter_ns()
        ahead(walk)
        after = time.perf_counter_ns()
        if turn:
            times.append(after - before)
    return median(times) / 1e9
