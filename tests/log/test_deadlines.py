"""Clocks of a walk and its record: shown with the time left, put down once when missed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.log.identity import Identity
from sopguide.log.logged_walk import LoggedWalk
from sopguide.walk.events import Moment
from sopguide.walk.procedure import Procedure
from sopguide.walk.ticket import read_ticket
from tests.building import library

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopguide.log.local import LocalLog
    from tests.log.test_journal import FailingDisk

SOP = """\
start: one
clock: {limit: 4h, from: ticket.received, authority: Law, title: Take it down}
steps:
  one: {do: It, go: two}
  two: {do: More, go: done}
  done: {end: resolved, macro: done, label: done}
"""
START = datetime(2026, 11, 3, 12, tzinfo=UTC)
TICKET = {"id": "T-1", "received": "2026-11-03T12:00:00Z"}


class Watch:
    """A clock that stands until it is put forward."""

    def __init__(self) -> None:
        self.hours = 0.0

    def __call__(self) -> Moment:
        seconds = START.timestamp() + self.hours * 3600
        return Moment(int(seconds * 1000), int(self.hours * 3_600_000))


@pytest.fixture
def watch() -> Watch:
    return Watch()


def begin(log: LocalLog, watch: Watch, text: str = SOP, **more: Any) -> LoggedWalk:
    built = library({"sops/example.yaml": text})
    procedure = Procedure(built.form("example"), built.sops["example"].hash or "")
    form, given = built.form_bytes("example"), read_ticket(TICKET, procedure)
    me = Identity("ann")
    return LoggedWalk.begin(log, procedure, form, given, TICKET, me, clock=watch, **more)


def missed(log: LocalLog, walk: LoggedWalk) -> list[dict[str, Any]]:
    return [each["data"] for each in log.walk(walk.id) if each["type"] == "clock.missed"]


def test_the_clocks_of_a_walk_count_down(log: LocalLog, watch: Watch) -> None:
    walk = begin(log, watch)
    told = []
    for watch.hours in (0, 3, 4.5):
        [one] = walk.clocks()
        told.append((one.left_seconds, one.state))

    assert told == [(14_400, "running"), (3600, "warning"), (-1800, "missed")]


def test_a_missed_clock_is_put_down_once_when_it_is_seen(log: LocalLog, watch: Watch) -> None:
    walk = begin(log, watch)
    watch.hours = 5
    for _ in range(3):
        walk.clocks()
    assert walk.answer("done") is None

    assert missed(log, walk) == [{"clock": "take-it-down", "due": "2026-11-03T16:00+00:00"}]


def test_a_missed_clock_is_put_down_at_the_next_answer(log: LocalLog, watch: Watch) -> None:
    walk = begin(log, watch)
    watch.hours = 5
    assert walk.answer("done") is None

    kinds = [each["type"] for each in log.walk(walk.id)]
    assert kinds.index("clock.missed") < kinds.index("step.answered")
    assert len(missed(log, walk)) == 1


def test_a_missed_clock_is_put_down_before_the_walk_is_complete(
    log: LocalLog, watch: Watch
) -> None:
    walk = begin(log, watch)
    walk.answer("done")
    walk.answer("done")
    watch.hours = 5
    assert walk.finish() is None

    assert len(missed(log, walk)) == 1


def test_what_was_missed_before_it_was_parked_is_not_told_again(
    log: LocalLog, watch: Watch
) -> None:
    walk = begin(log, watch)
    watch.hours = 5
    walk.clocks()
    walk.suspend("waiting")
    [left] = log.unfinished()
    again = LoggedWalk.resume(log, walk.id, walk.walk.procedure, left.private, clock=watch)
    [one] = again.clocks()
    again.answer("done")

    assert one.state == "missed"
    assert len(missed(log, again)) == 1


def test_what_is_missed_while_it_is_parked_is_told_when_it_goes_on(
    log: LocalLog, watch: Watch
) -> None:
    walk = begin(log, watch)
    walk.suspend("waiting")
    watch.hours = 5
    [left] = log.unfinished()
    again = LoggedWalk.resume(log, walk.id, walk.walk.procedure, left.private, clock=watch)
    again.clocks()

    assert len(missed(log, again)) == 1


def test_a_walk_as_of_another_day_counts_from_that_day(log: LocalLog, watch: Watch) -> None:
    watch.hours = 24 * 90
    walk = begin(log, watch, mode="drill", now=START)
    [one] = walk.clocks()
    assert one.left_seconds == 14_400
    walk.suspend()
    watch.hours += 1
    [left] = log.unfinished()
    again = LoggedWalk.resume(log, walk.id, walk.walk.procedure, left.private, clock=watch)

    [one] = again.clocks()
    assert one.left_seconds == 10_800


def test_a_full_disk_keeps_no_clock_from_being_shown(
    log: LocalLog, watch: Watch, disk: FailingDisk
) -> None:
    walk = begin(log, watch)
    watch.hours = 5
    disk.refused = {"write"}
    [one] = walk.clocks()
    assert one.state == "missed"
    disk.refused = set()
    walk.clocks()

    assert len(missed(log, walk)) == 1


def test_a_walk_without_clocks_has_none(log: LocalLog, watch: Watch) -> None:
    text = SOP.replace(SOP.splitlines()[1] + "\n", "")
    walk = begin(log, watch, text)

    assert walk.clocks() == ()


@pytest.mark.parametrize("leave", ["finish", "suspend", "abandon"])
def test_a_clock_that_runs_out_when_the_walk_is_left_is_shown_and_put_down_nowhere(
    log: LocalLog, watch: Watch, leave: str
) -> None:
    walk = begin(log, watch)
    walk.answer("done")
    walk.answer("done")
    ways: dict[str, Callable[[], str | None]] = {
        "finish": walk.finish,
        "suspend": walk.suspend,
        "abandon": lambda: walk.abandon("x"),
    }
    assert ways[leave]() is None
    watch.hours = 5
    [one] = walk.clocks()

    assert one.state == "missed"
    assert missed(log, walk) == []
