"""Starting a walk in a loaded procedure: the same in 10 steps and in 10,000."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.answering import SIZES, begin, procedure_of
from tests.bench.timing import Measure, timed_in_turns

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.walk.procedure import Procedure

_WALKS = 500


def measure(folder: Path, rounds: int) -> list[Measure]:
    small, large = (procedure_of(folder / str(size), size) for size in SIZES)
    few, many = timed_in_turns(rounds, lambda: _start(small), lambda: _start(large))
    return [Measure(f"starting a walk in {SIZES[1]:,} steps", many, few, 1.25, "in 10 steps")]


def _start(procedure: Procedure) -> float:
    times = []
    for _ in range(_WALKS):
        before = time.perf_counter_ns()
        begin(procedure)
        times.append(time.perf_counter_ns() - before)
    return median(times) / 1e9
