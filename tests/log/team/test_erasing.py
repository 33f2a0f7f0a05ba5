"""Names and tickets are taken out of the team's store; rows, counts and chains stay."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from sopguide.log.chain import commitment, first_head, next_head
from sopguide.log.erasing import BY_AGENT, BY_TICKET, Subject
from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.parts import without
from sopguide.log.remarks import FEEDBACK
from sopguide.log.team.erasing import erase_from_team
from sopguide.log.team.faults import NoRightError, TeamError
from sopguide.log.team.people import forget_person
from sopguide.log.team.queries import RAW, raw_records
from sopguide.log.team.shipping import Shipped, Shipper
from sopguide.log.team.team_log import TeamLog
from sopguide.walk.events import FEEDBACK_GIVEN, STEP_ANSWERED, Event
from tests.log.asking import remark_of
from tests.log.making import DAY, HEADER, NOON, at, begin, completed, done_journals, ended, walk_id

if TYPE_CHECKING:
    from pathlib import Path

    from tests.log.team.postgres import Store

LATER = NOON + DAY
TICKET = str(HEADER.ticket)


@pytest.fixture
def walked(store: Store, tmp_path: Path) -> Path:
    url = store.person("ann", agent="ann.k")
    store.person("qui", "quality")
    log = LocalLog(tmp_path)
    for number, ticket in ((1, TICKET), (2, "cd" * 32)):
        recorder = begin(log, walk_id(number), HEADER._replace(ticket=ticket))
        remark = remark_of(100 + number, FEEDBACK, "unclear")._replace(walk=walk_id(number))
        log.remarks.keep(remark)
        recorder.append([Event(FEEDBACK_GIVEN, {"step": "reach", "remark": remark.id}, at(5))])
        given = {"step": "born", "fact": "born", "answer": "1999-01-31", "by": "ticket"}
        recorder.append([Event(STEP_ANSWERED, given, at(6))])
        recorder.close(ended(9))
    log.close()
    Shipper(DataFolder(tmp_path), url).ship()
    return tmp_path


def chain_holds(store: Store) -> bool:
    """Whether what the store has still makes the heads that it kept."""
    [(walks, people)] = store.rows("SELECT array_agg(walk), array_agg(person) FROM sopguide.walks")
    times = store.rows("SELECT min(at), max(at) FROM sopguide.events")[0]
    with store.session() as session:
        rows = session.execute(f"{RAW} ORDER BY place", [walks, people, *times]).fetchall()
    [(journal, chain)] = store.rows("SELECT journal, chain FROM sopguide.latest_heads")
    head = first_head(journal)
    for _, record in raw_records(rows):
        head = next_head(head, commitment(record))
        assert record["chain"] == head.hex()
    return head.hex() == str(chain)


def texts(store: Store) -> str:
    tables = ("events", "walks", "remarks", "people", "acts")
    return "\n".join(
        str(row)
        for table in tables
        for row in store.rows(f"SELECT t::text FROM sopguide.{table} AS t")  # noqa: S608
    )


def test_an_agent_is_erased_and_all_still_counts(walked: Path, store: Store) -> None:
    before = store.rows("SELECT walk, seq, type, chain FROM sopguide.events ORDER BY place")
    assert chain_holds(store)
    done = erase_from_team(store.url("qui"), Subject(BY_AGENT, "ann.k", LATER))
    assert (len(done.walks), done.records) == (2, 14)
    with store.session() as session:
        forget_person(session, "ann")
    left = texts(store)
    assert "ann.k" not in left
    assert "ann" not in left.replace("channel", "")
    assert store.rows("SELECT walk, seq, type, chain FROM sopguide.events ORDER BY place") == before
    assert store.rows("SELECT count(*) FROM sopguide.remarks") == [(0,)]
    assert chain_holds(store)
    with TeamLog(store.url("qui"), walked / "ticket.key") as team:
        assert [walk.head["agent"] for walk in team.walks()] == [None, None]
        assert team.damages() == []
    acts = store.rows("SELECT agent, data FROM sopguide.acts WHERE type = 'log.erased'")
    assert acts == [("qui", {"walks": 2, "records": 14, "remarks": 2})]


def test_a_ticket_is_erased_and_no_other(walked: Path, store: Store) -> None:
    done = erase_from_team(store.url("qui"), Subject(BY_TICKET, TICKET, LATER))
    assert done.walks == {walk_id(1)}
    assert TICKET not in texts(store)
    assert texts(store).count("1999-01-31") == 1
    assert texts(store).count("cd" * 32) == 8
    assert store.rows("SELECT walk::text FROM sopguide.remarks") == [(walk_id(2),)]
    assert chain_holds(store)
    again = erase_from_team(store.url("qui"), Subject(BY_TICKET, TICKET, LATER))
    assert (again.walks, again.records) == (set(), 0)


def test_what_was_erased_does_not_come_back_with_another_shipping(
    walked: Path, store: Store
) -> None:
    erase_from_team(store.url("qui"), Subject(BY_AGENT, "ann.k", LATER))
    before = texts(store)
    (walked / "shipped.json").unlink()
    assert Shipper(DataFolder(walked), store.url("ann")).ship() == Shipped(0, 14)
    assert store.rows("SELECT DISTINCT agent FROM sopguide.events") == [(None,)]
    assert store.rows("SELECT DISTINCT agent FROM sopguide.walks") == [(None,)]
    assert before.count("None") == texts(store).count("None")


def test_a_name_that_was_erased_before_shipping_does_not_arrive(
    store: Store, tmp_path: Path
) -> None:
    completed(tmp_path, 1)
    [journal] = done_journals(tmp_path)
    records = [json.loads(line) for line in journal.read_bytes().splitlines()]
    lines = [json.dumps(without(record, {"agent", "ticket"})) for record in records]
    journal.write_text("".join(f"{line}\n" for line in lines))
    url = store.person("ann", agent="ann.k")
    assert Shipper(DataFolder(tmp_path), url).ship() == Shipped(7, 7)
    for table in ("events", "walks"):
        rows = store.rows(f"SELECT DISTINCT agent, ticket FROM sopguide.{table}")  # noqa: S608
        assert rows == [(None, None)]
    assert chain_holds(store)


def test_looking_changes_nothing(walked: Path, store: Store) -> None:
    before = texts(store)
    found = erase_from_team(store.url("qui"), Subject(BY_AGENT, "ann.k", LATER), only_look=True)
    assert (len(found.walks), found.records) == (2, 14)
    assert texts(store) == before


@pytest.mark.parametrize("role", ["agent", "trainer", "lead", "admin"])
def test_only_quality_erases(walked: Path, store: Store, role: str) -> None:
    url = store.person("oth", role)
    before = store.rows("SELECT * FROM sopguide.events ORDER BY place")
    if role == "lead":
        with pytest.raises(NoRightError, match="only quality may erase"):
            erase_from_team(url, Subject(BY_AGENT, "ann.k", LATER))
    with store.session("oth") as session, pytest.raises(psycopg.errors.InsufficientPrivilege):
        session.execute("SELECT sopguide.erase('[]', '{}', '{}')")
    assert store.rows("SELECT * FROM sopguide.events ORDER BY place") == before


def test_quality_of_one_vendor_erases_nothing_of_another(walked: Path, store: Store) -> None:
    url = store.person("quo", "quality", vendor="acme")
    before = store.rows("SELECT * FROM sopguide.events ORDER BY place")
    remarks = store.rows("SELECT * FROM sopguide.remarks ORDER BY id")
    assert erase_from_team(url, Subject(BY_AGENT, "ann.k", LATER)).records == 0
    person, event, walk = store.rows(
        "SELECT person, id::text, walk FROM sopguide.events ORDER BY place LIMIT 1"
    )[0]
    record = {"person": person, "id": event, "data": {}, "kept": {}, "keys": {}}
    with store.session("quo") as session:
        assert session.execute(
            "SELECT sopguide.erase(%s, %s, %s)", [json.dumps([record]), [person], [walk]]
        ).fetchone() == (0,)
    assert store.rows("SELECT * FROM sopguide.events ORDER BY place") == before
    assert store.rows("SELECT * FROM sopguide.remarks ORDER BY id") == remarks


@pytest.mark.parametrize(
    ("data", "done"),
    [
        ({}, 1),
        ({"step": "born", "fact": "born", "answer": {"given": True}, "by": "ticket"}, 1),
        ({"step": "born", "fact": "born", "answer": "2001-01-01", "by": "ticket"}, 0),
        ({"step": "reach", "fact": "born", "answer": {"given": True}, "by": "ticket"}, 0),
        ({"step": "born", "answer": {"given": True}, "by": "ticket"}, 0),
        ({"step": "born", "fact": "born", "by": "ticket"}, 0),
        (
            {
                "step": "born",
                "fact": "born",
                "answer": {"given": True},
                "by": "ticket",
                "facts": {},
            },
            0,
        ),
    ],
)
def test_erasing_can_only_say_less(
    walked: Path, store: Store, data: dict[str, Any], done: int
) -> None:
    [(person, event)] = store.rows(
        "SELECT person, id::text FROM sopguide.events WHERE data->>'step' = 'born' LIMIT 1"
    )
    record = {"person": person, "id": event, "data": data, "kept": {}, "keys": {}}
    with store.session("qui") as session:
        row = session.execute("SELECT sopguide.erase(%s, '{}', '{}')", [json.dumps([record])])
        assert row.fetchone() == (done,)


def test_forgetting_nobody_is_told(store: Store) -> None:
    with store.session() as session, pytest.raises(TeamError, match="knows no login"):
        forget_person(session, "nobody-at-all")


def test_remarks_that_were_erased_do_not_come_back_with_another_shipping(
    walked: Path, store: Store
) -> None:
    erase_from_team(store.url("qui"), Subject(BY_TICKET, TICKET, LATER))
    (walked / "shipped.json").unlink()
    assert Shipper(DataFolder(walked), store.url("ann")).ship() == Shipped(0, 14)
    assert store.rows("SELECT walk::text FROM sopguide.remarks") == [(walk_id(2),)]
