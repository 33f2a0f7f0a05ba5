"""What is older than it may be kept goes from the team's store; chains, heads and the rest stay."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from sopguide.log.acts import EXPORTED, record_act
from sopguide.log.chain import commitment, first_head, next_head
from sopguide.log.folder import DataFolder
from sopguide.log.heads import heads
from sopguide.log.local import LocalLog
from sopguide.log.remarks import FEEDBACK, NOTE
from sopguide.log.team import expiring
from sopguide.log.team.expiring import expire_from_team, overdue_at
from sopguide.log.team.faults import NoRightError
from sopguide.log.team.heads import team_heads
from sopguide.log.team.queries import RAW, raw_records
from sopguide.log.team.shipping import Shipped, Shipper
from sopguide.log.team.team_log import TeamLog
from sopguide.log.verifying import verify
from sopguide.walk.events import FEEDBACK_GIVEN, Event
from tests.log.asking import remark_of
from tests.log.making import DAY, HEADER, NOON, at, begin, complete, ended, walk_id

if TYPE_CHECKING:
    from pathlib import Path

    from tests.log.team.postgres import Store

THEN = NOON - 30 * DAY
OLD = -40  # days
LONG_AGO = 1_600_000_000_000
ENDS = {"walks": THEN, "drills": THEN, "notes": THEN, "feedback": THEN}


def ship(url: str, data: Path) -> Shipped:
    return Shipper(DataFolder(data), url).ship()


def walk(data: Path, *walks: tuple[int, int], mode: str = "live") -> None:
    """One journal, with a walk of each number on each day."""
    with LocalLog(data) as log:
        for number, day in walks:
            complete(log, walk_id(number), HEADER._replace(mode=mode), day)


@pytest.fixture
def walked(store: Store, tmp_path: Path) -> Path:
    """Ann's two old walks in a journal, an old drill with a new walk in another; Bea's old walk."""
    ann, data = store.person("ann"), tmp_path / "ann"
    walk(data, (1, OLD), (2, OLD))
    with LocalLog(data) as log:
        complete(log, walk_id(3), HEADER._replace(mode="drill"), OLD)
        complete(log, walk_id(4))
    ship(ann, data)
    walk(tmp_path / "bea", (5, OLD))
    ship(store.person("bea", vendor="acme"), tmp_path / "bea")
    store.person("qui", "quality")
    return data


def walks_left(store: Store) -> list[str]:
    return [name for (name,) in store.rows("SELECT walk::text FROM sopguide.walks ORDER BY walk")]


def check_chains(store: Store) -> int:
    """What is left of each journal makes the heads that were kept; how many journals are left."""
    rows = store.rows("SELECT DISTINCT journal FROM sopguide.events")
    for (journal,) in rows:
        query = RAW.partition(" WHERE ")[0] + " WHERE journal = %s ORDER BY place"
        head = first_head(journal)
        for _, record in raw_records(store.rows(query, journal)):
            head = next_head(head, commitment(record))
            assert record["chain"] == head.hex()
        latest = "SELECT chain FROM sopguide.latest_heads WHERE journal = %s"
        assert store.rows(latest, journal) == [(head.hex(),)]
    return len(rows)


def test_tells_how_much_there_is_of_each_kind_and_changes_nothing(
    walked: Path, store: Store
) -> None:
    assert overdue_at(store.url("qui"), ENDS) == {
        "walks": 2,
        "drills": 1,
        "notes": 0,
        "feedback": 0,
    }
    assert overdue_at(store.url("qui"), {"drills": NOON - 50 * DAY}) == {"drills": 0}
    every = store.person("all", "quality", all_vendors=True)
    assert overdue_at(every, {"walks": THEN, "tickets": THEN}) == {"walks": 3}
    assert len(walks_left(store)) == 5


def test_walks_that_have_expired_go_and_chains_and_heads_hold(walked: Path, store: Store) -> None:
    before = store.rows("SELECT * FROM sopguide.heads ORDER BY journal")
    gone = expire_from_team(store.url("qui"), ENDS)
    assert gone == {"walks": 2, "drills": 1, "notes": 0, "feedback": 0}
    assert walks_left(store) == [walk_id(4), walk_id(5)]
    kept = (
        "SELECT walk::text, count(*), count(agent), count(ticket), count(said_agent), count(salt)"
    )
    assert store.rows(f"{kept} FROM sopguide.events GROUP BY walk ORDER BY walk") == [
        (walk_id(3), 7, 0, 0, 0, 0),  # husks, for the journal tells of another walk
        (walk_id(4), 7, 7, 7, 7, 7),
        (walk_id(5), 7, 7, 7, 7, 7),
    ]
    left = "SELECT DISTINCT data::text FROM sopguide.events WHERE walk = %s"
    assert store.rows(left, walk_id(3)) == [("{}",)]
    assert check_chains(store) == 2
    assert store.rows("SELECT * FROM sopguide.heads ORDER BY journal") == before
    names = [head.journal for head in heads(DataFolder(walked))]
    assert verify(DataFolder(walked), team_heads(store.url("qui"), names)).damages == []
    with TeamLog(store.url("qui"), walked / "ticket.key") as team:
        assert [found.walk for found in team.walks()] == [walk_id(4)]
        assert team.damages() == []
    assert expire_from_team(store.url("qui"), ENDS) == dict.fromkeys(ENDS, 0)


def test_the_server_records_who_let_go_of_what(walked: Path, store: Store) -> None:
    expire_from_team(store.url("qui"), ENDS)
    acts = store.rows(
        "SELECT agent, data FROM sopguide.acts WHERE type = 'log.expired' ORDER BY at"
    )
    assert acts == [
        ("qui", {"walks": 2, "before": THEN, "removed": 14}),
        ("qui", {"drills": 1, "before": THEN, "removed": 0}),
    ]


def test_what_has_expired_does_not_come_back_with_another_shipping(
    walked: Path, store: Store
) -> None:
    expire_from_team(store.url("qui"), ENDS)
    before = store.rows("SELECT * FROM sopguide.events ORDER BY journal, place")
    (walked / "shipped.json").unlink()
    assert ship(store.url("ann"), walked) == Shipped(0, 28)
    assert store.rows("SELECT * FROM sopguide.events ORDER BY journal, place") == before
    assert walks_left(store) == [walk_id(4), walk_id(5)]


def test_remarks_and_acts_go_by_their_own_age_and_stay_away(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, qui = store.person("ann"), store.person("qui", "quality")
    with LocalLog(tmp_path) as log:
        recorder = begin(log, walk_id(1))
        for number, kind, when in ((1, FEEDBACK, THEN), (2, FEEDBACK, THEN - 1), (3, NOTE, 0)):
            remark = remark_of(number, kind, "unclear" if kind == FEEDBACK else None)
            log.remarks.keep(remark._replace(at=when, walk=walk_id(1)))
            told = {"step": "reach", "remark": remark.id}
            recorder.append([Event(FEEDBACK_GIVEN, told, at(5))])
        recorder.close(ended(9))
    with monkeypatch.context() as long_ago:
        long_ago.setattr("time.time_ns", lambda: LONG_AGO * 1_000_000)
        record_act(DataFolder(tmp_path), EXPORTED, {"walks": 3})
    ship(ann, tmp_path)
    assert overdue_at(qui, {"acts": LONG_AGO + 1}) == {"acts": 1}
    gone = expire_from_team(qui, {"feedback": THEN, "notes": THEN})
    assert gone == {"feedback": 1, "notes": 1}
    assert store.rows("SELECT kind, at FROM sopguide.remarks") == [(FEEDBACK, THEN)]
    exported = "SELECT count(*) FROM sopguide.acts WHERE type = 'log.exported'"
    assert expire_from_team(qui, {"acts": LONG_AGO}) == {"acts": 0}
    assert store.rows(exported) == [(1,)]
    assert expire_from_team(qui, {"acts": LONG_AGO + 1}) == {"acts": 1}
    assert expire_from_team(qui, {"acts": 2 * NOON}) == {"acts": 0}  # what it did just now
    (tmp_path / "shipped.json").unlink()
    assert ship(ann, tmp_path).new == 0
    assert store.rows(exported) == [(0,)]
    assert store.rows("SELECT kind, at FROM sopguide.remarks") == [(FEEDBACK, THEN)]
    assert len(walks_left(store)) == 1


@pytest.mark.parametrize(
    ("ends", "left"),
    [
        ({"walks": THEN}, 1),  # somebody may still have it
        ({"walks": THEN, "tickets": NOON - 50 * DAY}, 1),
        ({"walks": THEN, "tickets": THEN}, 0),
        ({"tickets": THEN}, 1),
    ],
)
def test_a_walk_that_nobody_ended_goes_when_its_machine_has_given_it_up(
    store: Store, tmp_path: Path, ends: dict[str, int], left: int
) -> None:
    ann, qui = store.person("ann"), store.person("qui", "quality")
    log = LocalLog(tmp_path)
    recorder = log.begin(walk_id(1), HEADER, b'{"format":1,"sop":"account/hacked"}', {})
    recorder.append([Event("walk.started", {}, at(0, OLD))])
    recorder.release([Event("walk.suspended", {"reason": "break"}, at(9, OLD))])
    log.close()
    ship(ann, tmp_path)
    expire_from_team(qui, ends)
    assert len(walks_left(store)) == left
    with LocalLog(tmp_path) as log:
        log.reopen(walk_id(1)).close(ended(9))
    assert ship(ann, tmp_path) == Shipped(3 * left, 3)
    assert len(walks_left(store)) == left


@pytest.mark.parametrize(
    "login", [("oth", "agent"), ("oth", "trainer"), ("oth", "lead"), ("oth", "admin")]
)
def test_only_quality_lets_go_of_anything(
    walked: Path, store: Store, login: tuple[str, str]
) -> None:
    url = store.person(*login)
    for ask in (overdue_at, expire_from_team):
        if login[1] != "admin":
            with pytest.raises(NoRightError, match="only quality"):
                ask(url, ENDS)
    for call in (
        "SELECT * FROM sopguide.expire_walks('walks', 0, NULL, 10)",
        "SELECT sopguide.expire_others('acts', 0, 10)",
        "SELECT sopguide.expire_records('[]')",
    ):
        with store.session(login[0]) as session, pytest.raises(psycopg.Error) as refused:
            session.execute(call)
        assert refused.value.sqlstate == "42501"
    assert len(walks_left(store)) == 5


def test_quality_of_one_vendor_lets_go_of_nothing_of_another(walked: Path, store: Store) -> None:
    assert overdue_at(store.person("quo", "quality", vendor="acme"), ENDS)["walks"] == 1
    assert overdue_at(store.person("far", "quality", org="elsewhere"), ENDS)["walks"] == 0
    for login in ("quo", "far"):
        expire_from_team(store.url(login), {**ENDS, "acts": NOON, "tickets": THEN})
    assert walks_left(store) == [walk_id(number) for number in (1, 2, 3, 4)]
    expire_from_team(store.person("all", "quality", all_vendors=True), ENDS)
    assert walks_left(store) == [walk_id(4)]


def test_what_has_not_expired_loses_no_part(walked: Path, store: Store) -> None:
    rows = "SELECT person, id::text FROM sopguide.events WHERE walk = %s LIMIT 1"
    [(person, event)] = store.rows(rows, walk_id(4))
    record = {"person": person, "id": event, "data": {}, "kept": {}, "keys": {}}
    with store.session("qui") as session:
        done = session.execute("SELECT sopguide.expire_records(%s)", [json.dumps([record])])
        assert done.fetchone() == (0,)


def test_whoever_is_interrupted_goes_on_the_next_time(
    walked: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(expiring, "_SOME_WALKS", 1)
    with pytest.raises(KeyboardInterrupt):
        expire_from_team(store.url("qui"), ENDS, stop)
    assert len(walks_left(store)) == 4
    assert check_chains(store) == 3
    assert expire_from_team(store.url("qui"), ENDS)["walks"] == 1
    assert walks_left(store) == [walk_id(4), walk_id(5)]
    assert check_chains(store) == 2


def test_what_breaks_off_in_the_middle_of_a_part_leaves_all_of_it(
    walked: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise ZeroDivisionError

    before = store.rows("SELECT * FROM sopguide.events ORDER BY journal, place")
    monkeypatch.setattr(expiring, "without", fail)
    with pytest.raises(ZeroDivisionError):
        expire_from_team(store.url("qui"), {"drills": THEN})
    assert store.rows("SELECT * FROM sopguide.events ORDER BY journal, place") == before
    assert len(walks_left(store)) == 5
    assert store.rows("SELECT FROM sopguide.acts WHERE type = 'log.expired'") == []
