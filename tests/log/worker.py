"""A process that walks until it is killed; each line it prints is a promise the log must keep.

`seq WALK N`: N events of that walk are stored. `done WALK`: it has ended.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from sopguide.log.faults import LogError
from sopguide.log.local import LocalLog
from sopguide.log.record import uuid7
from sopguide.walk.events import WALK_SUSPENDED, Event
from tests.log.making import FORM, HEADER, answered, at, begun, ended


def promise(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def walk_until_killed(data: Path) -> None:
    log = LocalLog(data, rotate=20_000)
    while True:
        for found in log.unfinished()[:1]:
            try:
                recorder = log.reopen(found.walk)
            except LogError:  # another process took it
                continue
            recorder.close(ended())
            promise(f"done {found.walk}")
        walk = uuid7(int(time.time() * 1000))
        recorder = log.begin(walk, HEADER, FORM, {"ticket": "T-1"})
        recorder.append(begun())
        for step in range(4):
            promise(f"seq {walk} {recorder.seq}")
            recorder.append(answered(f"step-{step}", "no", f"step-{step + 1}"))
        promise(f"seq {walk} {recorder.seq}")
        if walk.endswith(("0", "1")):
            recorder.release([Event(WALK_SUSPENDED, {}, at())])
        else:
            recorder.close(ended())
            promise(f"done {walk}")


def walk_until_the_disk_is_full(data: Path, limit: int) -> None:
    """Then goes on with more room, as a person would who made some."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    log = LocalLog(data)
    recorder = log.begin("the-walk", HEADER, FORM, {"ticket": "T-1"})
    recorder.append(begun())
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    step = 0
    try:
        while True:
            recorder.append(answered(f"step-{step}", "no", f"step-{step + 1}"))
            step += 1
            promise(f"seq the-walk {recorder.seq}")
    except LogError as error:
        promise(f"error {error}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    recorder.append(answered(f"step-{step}", "yes", "end"))
    recorder.close(ended())
    promise("done the-walk")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        walk_until_the_disk_is_full(Path(sys.argv[1]), int(sys.argv[2]))
    else:
        walk_until_killed(Path(sys.argv[1]))
