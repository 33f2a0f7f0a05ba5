"""What every path log answers, wherever it is kept; a store's test class inherits it.

Walks are recorded on one machine, where each store gets them from; `reading` gives the log that is
asked. Each test may ask the same log twice where it means two programs.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

import pytest

from sopguide.log.faults import LogError, NoSuchWalkError
from sopguide.log.local import LocalLog
from sopguide.log.remarks import FEEDBACK, NOTE, Remark
from sopguide.log.wanted import Wanted
from sopguide.walk.events import NOTE_ADDED, WALK_ABANDONED, WALK_SUSPENDED, Event
from tests.log.making import (
    DAY,
    FORM,
    FORM_HASH,
    HEADER,
    NOON,
    answered,
    at,
    begin,
    complete,
    walk_id,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.protocol import PathLog


class AskingContract:
    """What is asked of a log, and what it answers."""

    @abstractmethod
    def reading(self, data: Path) -> PathLog:
        """The log that has what was recorded in this folder up to now."""

    def test_gives_back_what_was_appended_in_its_envelope(self, tmp_path: Path) -> None:
        recorder = begin(LocalLog(tmp_path), walk_id())
        recorder.append(answered("reach", "no", "refuse", 20))
        recorder.release()
        records = self.reading(tmp_path).walk(walk_id())
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
            assert record["v"] in (1, 2)
            assert not record.keys() & {"more", "salt", "chain"}

    def test_gives_back_every_value_as_it_was(self, tmp_path: Path) -> None:
        recorder = begin(LocalLog(tmp_path), walk_id())
        values = {"big": 2**70, "text": "a\u2028b 😀 '\\ \"", "list": [1, None, True], "none": None}
        recorder.append([Event("step.shown", values, at(3))])
        recorder.release()
        assert self.reading(tmp_path).walk(walk_id())[-1]["data"] == values

    def test_lists_walks_by_their_last_event(self, tmp_path: Path) -> None:
        log = LocalLog(tmp_path)
        begin(log, walk_id(1)).release()
        complete(log, walk_id(2), day=1)
        complete(log, walk_id(3))
        asked = self.reading(tmp_path)
        assert [walk.walk for walk in asked.walks()] == [walk_id(1), walk_id(3), walk_id(2)]
        newest = [walk.walk for walk in asked.walks(newest_first=True)]
        assert newest == [walk_id(2), walk_id(3), walk_id(1)]

    def test_lists_many_walks_of_one_moment_each_once(self, tmp_path: Path) -> None:
        log = LocalLog(tmp_path)
        for number in range(520):
            complete(log, walk_id(number)) if number % 50 == 0 else begin(
                log, walk_id(number)
            ).release()
        asked = self.reading(tmp_path)
        found = [walk.walk for walk in asked.walks()]
        assert len(found) == len(set(found)) == 520
        assert [walk.walk for walk in asked.walks(newest_first=True)] == found[::-1]

    def test_filters_walks(self, tmp_path: Path) -> None:
        log = LocalLog(tmp_path)
        complete(log, walk_id(1))
        complete(log, walk_id(2), HEADER._replace(sop="payments/refund", ticket=None), day=2)
        complete(log, walk_id(3), HEADER._replace(mode="drill", version="4.0.0"), day=2)
        begin(log, walk_id(4)).release()
        asked = self.reading(tmp_path)

        def found(**wanted: object) -> list[str]:
            return [walk.walk for walk in asked.walks(Wanted(**wanted))]  # type: ignore[arg-type]

        assert found(sop="payments/refund") == [walk_id(2)]
        assert found(mode="drill") == [walk_id(3)]
        assert found(version="4.0.0") == [walk_id(3)]
        assert found(since=NOON + DAY) == [walk_id(2), walk_id(3)]
        assert found(until=NOON + DAY) == [walk_id(4), walk_id(1)]
        assert found(since=NOON + DAY, until=NOON + DAY) == []
        assert found(unfinished=True) == [walk_id(4)]
        assert found(unfinished=False) == [walk_id(1), walk_id(2), walk_id(3)]
        assert found(tickets=(HEADER.ticket,)) == [walk_id(4), walk_id(1), walk_id(3)]
        assert found(agent="ann", vendor="in-house", sop="payments/refund") == [walk_id(2)]
        assert found(agent="bob") == found(vendor="acme") == found(tickets=("cd" * 32,)) == []
        assert found(sop="account/hacked", since=NOON + DAY, mode="live") == []

    def test_a_document_tells_how_a_walk_came_out(self, tmp_path: Path) -> None:
        log = LocalLog(tmp_path)
        complete(log, walk_id(1))
        recorder = begin(log, walk_id(2))
        recorder.close([Event(WALK_ABANDONED, {"reason": "wrong-sop"}, at(9))])
        by_id = {walk.walk: walk for walk in self.reading(tmp_path).walks()}
        assert by_id[walk_id(1)].status == "completed"
        assert by_id[walk_id(1)].outcome == {
            "end": "rejected",
            "macro": "not-shown",
            "label": "account/hacked/not-verified",
        }
        assert by_id[walk_id(2)].status == "abandoned"
        assert by_id[walk_id(2)].outcome is None

    def test_answers_as_the_log_does_that_the_walks_were_recorded_in(self, tmp_path: Path) -> None:
        log = LocalLog(tmp_path)
        complete(log, walk_id(1))
        complete(log, walk_id(2), day=40)
        begin(log, walk_id(3)).release()
        asked = self.reading(tmp_path)
        assert list(asked.walks()) == list(log.walks())
        assert asked.find(walk_id(2)) == log.find(walk_id(2))
        assert asked.walk(walk_id(3)) == log.walk(walk_id(3))

    def test_finds_walks_by_the_beginning_of_their_id(self, tmp_path: Path) -> None:
        log = LocalLog(tmp_path)
        complete(log, walk_id(1))
        begin(log, walk_id(2)).release()
        asked = self.reading(tmp_path)
        assert [walk.walk for walk in asked.find(walk_id(1))] == [walk_id(1)]
        assert [walk.walk for walk in asked.find(walk_id(2))] == [walk_id(2)]
        assert {walk.walk for walk in asked.find(walk_id(1)[:8])} == {walk_id(1), walk_id(2)}
        assert asked.find("nothing") == []
        assert asked.find("f" * 40) == []

    def test_knows_no_walk_that_was_never_begun(self, tmp_path: Path) -> None:
        asked = self.reading(tmp_path)
        with pytest.raises(NoSuchWalkError):
            asked.walk(walk_id())
        with pytest.raises(NoSuchWalkError):
            asked.walk("nothing")
        assert not any((list(asked.walks()), asked.unfinished(), asked.damages()))

    def test_tells_a_walk_that_was_parked_from_one_that_was_cut_off(self, tmp_path: Path) -> None:
        log = LocalLog(tmp_path)
        begin(log, walk_id(1)).release([Event(WALK_SUSPENDED, {"reason": "waiting"}, at(30))])
        begin(log, walk_id(2)).release()
        found = self.reading(tmp_path).unfinished()
        assert [walk.left for walk in found] == ["waiting", None]
        assert [(walk.walk, walk.step, walk.agent) for walk in found] == [
            (walk_id(1), "reach", "ann"),
            (walk_id(2), "reach", "ann"),
        ]

    def test_keeps_the_compiled_form_that_was_walked(self, tmp_path: Path) -> None:
        complete(LocalLog(tmp_path), walk_id())
        asked = self.reading(tmp_path)
        assert asked.form(FORM_HASH) == FORM
        with pytest.raises(LogError):
            asked.form("0" * 64)

    def test_names_a_ticket_by_the_same_hash_each_time(self, tmp_path: Path) -> None:
        name = self.reading(tmp_path).ticket_hash("T-48812")
        assert self.reading(tmp_path).ticket_hash("T-48812") == name
        assert self.reading(tmp_path).ticket_hash("T-48813") != name
        assert "48812" not in name
        assert name in self.reading(tmp_path).ticket_hashes("T-48812")

    def test_gives_back_what_was_remarked(self, tmp_path: Path) -> None:
        log = LocalLog(tmp_path)
        recorder = begin(log, walk_id())
        said = [remark_of(1, NOTE, None), remark_of(2, FEEDBACK, "unclear")]
        for remark in said:
            log.remarks.keep(remark)
            recorder.append([Event(NOTE_ADDED, {"step": "reach", "remark": remark.id}, at(5))])
        recorder.release()
        asked = self.reading(tmp_path)
        assert list(asked.remarks.all()) == said
        assert list(asked.remarks.all(FEEDBACK)) == said[1:]
        assert asked.remarks.find([said[1].id, walk_id(77), said[0].id]) == said[::-1]


def remark_of(number: int, kind: str, about: str | None) -> Remark:
    return Remark(
        id=walk_id(number),
        walk=walk_id(),
        kind=kind,
        about=about,
        step="reach",
        part="account/hacked",
        sop=HEADER.sop,
        version=HEADER.version,
        hash=HEADER.hash,
        owner="account-integrity",
        agent=HEADER.agent,
        vendor=HEADER.vendor,
        mode=HEADER.mode,
        at=NOON,
        text="it says [e-mail] and “why”",
        removed=("e-mail",),
    )
