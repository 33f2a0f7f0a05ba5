"""100,000 walks read back, and some of them found, against parsing the same files and no more."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

import orjson

from sopguide.log.local import LocalLog
from sopguide.log.wanted import Wanted
from tests.bench.logged import MANY, fill, ticket_of
from tests.bench.timing import Measure, timed_in_turns

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SECONDS = 2.0
_PARSING = "orjson.loads of the same files"


def measure(folder: Path, rounds: int) -> list[Measure]:
    full = fill(folder / "full")
    files = sorted((full / "walks").rglob("*.json"))
    with LocalLog(full) as log:
        last = next(log.walks(newest_first=True))
        first = next(log.walks())
        ticket = ticket_of(first.walk)
        asked: list[tuple[str, float, Callable[[], int], int]] = [
            (f"{MANY:,} walks read back", 1.0, lambda: _count(log), MANY),
            ("… with every event of theirs", 2.0, lambda: _events(log), 15 * MANY),
            ("the latest walk found", 0.1, lambda: len(log.find(last.walk)), 1),
            ("the first walk found", 0.2, lambda: len(log.find(first.walk)), 1),
            ("a ticket's walks found", 0.25, lambda: _count(log, Wanted(tickets=(ticket,))), 1),
            ("the unfinished found", 0.02, lambda: _count(log, Wanted(unfinished=True)), 0),
        ]
        for name, _, work, count in asked:
            found = work()
            if found != count:
                raise AssertionError(f"{name}: {found:,}, not {count:,}")
        works = [_timed(lambda: _parse(files)), *(_timed(work) for _, _, work, _ in asked)]
        floor, *times = timed_in_turns(min(rounds, 5), *works)
    measures = [
        Measure(name, value, floor, goal, _PARSING)
        for (name, goal, _, _), value in zip(asked, times, strict=True)
    ]
    limit = Measure(f"{MANY:,} walks read back", times[0], floor, _SECONDS, _PARSING, kind="limit")
    return [limit, *measures]


def _parse(files: list[Path]) -> int:
    for file in files:
        orjson.loads(file.read_bytes())
    return len(files)


def _count(log: LocalLog, wanted: Wanted | None = None) -> int:
    return sum(1 for _ in (log.walks(wanted) if wanted else log.walks()))


def _events(log: LocalLog) -> int:
    return sum(len(walk.events) for walk in log.walks())


def _timed(work: Callable[[], int]) -> Callable[[], float]:
    def timed() -> float:
        gc.collect()
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return timed
