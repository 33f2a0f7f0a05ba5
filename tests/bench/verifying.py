"""Verifying a log of many records, finished walks and all, against a bare pass over its journals.

The bare pass reads the same lines, parses each and hashes it once, in one process: whoever verifies
what records mean, and not just bytes, does that much.
"""

from __future__ import annotations

import os
import time
from hashlib import sha256
from typing import TYPE_CHECKING

import orjson

from sopguide.log.folder import DataFolder
from sopguide.log.heads import all_journals, heads
from sopguide.log.local import LocalLog
from sopguide.log.verifying import verify
from tests.bench.logged import Hasty, record
from tests.bench.timing import Measure, in_turns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

RECORDS = 200_000
_GOAL = 80_000  # a second


def measure(folder: Path, rounds: int) -> list[Measure]:
    with LocalLog(folder, Hasty()) as log:
        record(log, RECORDS)
    data = DataFolder(folder)
    known, paths = heads(data), all_journals(data)
    found = verify(data, known)
    if not found.sound or found.unproved or found.walks < RECORDS // 200:
        raise RuntimeError("the log that is measured does not hold")

    used: list[float] = []

    def alone() -> None:
        start = time.process_time()
        verify(data, known, processes=1)
        used.append(time.process_time() - start)

    both, one, floor, hashed = in_turns(
        min(rounds, 5),
        lambda: verify(data, known),
        alone,
        lambda: _parsed(paths),
        lambda: _hashed(paths),
    )
    each = both / found.records
    rate, of_one = f"{found.records / both:,.0f} a second", f"{found.records / one:,.0f} a second"
    more = {
        "records": found.records,
        "per second": found.records / both,
        "per second in one process": found.records / one,
        "per second of processor time": found.records / min(used),
        "reading and hashing the bytes": hashed,
        "cores": os.cpu_count(),
    }
    goal = 1 / _GOAL
    return [
        Measure(f"verifying a record ({rate})", each, each, goal, "itself", "limit", more),
        Measure(f"... in one process ({of_one})", one, floor, 9, "parsing and hashing its lines"),
    ]


def _parsed(paths: Sequence[Path]) -> None:
    for path in paths:
        for line in path.read_bytes().split(b"\n"):
            if line:
                orjson.loads(line)
                sha256(line).digest()


def _hashed(paths: Sequence[Path]) -> None:
    for path in paths:
        sha256(path.read_bytes()).digest()
