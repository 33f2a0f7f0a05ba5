"""The record of a walk in hand: what begins it, what reopens it, and what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.log.faults import LogError
from sopguide.log.identity import Identity
from sopguide.log.record_in_hand import RecordInHand, begin_record, reopen_record
from sopguide.walk.events import HELP_OPENED, WALK_SUSPENDED, Event, Moment
from sopguide.walk.procedure import Procedure
from sopguide.walk.starting import start
from sopguide.walk.ticket import Given
from tests.building import library
from tests.walking import NOW

if TYPE_CHECKING:
    from sopguide.log.local import LocalLog
    from tests.log.test_journal import FailingDisk

BUILT = library(
    {
        "sops/example.yaml": "start: a\n"
        "steps:\n"
        "  a: {do: Look., go: done}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    }
)
OF = Procedure(BUILT.form("example"), BUILT.sops["example"].hash or "")


def at(seconds: int) -> Moment:
    return Moment(1_790_000_000_000 + seconds * 1000, seconds * 1000)


def begin(log: LocalLog) -> RecordInHand:
    turn = start(OF, Given(), now=NOW, at=at(0))
    form = BUILT.form_bytes("example")
    return begin_record(log, turn, form, {"id": "T-1"}, Identity("ann"), "en", at(0))


def test_a_record_begins_with_the_start_of_its_walk(log: LocalLog) -> None:
    record = begin(log)
    assert [each["type"] for each in log.walk(record.recorder.walk)] == [
        "walk.started", "step.shown",
    ]  # fmt: skip
    assert record.recorder.header.ticket == log.ticket_hash("T-1")


def test_the_time_worked_is_told_by_what_is_put_down(log: LocalLog) -> None:
    record = begin(log)
    record.append([Event(HELP_OPENED, {"step": "a"}, at(7))])
    assert (record.seconds, record.seconds_until(at(10))) == (7.0, 10.0)


def test_what_cannot_be_stored_does_not_count(log: LocalLog, disk: FailingDisk) -> None:
    record = begin(log)
    disk.refused.add("write")
    with pytest.raises(LogError):
        record.append([Event(HELP_OPENED, {"step": "a"}, at(7))])
    assert record.seconds == 0.0


def test_a_record_that_was_left_is_reopened_with_its_walk_and_says_that_it_goes_on(
    log: LocalLog,
) -> None:
    left = begin(log)
    left.release([Event(WALK_SUSPENDED, {"reason": "break"}, at(5))])
    name = left.recorder.walk

    recorder, records = log.reopen(name), log.walk(name)
    walk, record = reopen_record(recorder, records, OF, {"id": "T-1"}, "en", at(900))
    assert (walk.status, walk.step.ref) == ("do", "a")
    assert [each["type"] for each in log.walk(name)][-2:] == ["walk.suspended", "walk.resumed"]
    assert record.seconds == 5.0
    recorder.release()
