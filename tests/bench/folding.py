"""The fold at a walk's end, at 0 and at 100,000 walks: at most 10 ms, and flat."""

from __future__ import annotations

import time
from statistics import median, quantiles
from typing import TYPE_CHECKING

from sopguide.log.local import LocalLog
from sopguide.log.record import uuid7
from tests.bench.logged import HEADER, MANY, fill, walk_of
from tests.bench.timing import Measure

if TYPE_CHECKING:
    from pathlib import Path

_WALKS = 60
_LIMIT = 0.010


def measure(folder: Path, rounds: int) -> list[Measure]:
    full = fill(folder / "full")
    first: list[float] = []
    late: list[float] = []
    for turn in range(rounds):
        first += _folds(folder / f"empty{turn}")
        late += _folds(full)
    few, many = median(first), median(late)
    slowest = {"p99_ms": quantiles(late, n=100)[98] * 1000}
    return [
        Measure("the fold at a walk's end", few, few, _LIMIT, "limit", "limit"),
        Measure(f"… after {MANY:,} walks", many, few, _LIMIT, "after none", "limit", slowest),
    ]


def _folds(folder: Path) -> list[float]:
    """The times in which a day's walks were put among the finished ones."""
    times = []
    with LocalLog(folder) as log:
        for _ in range(_WALKS):
            now = int(time.time() * 1000)
            recorder = log.begin(uuid7(now), HEADER, b'{"format":1}', {})
            events = walk_of(8, now)
            recorder.append(events[:-1])
            start = time.perf_counter()
            recorder.close(events[-1:])
            times.append(time.perf_counter() - start)
    return times
