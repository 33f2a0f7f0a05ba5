"""A process that works on a log until it is killed; each line it prints is a promise to be kept.

`seq WALK N`: N events of that walk are stored. `done WALK`: it has ended.

    python -m tests.log.worker WORK DATA   one such process
    python -m tests.log.worker nursery     forks one for each line `WORK DATA FILE` it reads, which
                                           prints to that file: many of them start in a second
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from sopguide.log.faults import LogError
from sopguide.log.local import LocalLog
from sopguide.log.record import uuid7
from sopguide.walk.events import WALK_SUSPENDED, Event
from tests.log.making import FORM, HEADER, answered, at, begun, ended


def promise(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def tend_until_killed(data: Path) -> None:
    """What others do in the same folder: it is tidied, made anew, compacted and asked."""
    log = LocalLog(data)
    while True:
        promise("tended")
        log.rebuild()
        log.compact()
        list(log.walks())
        log.close()


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


def walk_on_a_small_disk(data: Path) -> None:
    """Until it is full, then with a little room; at last the disk may only be read."""
    filler = data / "filler"
    filler.write_bytes(bytes(60_000))
    log = LocalLog(data / "log")
    recorder = log.begin("the-walk", HEADER, FORM, {"ticket": "T-1"})
    recorder.append(begun())
    for step in range(1000):
        try:
            recorder.append(answered(f"step-{step}", "no", f"step-{step + 1}"))
        except LogError as error:
            promise(f"error {error}")
            break
    promise(f"seq the-walk {len(log.walk('the-walk'))} {recorder.seq}")
    with suppress(LogError):
        log.begin("another", HEADER, FORM)
        promise("begun another")
    filler.unlink()
    recorder.append(answered("again", "yes", "end"))
    recorder.close(ended())
    promise(f"done the-walk {len(log.walk('the-walk'))}")
    log.close()
    subprocess.run(["mount", "-o", "remount,ro", data], check=True)
    log = LocalLog(data / "log")
    try:
        log.begin("later", HEADER, FORM)
        promise("begun later")
    except LogError as error:
        promise(f"error {error}")
    promise(f"read {[(walk.walk, walk.status) for walk in log.walks()]} {len(log.unfinished())}")
    promise(f"damages {[str(damage) for damage in log.damages()]}")


WORKS = {"walk": walk_until_killed, "tend": tend_until_killed}


def fork_what_is_asked_for() -> None:
    """Tells the number of each process; `wait NUMBER` is answered when that one is gone."""
    for line in sys.stdin:
        work, *rest = line.split()
        if work == "wait":
            os.waitpid(int(rest[0]), 0)
            promise("gone")
        elif number := os.fork():
            promise(str(number))
        else:
            sys.stdin.close()
            os.dup2(os.open(rest[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 1)
            WORKS[work](Path(rest[0]))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["nursery"]:
            fork_what_is_asked_for()
        case ["full-disk", data, limit]:
            walk_until_the_disk_is_full(Path(data), int(limit))
        case ["small-disk", data]:
            walk_on_a_small_disk(Path(data))
        case [work, data]:
            WORKS[work](Path(data))
