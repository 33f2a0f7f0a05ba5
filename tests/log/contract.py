"""What every log keeps to that walks are recorded in, beside what it answers (`asking.py`)."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import pytest

from sopguide.log.faults import NoSuchWalkError, WalkHeldError
from sopguide.walk.events import WALK_RESUMED, WALK_SUSPENDED, Event
from tests.log.asking import AskingContract
from tests.log.making import (
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


class PathLogContract(AskingContract):
    """What is recorded, and asked of the log meanwhile: two logs of a folder are two processes."""

    def reading(self, data: Path) -> LocalLog:
        return self.open(data)

    @abstractmethod
    def open(self, data: Path) -> LocalLog: ...

    def test_tells_the_same_of_a_walk_before_and_after_its_end(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
        recorder = begin(log, walk_id())
        before = log.walk(walk_id())
        recorder.close(ended(60))
        after = log.walk(walk_id())
        assert after[:2] == before
        assert [record["seq"] for record in after] == [0, 1, 2, 3, 4]

    def test_a_walk_that_was_never_begun_is_not_gone_on_with(self, tmp_path: Path) -> None:
        log = self.open(tmp_path)
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

    def test_refuses_a_form_that_is_not_the_one_named(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="not the one"):
            self.open(tmp_path).begin(walk_id(), HEADER, b"{}", {})

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
