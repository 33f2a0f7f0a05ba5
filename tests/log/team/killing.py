"""Walks and ships in processes that are killed at any moment; what they promised goes to stdout.

    python -m tests.log.team.killing FOLDER FIRST ROUNDS

In each round three processes walk and one ships, all from one data folder; each is killed after a
while of its own. They are forked, so that a round takes a fraction of a second.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sopguide.log.faults import LogError
from sopguide.log.team.background import ship_now
from tests.log.worker import walk_until_killed

if TYPE_CHECKING:
    from collections.abc import Callable

WRITERS = 3
_LONGEST = 0.25  # seconds that a process lives


def ship_until_killed(data: Path) -> None:
    while True:
        try:
            ship_now(data, lambda *_: None)
        except LogError as error:
            os.write(2, f"{error}\n".encode())


def play(data: Path, chance: random.Random) -> None:
    """One round."""
    works: list[Callable[[Path], None]] = [*[walk_until_killed] * WRITERS, ship_until_killed]
    ends = [(_fork(work, data), chance.uniform(0.03, _LONGEST)) for work in works]
    began = time.monotonic()
    for child, lives in sorted(ends, key=lambda end: end[1]):
        time.sleep(max(0.0, began + lives - time.monotonic()))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _fork(work: Callable[[Path], None], data: Path) -> int:
    child = os.fork()
    if child == 0:
        try:
            work(data)
        finally:
            os._exit(1)
    return child


if __name__ == "__main__":
    folder, first, rounds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    for number in range(first, first + rounds):
        play(folder, random.Random(number))  # noqa: S311  (no secret)
