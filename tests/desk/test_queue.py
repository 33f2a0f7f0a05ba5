"""Tickets one after another, each once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sopguide.desk.queue import Queue, read_queue

if TYPE_CHECKING:
    from pathlib import Path


def queue_of(tmp_path: Path, *lines: str) -> Queue:
    file = tmp_path / "tickets.jsonl"
    file.write_text("\n".join(lines))
    return read_queue(file)


@pytest.fixture
def three(tmp_path: Path) -> Queue:
    return queue_of(tmp_path, '{"id": "T-1"}', '{"id": "T-2"}', '{"id": "T-3"}')


def test_works_tickets_as_they_stand(three: Queue) -> None:
    assert (three.ids, three.total, three.place) == (("T-1", "T-2", "T-3"), 3, 1)
    three.taken({"T-1"})
    assert (three.ids, three.total, three.place, len(three)) == (("T-2", "T-3"), 3, 2, 2)
    first = three.next()
    assert first is not None
    assert (first.id, first.source, first.ticket) == ("T-2", "tickets.jsonl:2", {"id": "T-2"})
    three.taken({"T-2", "T-3", "T-9"})
    assert three.next() is None


def test_a_ticket_can_be_put_last(three: Queue) -> None:
    three.later()
    assert three.ids == ("T-2", "T-3", "T-1")


def test_bad_lines_are_told_and_passed_over(tmp_path: Path) -> None:
    queue = queue_of(tmp_path, "nonsense", '{"id": "T-2"}', "[]")
    assert queue.ids == ("T-2",)
    first, second = queue.faults
    assert first.startswith("tickets.jsonl:1: it is no JSON: Expecting value (line 1, column 1);")
    assert 'expected a JSON object such as {"id": "T-1"' in first
    assert second.startswith("tickets.jsonl:3: it is no JSON object")


def test_a_ticket_that_stands_there_twice_is_worked_once(tmp_path: Path) -> None:
    queue = queue_of(tmp_path, '{"id": "T-1"}', '{"id": "T-1", "body": "again"}', '{"body": "x"}')
    assert len(queue) == 2
    assert queue.faults == ("tickets.jsonl:2: ticket T-1 stands at tickets.jsonl:1 already",)


def test_what_is_due_first_comes_first(three: Queue) -> None:
    due = {"T-3": datetime(2026, 11, 22, tzinfo=UTC), "T-2": datetime(2026, 11, 23, tzinfo=UTC)}
    three.sort(lambda ticket: due.get(ticket["id"]))
    assert three.ids == ("T-3", "T-2", "T-1")


def test_a_queue_that_is_not_there_is_the_caller_s_affair(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_queue(tmp_path / "none.jsonl")
