"""One logged step, sealed by its journal's chain, against a bare write and fdatasync of its bytes.

In an empty log, and in one of 100,000 walks into which the same process wrote a million events.
"""

from __future__ import annotations

import os
import time
from hashlib import sha256
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from sopguide.log.chain import Chain
from sopguide.log.document import make_document
from sopguide.log.files import SystemDisk
from sopguide.log.jsontext import loads
from sopguide.log.local import LocalLog
from sopguide.log.record import Header, Stamp, uuid7
from sopguide.log.sealed import sealed
from sopguide.walk.events import (
    OUTCOME_APPLIED,
    STEP_ANSWERED,
    STEP_SHOWN,
    WALK_COMPLETED,
    WALK_STARTED,
    Event,
    Moment,
)
from tests.bench.timing import Measure

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopguide.log.recorder import LocalRecorder

    Work = tuple[Callable[[list[Event]], Any], Callable[[Any], None]]
    """What is done before the clock starts, and what is timed."""

MANY, EVENTS = 100_000, 1_000_000
_A_FILE, _A_DAY = 250, 1000
_A_WALK = 60  # questions of the walks that make up the events
_STEPS = 300
_FORM = b'{"format":1}'
HEADER = Header(
    mode="live",
    org="measured",
    vendor="in-house",
    agent="agent",
    ticket="0" * 64,
    sop="account/hacked",
    version="3.1.0",
    hash=sha256(_FORM).hexdigest(),
    channel="email",
    locale="en",
)


class Hasty(SystemDisk):
    """Makes sure of nothing, unless it is told to: for what is only there to be written after."""

    careful = False

    def sync(self, fd: int) -> None:
        if self.careful:
            super().sync(fd)

    def sync_folder(self, path: Path) -> None:
        if self.careful:
            super().sync_folder(path)


def measure(folder: Path, rounds: int) -> list[Measure]:
    full, disk = fill(folder / "full"), Hasty()
    descriptor = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    stamp, chain = Stamp(uuid7(0), HEADER), Chain("bare")
    with LocalLog(folder / "empty") as none, LocalLog(full, disk) as many:
        record(many, EVENTS)
        disk.careful = True
        first, late = _begin(none), _begin(many)

        def bare(data: bytes) -> None:
            os.write(descriptor, data)
            os.fdatasync(descriptor)

        def as_bytes(events: list[Event]) -> bytes:
            return chain.seal(stamp.lines(events, 0))

        works: list[Work] = [(list, first.append), (as_bytes, bare), (list, late.append)]
        steps, floors, afters = _in_turns(works, _STEPS * rounds)
        for recorder in (first, late):
            recorder.close(walk_of(0, 0)[-2:])
    os.close(descriptor)
    step, floor, after = median(steps), median(floors), median(afters)
    slowest, of_floor = (quantiles(each, n=100)[-1] for each in (afters, floors))
    late_name = f"after {MANY:,} walks and {EVENTS:,} events"
    more = {"p99 of the floor": of_floor}
    return [
        Measure("one logged step", step, floor, 1.5, "write + fdatasync of its bytes"),
        Measure(f"one logged step {late_name}", after, floor, 1.5, "the same"),
        Measure("... against none", after, step, 1.25, "after none"),
        Measure("... 99th percentile", slowest, of_floor, 0.005, "its own p99", "limit", more),
    ]


def record(log: LocalLog, events: int) -> None:
    """Whole walks, until there are so many events."""
    for _ in range(0, events, 2 * _A_WALK + 3):
        recorder = _begin(log)
        now = int(time.time() * 1000)
        for place in range(_A_WALK):
            recorder.append(step_of(place, now))
        recorder.close(walk_of(0, now)[-2:])


def walk_of(events: int, wall: int) -> list[Event]:
    """The events of a walk of so many questions."""
    at = Moment(wall, wall)
    started = Event(WALK_STARTED, {"facts": {"country": "DE"}, "today": "2026-11-22"}, at)
    steps = [event for place in range(events) for event in step_of(place, wall)]
    outcome = {"end": "rejected", "macro": "not-shown", "label": "account/hacked/not-verified"}
    return [
        started,
        *steps,
        Event(OUTCOME_APPLIED, outcome, at),
        Event(WALK_COMPLETED, {}, at),
    ]


def step_of(place: int, wall: int) -> list[Event]:
    """What one answer adds to the log."""
    at = Moment(wall, wall)
    given = {"step": f"step-{place}", "fact": "proof", "answer": "receipt", "by": "agent"}
    return [
        Event(STEP_ANSWERED, given, at),
        Event(STEP_SHOWN, {"step": f"step-{place + 1}", "visit": 1}, at),
    ]


def fill(folder: Path) -> Path:
    """A data folder in which 100,000 finished walks lie, 1,000 a day, up to and including today."""
    LocalLog(folder).close()
    now = int(time.time() * 1000)
    lines = Stamp("the-walk", HEADER).lines(walk_of(6, now), 0).splitlines()
    sample = make_document("the-walk", [loads(line) for line in lines]).to_json()
    day = 86_400_000
    for number in range(MANY // _A_DAY):
        when = now - number * day
        date = time.strftime("%Y-%m %d", time.gmtime(when / 1000)).split()
        month = folder / "walks" / date[0]
        month.mkdir(parents=True, exist_ok=True)
        for part in range(_A_DAY // _A_FILE):
            ids = (uuid7(when + each) for each in range(_A_FILE))
            walks = {
                str(each): {
                    **sample,
                    "walk": walk,
                    "started": when,
                    "last": when,
                    "head": {**sample["head"], "walk": walk, "ticket": ticket_of(walk)},
                }
                for each, walk in enumerate(ids, start=1)
            }
            path = month / f"{date[1]}-{part + 1:03}.json"
            path.write_bytes(sealed({"walks": walks}))
    return folder


def ticket_of(walk: str) -> str:
    """The hash that names the ticket of a walk."""
    return sha256(walk.encode()).hexdigest()


def _begin(log: LocalLog) -> LocalRecorder:
    recorder = log.begin(uuid7(int(time.time() * 1000)), HEADER, _FORM, {})
    recorder.append(walk_of(0, 0)[:1])
    return recorder


def _in_turns(works: list[Work], steps: int) -> list[list[float]]:
    """The times of each; they take turns step by step, since a disk has its moods."""
    times: list[list[float]] = [[] for _ in works]
    for place in range(steps):
        for each in range(len(works)):
            turn = (each + place) % len(works)
            prepare, work = works[turn]
            ready = prepare(step_of(place, int(time.time() * 1000)))
            start = time.perf_counter()
            work(ready)
            times[turn].append(time.perf_counter() - start)
    return times
