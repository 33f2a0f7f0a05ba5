"""What every path log keeps to; a store's test class inherits it and opens the log."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import pytest

from sopguide.log.faults import NoSuchWalkError, WalkHeldError
from sopguide.log.wanted import Wanted
from sopguide.walk.events import WALK_ABANDONED, WALK_RESUMED, WALK_SUSPENDED, Event
from tests.log.making import (
    DAY,
    FORM,
    FORM_HASH,
    HEADER,
    NOON,
    answered,
    at,
    begin,
    begun,
    complete,
    ended,
    walk_id,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.local import LocalLog


class PathLogContract:
    """Each test opens the same log twice where it means two processes."""

    @abstractmethod
    def open(self, data: Path) -> LocalLog: ...

    def test_gives_back_what_was_appended_in_its_envelope(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        recorder = begin(log, walk_id())
        recorder.append(answered("reach", "no", "refuse", 20))
        records = log.walk(walk_id())
        assert [record["seq"] for record in records] == [0, 1, 2, 3]
        assert [record["type"] for record in records] == [
            "walk.started",
            "step.shown",
            "step.answered",
            "step.shown",
        ]
        assert records[2]["data"] == {
            "step": "reach",
            "fact": "reach",
            "answer": "no",
            "by": "agent",
        }
        assert records[2]["wall"] == NOON + 20_000
        assert records[2]["mono"] == 20_000
        assert len({record["id"] for record in records}) == 4
        for record in records:
            assert {field: record[field] for field in HEADER._fields} == HEADER._asdict()
            assert record["walk"] == walk_id()
            assert record["v"] == 2
            assert "more" not in record

    def test_tells_the_same_of_a_walk_before_and_after_its_end(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        recorder = begin(log, walk_id())
        before = log.walk(walk_id())
        recorder.close(ended(60))
        after = log.walk(walk_id())
        assert after[:2] == before
        assert [record["seq"] for record in after] == [0, 1, 2, 3, 4]

    def test_lists_walks_by_their_last_event(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        begin(log, walk_id(1))
        complete(log, walk_id(2), day=1)
        complete(log, walk_id(3))
        assert [walk.walk for walk in log.walks()] == [walk_id(1), walk_id(3), walk_id(2)]
        newest = [walk.walk for walk in log.walks(newest_first=True)]
        assert newest == [walk_id(2), walk_id(3), walk_id(1)]

    def test_filters_walks(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        complete(log, walk_id(1))
        complete(log, walk_id(2), HEADER._replace(sop="payments/refund"), day=2)
        complete(log, walk_id(3), HEADER._replace(mode="drill"), day=2)
        begin(log, walk_id(4))

        def found(**wanted: object) -> list[str]:
            return [walk.walk for walk in log.walks(Wanted(**wanted))]  # type: ignore[arg-type]

        assert found(sop="payments/refund") == [walk_id(2)]
        assert found(mode="drill") == [walk_id(3)]
        assert found(since=NOON + DAY) == [walk_id(2), walk_id(3)]
        assert found(unfinished=True) == [walk_id(4)]
        assert found(unfinished=False) == [walk_id(1), walk_id(2), walk_id(3)]
        assert found(sop="account/hacked", since=NOON + DAY, mode="live") == []

    def test_a_document_tells_how_a_walk_came_out(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        complete(log, walk_id(1))
        recorder = begin(log, walk_id(2))
        recorder.close([Event(WALK_ABANDONED, {"reason": "wrong-sop"}, at(9))])
        by_id = {walk.walk: walk for walk in log.walks()}
        assert by_id[walk_id(1)].status == "completed"
        assert by_id[walk_id(1)].outcome == {
            "end": "rejected",
            "macro": "not-shown",
            "label": "account/hacked/not-verified",
        }
        assert by_id[walk_id(2)].status == "abandoned"
        assert by_id[walk_id(2)].outcome is None

    def test_finds_walks_by_the_beginning_of_their_id(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        complete(log, walk_id(1))
        begin(log, walk_id(2))
        assert [walk.walk for walk in log.find(walk_id(1))] == [walk_id(1)]
        assert [walk.walk for walk in log.find(walk_id(2))] == [walk_id(2)]
        assert {walk.walk for walk in log.find(walk_id(1)[:8])} == {walk_id(1), walk_id(2)}
        assert log.find("nothing") == []

    def test_knows_no_walk_that_was_never_begun(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        with pytest.raises(NoSuchWalkError):
            log.walk(walk_id())
        with pytest.raises(NoSuchWalkError):
            log.reopen(walk_id())

    def test_offers_an_unfinished_walk_with_where_it_stands(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        begin(log, walk_id()).release([Event(WALK_SUSPENDED, {}, at(30))])
        [found] = self.open(tmp_path).unfinished()
        assert found.walk == walk_id()
        assert (found.sop, found.version, found.hash) == ("account/hacked", "3.1.0", FORM_HASH)
        assert (found.started, found.last) == (NOON, NOON + 30_000)
        assert found.step == "reach"
        assert found.private == {"ticket": "T-1", "body": "cant get in!!"}
        assert (found.agent, found.left) == ("ann", "left")

    def test_tells_a_walk_that_was_parked_from_one_that_was_cut_off(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        begin(log, walk_id(1)).release([Event(WALK_SUSPENDED, {"reason": "waiting"}, at(30))])
        begin(log, walk_id(2)).release()
        assert [walk.left for walk in self.open(tmp_path).unfinished()] == ["waiting", None]

    def test_offers_no_walk_that_somebody_is_walking(self, tmp_path: Path) -> None:
        log, other = self.open(tmp_path), self.open(tmp_path)
        recorder = begin(log, walk_id())
        assert other.unfinished() == []
        with pytest.raises(WalkHeldError):
            other.reopen(walk_id())
        recorder.release()
        assert [walk.walk for walk in other.unfinished()] == [walk_id()]

    def test_another_process_goes_on_with_a_walk_where_it_stopped(self, tmp_path: Path) -> None:
        first, second = self.open(tmp_path), self.open(tmp_path)
        begin(first, walk_id()).release([Event(WALK_SUSPENDED, {}, at(30))])
        recorder = second.reopen(walk_id())
        assert recorder.seq == 3
        assert recorder.header == HEADER
        recorder.append([Event(WALK_RESUMED, {}, at(90))])
        recorder.close(ended(99))
        for log in (first, second, self.open(tmp_path)):
            assert [record["seq"] for record in log.walk(walk_id())] == list(range(7))
            assert log.unfinished() == []
            assert [walk.walk for walk in log.walks()] == [walk_id()]
            assert log.damages() == []

    def test_notes_who_went_on_with_a_walk(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        begin(log, walk_id()).release()
        log.reopen(walk_id(), agent="bob").close(ended(9))
        agents = [record["agent"] for record in log.walk(walk_id())]
        assert agents == ["ann", "ann", "bob", "bob", "bob"]

    def test_a_walk_that_has_ended_is_not_gone_on_with(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        complete(log, walk_id())
        with pytest.raises(NoSuchWalkError):
            log.reopen(walk_id())

    def test_a_walk_begins_once(self, tmp_path: Path) -> None:
        recorder = begin(self.open(tmp_path), walk_id())
        other = self.open(tmp_path)
        with pytest.raises(WalkHeldError):
            begin(other, walk_id())
        recorder.release()
        with pytest.raises(WalkHeldError):
            begin(other, walk_id())
        assert other.reopen(walk_id()).seq == 2

    def test_several_walks_of_one_process_stay_apart(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        one, two = begin(log, walk_id(1)), begin(log, walk_id(2))
        one.append(answered("reach", "no", "refuse", 5))
        two.append(answered("reach", "yes", "secure", 6))
        two.close(ended(7))
        one.close(ended(8))
        assert log.walk(walk_id(1))[2]["data"]["answer"] == "no"
        assert log.walk(walk_id(2))[2]["data"]["answer"] == "yes"

    def test_a_walk_is_ended_by_its_last_event_only(self, tmp_path: Path) -> None:
        recorder = begin(self.open(tmp_path), walk_id())
        with pytest.raises(ValueError, match="ends it"):
            recorder.close(answered("reach", "no", "refuse"))
        recorder.close(ended())
        with pytest.raises(ValueError, match="let go"):
            recorder.append(begun())

    def test_nothing_appended_is_nothing_stored(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        recorder = begin(log, walk_id())
        recorder.append([])
        assert len(log.walk(walk_id())) == recorder.seq == 2

    def test_keeps_the_compiled_form_that_was_walked(self, tmp_path: Path) -> None:
        complete(self.open(tmp_path), walk_id())
        assert self.open(tmp_path).form(FORM_HASH) == FORM

    def test_refuses_a_form_that_is_not_the_one_named(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="not the one"):
            self.open(tmp_path).begin(walk_id(), HEADER, b"{}", {})

    def test_names_a_ticket_by_the_same_hash_each_time(self, tmp_path: Path) -> None:
        name = self.open(tmp_path).ticket_hash("T-48812")
        assert self.open(tmp_path).ticket_hash("T-48812") == name
        assert self.open(tmp_path).ticket_hash("T-48813") != name
        assert self.open(tmp_path / "other").ticket_hash("T-48812") != name
        assert "48812" not in name

    def test_gives_the_same_answers_after_it_is_rebuilt(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        for number in range(5):
            complete(log, walk_id(number), day=number % 2)
        begin(log, walk_id(9)).release()
        walks = list(log.walks())
        records = [log.walk(walk.walk) for walk in walks]
        assert log.rebuild() == 5
        assert list(log.walks()) == walks
        assert [log.walk(walk.walk) for walk in walks] == records
        assert log.damages() == []
