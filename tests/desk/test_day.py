"""What the log tells of a day."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.desk import day
from sopguide.desk.day import Day, DayBook
from sopguide.log import dayfile, store
from sopguide.log.active import active_times
from sopguide.log.local import LocalLog
from tests.desk.test_local import Clock, begun, desk_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sopguide.desk.local import LocalDesk
    from sopguide.log.document import WalkDoc


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LocalLog]:
    with LocalLog(tmp_path / "data") as opened:
        yield opened


def finish(desk: LocalDesk, ticket: str) -> None:
    walk = begun(desk, ticket)
    walk.answer("no")
    assert walk.finish() is None


def test_counts_what_was_finished_with_its_median_time_and_what_is_parked(log: LocalLog) -> None:
    desk = desk_of(log)
    assert desk.day() == Day(0, None, 0)
    finish(desk, "T-1")
    finish(desk, "T-2")
    begun(desk, "T-3").suspend("waiting")
    assert desk.day() == Day(2, 2.0, 1)


def test_what_others_finished_does_not_count_but_is_not_worked_again(log: LocalLog) -> None:
    finish(desk_of(log), "T-1")
    now, book = datetime.fromtimestamp(1_790_000_100, UTC), DayBook(log, "somebody else", "live")
    assert book.settled(now, [], ["T-1", "T-2"]) == {"T-1"}
    assert book.day(now, []) == Day(0, None, 0)


def test_a_night_s_shift_is_one_day(log: LocalLog) -> None:
    clock = Clock()
    finish(desk_of(log), "T-1")
    after = datetime.fromtimestamp(clock.seconds + 11 * 3600, UTC)
    book = DayBook(log, "ana", "live")
    assert book.day(after, []).done == 1
    assert book.day(after.replace(year=2027), []).done == 0


def test_tells_which_tickets_are_settled(log: LocalLog) -> None:
    desk = desk_of(log)
    finish(desk, "done")
    begun(desk, "given-up").abandon("given-up")
    begun(desk, "waiting").suspend("waiting")
    begun(desk, "left").suspend()
    begun(desk, "elsewhere")
    ids = ["done", "given-up", "waiting", "left", "elsewhere", "new"]
    assert desk.settled(ids) == {"done", "given-up", "waiting", "elsewhere"}


def test_shows_what_a_ticket_would_fill_in(log: LocalLog) -> None:
    desk = desk_of(log)
    assert desk.known("broken", {"facts": {"first": "yes"}}).facts == ()
    facts = {"first": "yes", "second": "maybe", "country": "DE"}
    known = desk.known("example", {"facts": facts})
    assert [(row.name, row.label, row.by) for row in known.facts] == [
        ("first", "yes", "ticket"),
        ("country", "DE", "ticket"),
    ]
    assert "maybe" in known.misfits[0]


def test_for_each_ticket_only_what_is_new_is_read(
    log: LocalLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(log)
    finish(desk, "T-1")
    finish(desk, "T-2")
    assert desk.day() == Day(2, 2.0, 0)
    read: list[str] = []
    worked_on: list[object] = []

    def read_file(path: Path, *rest: Any) -> list[WalkDoc]:
        read.append(path.name)
        return dayfile.read(path, *rest)

    def times(events: Iterable[Mapping[str, Any]]) -> Iterator[float]:
        worked_on.append(events)
        return active_times(events)

    monkeypatch.setattr(store, "read", read_file)
    monkeypatch.setattr(day, "active_times", times)
    assert desk.settled(["T-1", "T-4"]) == {"T-1"}
    assert desk.day() == Day(2, 2.0, 0)
    assert (read, worked_on) == ([], [])
    finish(desk, "T-3")
    assert desk.day() == Day(3, 2.0, 0)
    assert len(read) == 1
    assert len(worked_on) == 1


def test_a_damaged_key_of_ticket_names_stops_no_queue(log: LocalLog) -> None:
    desk = desk_of(log)
    finish(desk, "T-1")
    [key] = Path(log.remarks._folder).parent.glob("ticket.key")
    key.write_bytes(b"short")
    again = desk_of(LocalLog(key.parent))
    assert again.settled(["T-1"]) == frozenset()
    assert again.day().done == 1
