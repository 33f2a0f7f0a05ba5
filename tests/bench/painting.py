"""The first full frame of `sopguide walk account/hacked`, against a bare Textual app.

Both are whole processes in a pseudo-terminal of 80 x 24, timed from their start until question and
keys stand on the screen. The library is in the cache, as it is for an agent's second walk.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.timing import Measure, timed_in_turns
from tests.terminal import Terminal

_TREES = Path(__file__).parents[2] / "trees"
_BARE = Path(__file__).with_name("bare_app.py")
_SOP = "account/hacked"


def measure(folder: Path, rounds: int) -> list[Measure]:
    surroundings = {
        "SOPGUIDE_CACHE": str(folder / "cache"),
        "SOPGUIDE_TREES": str(_TREES),
    }
    walk = [sys.executable, "-m", "sopguide", "walk", _SOP]
    bare = [sys.executable, str(_BARE)]
    _painted(walk, surroundings)  # fills the cache
    walked, floor = timed_in_turns(
        rounds, lambda: _painted(walk, surroundings), lambda: _painted(bare, surroundings)
    )
    return [Measure("first paint of sopguide walk", walked, floor, 1.25, "a bare Textual app")]


def _painted(command: list[str], surroundings: dict[str, str]) -> float:
    with (
        tempfile.TemporaryDirectory() as data,  # or the walk of the last run would be offered
        Terminal(command, env={**surroundings, "SOPGUIDE_DATA": data}) as terminal,
    ):
        terminal.wait_for(lambda text: "? keys" in text and "?\n" in text)
        return terminal.read_at - terminal.started
