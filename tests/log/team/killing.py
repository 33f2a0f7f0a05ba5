"""Walks and ships in processes that are killed at any moment; what they promised goes to stdout.

    python -m tests.log.team.killing FOLDER FIRST ROUNDS >>FILE

In each round three processes walk and one ships, all from one data folder; each is killed after a
while of its own, the last when something has been promised. They are forked, so that a round takes
a fraction of a second.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from sopguide.log.faults import LogError
from sopguide.log.team.background import ship_now
from tests.log.worker import walk_until_killed
from tests.patience import wait_until

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
    before = _promised()
    ends = [(chance.uniform(0.03, _LONGEST), _fork(work, data), work) for work in works]
    began, writers = time.monotonic(), WRITERS
    for lives, child, work in sorted(ends, key=lambda end: end[0]):
        time.sleep(max(0.0, began + lives - time.monotonic()))
        writers -= work is walk_until_killed
        if not writers:
            wait_until(lambda: _promised() > before, "a promise")
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _promised() -> int:
    return os.fstat(1).st_size


def _fork(work: Callable[[Path], None], data: Path) -> int:
    child = os.fork()
    if child == 0:
        try:
            work(data)
        except BaseException:  # noqa: BLE001  (what is told here makes the test fail)
            traceback.print_exc()
        finally:
            os._exit(1)
    return child


if __name__ == "__main__":
    folder, first, rounds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    for number in range(first, first + rounds):
        play(folder, random.Random(number))  # noqa: S311  (no secret)
