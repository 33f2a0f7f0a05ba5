"""One answer through the walk: at most 10 µs, and the same in 10 steps and in 10,000."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from sopguide.graph.load import load_library
from sopguide.walk.events import Moment
from sopguide.walk.procedure import Procedure
from sopguide.walk.starting import start
from sopguide.walk.ticket import Given
from tests.bench.library import write_library
from tests.bench.timing import Measure, timed_in_turns

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.walk.walk import Walk

SIZES = (10, 10_000)
_AT = Moment(0, 0)
_NOW = datetime(2026, 11, 22, tzinfo=UTC)
_FACTS = {"age": 24, "country": "DE", "amount": "12.50"}
_ANSWERS = 4
_WALKS = 300


def measure(folder: Path, rounds: int) -> list[Measure]:
    small, large = (procedure_of(folder / str(size), size) for size in SIZES)
    few, many = timed_in_turns(rounds, lambda: _answer(small), lambda: _answer(large))
    name = "one answer, in a procedure of"
    return [
        Measure(f"{name} {SIZES[0]} steps", few, few, 10e-6, "limit", "limit"),
        Measure(f"{name} {SIZES[1]:,} steps", many, few, 10e-6, "in 10 steps", "limit"),
        Measure(f"… {SIZES[1]:,} steps against {SIZES[0]}", many, few, 1.25, "in 10 steps"),
    ]


def procedure_of(folder: Path, steps: int) -> Procedure:
    """A compiled procedure of so many steps."""
    library = load_library(write_library(folder / "trees", 1, steps), folder / "cache")
    entry = library.sops["area/p0"]
    return Procedure(library.form(entry.id), entry.hash or "")


def begin(procedure: Procedure) -> Walk:
    return start(procedure, Given(), now=_NOW, at=_AT).walk


def _answer(procedure: Procedure) -> float:
    """The median time of an answer, the steps being linked."""
    times = []
    for turn in range(_WALKS):
        walk = begin(procedure)
        for _ in range(_ANSWERS):
            if walk.status == "ended":
                break
            choice = _choice(walk)
            before = time.perf_counter_ns()
            moved = walk.answer(choice, at=_AT)
            after = time.perf_counter_ns()
            walk = moved.walk
            if turn:  # the first walk links the steps
                times.append(after - before)
    return median(times) / 1e9


def _choice(walk: Walk) -> Any:
    need = walk.need
    return "done" if need is None else _FACTS.get(need.name, "first")
