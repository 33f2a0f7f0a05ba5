"""Walks to log: events as the walk makes them, with times that can be read."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from sopguide.log.local import LocalLog
from sopguide.log.record import Header, Record, Stamp, read_record, uuid7
from sopguide.walk.events import (
    OUTCOME_APPLIED,
    OUTCOME_RECOMMENDED,
    STEP_ANSWERED,
    STEP_SHOWN,
    WALK_COMPLETED,
    WALK_STARTED,
    Event,
    Moment,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sopguide.log.recorder import LocalRecorder

NOON = 1_795_348_800_000  # 2026-11-22 12:00:00 UTC
DAY = 86_400_000
FORM = b'{"format":1,"sop":"account/hacked"}'
FORM_HASH = sha256(FORM).hexdigest()
HEADER = Header(
    mode="live",
    org="local",
    vendor="in-house",
    agent="ann",
    ticket="ab" * 32,
    sop="account/hacked",
    version="3.1.0",
    hash=FORM_HASH,
    channel="email",
    locale="en",
)
OUTCOME = {"end": "rejected", "macro": "not-shown", "label": "account/hacked/not-verified"}


def walk_id(number: int = 0) -> str:
    return uuid7(NOON, lambda count: number.to_bytes(count, "big"))


def at(second: float = 0, day: int = 0) -> Moment:
    return Moment(NOON + day * DAY + int(second * 1000), int(second * 1000))


def begun(second: float = 0, day: int = 0) -> list[Event]:
    return [
        Event(WALK_STARTED, {"facts": {}, "today": "2026-11-22"}, at(second, day)),
        Event(STEP_SHOWN, {"step": "reach", "visit": 1}, at(second, day)),
    ]


def answered(step: str, answer: Any, then: str, second: float = 0, day: int = 0) -> list[Event]:
    given = {"step": step, "fact": step, "answer": answer, "by": "agent"}
    return [
        Event(STEP_ANSWERED, given, at(second, day)),
        Event(STEP_SHOWN, {"step": then, "visit": 1}, at(second, day)),
    ]


def ended(second: float = 0, day: int = 0) -> list[Event]:
    return [
        Event(OUTCOME_RECOMMENDED, OUTCOME, at(second, day)),
        Event(OUTCOME_APPLIED, OUTCOME, at(second, day)),
        Event(WALK_COMPLETED, {}, at(second, day)),
    ]


def begin(log: LocalLog, walk: str, header: Header = HEADER) -> LocalRecorder:
    """A walk of which two events are stored."""
    recorder = log.begin(walk, header, FORM, {"ticket": "T-1", "body": "cant get in!!"})
    recorder.append(begun())
    return recorder


def complete(log: LocalLog, walk: str, header: Header = HEADER, day: int = 0) -> None:
    """A whole walk of seven events, one minute long."""
    recorder = log.begin(walk, header, FORM, {"ticket": "T-1"})
    recorder.append(begun(0, day))
    recorder.append(answered("reach", "no", "refuse", 20, day))
    recorder.close(ended(60, day))


def completed(data: Path, *numbers: int) -> None:
    """A log that was closed, with such a walk of each number."""
    with LocalLog(data) as log:
        for number in numbers:
            complete(log, walk_id(number))


def records_of(events: Sequence[Event], walk: str, header: Header = HEADER) -> list[Record]:
    """The records that a log gives back for these events."""
    lines = Stamp(walk, header).lines(events, 0).split(b"\n")[:-1]
    records = [read_record(line) for line in lines]
    for record in records:
        record.pop("more", None)
    return records


def journals(data: Path) -> list[Path]:
    return sorted((data / "journals").glob("*.jsonl"))


def done_journals(data: Path) -> list[Path]:
    """Those of which every walk has ended."""
    return sorted((data / "journals" / "done").iterdir())
