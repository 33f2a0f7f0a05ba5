"""Proving: 10,000 steps against a bare pass over their YAML; 60,000 steps, cold and unchanged.

The proof is timed in a process of its own, the library already compiled. The 60,000 steps are
checked as a person would, by the whole command: reading, compiling and proving, start-up included.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from tests.bench.compiling import SOPS, STEPS, child
from tests.bench.library import write_library
from tests.bench.timing import Measure, timed_in_turns

if TYPE_CHECKING:
    from pathlib import Path

MANY_SOPS, MANY_STEPS = 2_000, 30


def measure(folder: Path, rounds: int) -> list[Measure]:
    trees, cache = write_library(folder / "trees", SOPS, STEPS), folder / "cache"
    child("load", trees, cache)  # so that what is timed finds it compiled
    events, proof = timed_in_turns(
        max(3, rounds // 2 + 1),
        partial(child, "events", trees, cache),
        partial(child, "prove", trees, cache),
    )
    large, kept = write_library(folder / "large", MANY_SOPS, MANY_STEPS), folder / "kept"
    cold, memory = _check(large, kept)
    warm = sorted(_check(large, kept)[0] for _ in range(max(3, rounds)))[rounds // 2]
    steps, whole = f"{MANY_SOPS * MANY_STEPS:,} steps", "limit, whole process"
    more = {"peak_mib": memory}
    return [
        Measure(
            f"prove {SOPS * STEPS:,} steps", proof, events, 10, "a bare pass over libyaml events"
        ),
        Measure(f"check and prove {steps}, cold", cold, 60, 60, whole, "limit", more),
        Measure(f"{steps} again, nothing changed", warm, 1.5, 1.5, whole, "limit"),
    ]


def _check(trees: Path, cache: Path) -> tuple[float, int]:
    """Seconds, and the most memory that one of its processes held, in MiB."""
    command = [sys.executable, "-m", "sopguide", "check", "--trees", str(trees)]
    surroundings = {**os.environ, "SOPGUIDE_CACHE": str(cache)}
    start = time.perf_counter()
    running = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(running.pid, 0)
    took = time.perf_counter() - start
    running.returncode = os.waitstatus_to_exitcode(status)
    if running.returncode != 0:
        raise SystemExit(f"the measured library has findings, or could not be checked: {trees}")
    return took, usage.ru_maxrss // 1024
