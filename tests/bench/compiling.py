"""Reading, compiling and checking 10,000 steps, against libyaml's events and against pyxform.

The same bytes are passed over by libyaml once, with nothing made of its events; pyxform converts
the same graph, written as it wants it. Each is timed in a process of its own, without its imports.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING

from tests.bench.library import write_library
from tests.bench.timing import Measure, timed_in_turns

if TYPE_CHECKING:
    from pathlib import Path

SOPS, STEPS = 500, 20


def measure(folder: Path, rounds: int) -> list[Measure]:
    trees = write_library(folder / "trees", SOPS, STEPS)
    cache = folder / "cache"
    events, cold, warm, peer = timed_in_turns(
        max(3, rounds // 2 + 1),
        partial(child, "events", trees, cache),
        partial(_cold, trees, cache),
        partial(_warm, trees, folder / "kept"),
        partial(child, "pyxform", trees, cache),
    )
    bare, steps = "a bare pass over libyaml events", f"{SOPS * STEPS:,} steps"
    return [
        Measure(f"read, compile and check {steps}, cold", cold, events, 4, bare),
        Measure(f"the same against pyxform, {steps}", cold, peer, 0.3, "pyxform, same graph"),
        Measure(f"{steps} from the cache", warm, events, 0.3, bare),
    ]


def _cold(trees: Path, cache: Path) -> float:
    shutil.rmtree(cache, ignore_errors=True)
    return child("load", trees, cache)


def _warm(trees: Path, cache: Path) -> float:
    if not cache.exists():
        child("load", trees, cache)
    return child("load", trees, cache)


def child(work: str, trees: Path, cache: Path) -> float:
    """Seconds that one run in a process of its own took."""
    command = [sys.executable, "-m", "tests.bench.compiling_once", work, str(trees), str(cache)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds: float = json.loads(done.stdout)
    return seconds
