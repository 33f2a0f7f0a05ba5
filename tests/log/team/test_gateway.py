"""A gateway ships what its vendor's people walked, under their names, and reads nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from sopguide.log.acts import EXPORTED, record_act
from sopguide.log.erasing import BY_AGENT, Subject
from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.parts import without
from sopguide.log.remarks import FEEDBACK
from sopguide.log.team.erasing import erase_from_team
from sopguide.log.team.expiring import expire_from_team
from sopguide.log.team.faults import NoRightError
from sopguide.log.team.people import Person, set_person
from sopguide.log.team.shipping import Shipped, Shipper
from sopguide.log.team.team_log import TeamLog
from sopguide.walk.events import FEEDBACK_GIVEN, WALK_SUSPENDED, Event
from tests.log.asking import remark_of
from tests.log.making import DAY, HEADER, NOON, at, begin, complete, ended, walk_id

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.record import Header
    from tests.log.team.postgres import Store


@pytest.fixture
def url(store: Store) -> str:
    """A gateway of acme, where Ana and Ben are; another Ana is in-house."""
    register(store, "ana", "acme")
    register(store, "ben", "acme")
    register(store, "ana-at-home", "in-house", agent="ana")
    return store.person("gate", "gateway", vendor="acme")


def register(store: Store, login: str, vendor: str, agent: str | None = None) -> None:
    """Somebody who has no login in the database."""
    with store.session() as session:
        person = Person(login, agent or login, "local", vendor, ["agent"], False)
        set_person(session, person, no_login=True)


def of(agent: str, vendor: str = "acme") -> Header:
    return HEADER._replace(agent=agent, vendor=vendor)


def ship(data: Path, url: str) -> Shipped:
    return Shipper(DataFolder(data), url).ship()


def owners(store: Store, table: str = "events") -> list[tuple[object, ...]]:
    return store.rows(
        "SELECT DISTINCT walk::text, p.login, t.agent, t.vendor, b.login"  # noqa: S608
        f" FROM sopguide.{table} AS t JOIN sopguide.people AS p USING (person)"
        " LEFT JOIN sopguide.people AS b ON b.person = t.brought_by ORDER BY 1"
    )


def test_walks_arrive_under_the_names_of_those_who_walked_them(
    tmp_path: Path, url: str, store: Store
) -> None:
    for number, agent in ((1, "ana"), (2, "ben")):
        with LocalLog(tmp_path) as log:
            recorder = begin(log, walk_id(number), of(agent))
            remark = remark_of(100 + number, FEEDBACK, "unclear")
            log.remarks.keep(remark._replace(walk=walk_id(number), agent=agent))
            told = {"step": "reach", "remark": remark.id}
            recorder.append([Event(FEEDBACK_GIVEN, told, at(5))])
            recorder.close(ended(9))
    assert ship(tmp_path, url) == Shipped(12, 12)
    expected = [
        (walk_id(1), "ana", "ana", "acme", "gate"),
        (walk_id(2), "ben", "ben", "acme", "gate"),
    ]
    assert owners(store) == expected
    assert owners(store, "remarks") == expected
    walks = store.rows("SELECT walk::text, agent, vendor FROM sopguide.walks ORDER BY walk")
    assert walks == [(walk_id(1), "ana", "acme"), (walk_id(2), "ben", "acme")]
    (tmp_path / "shipped.json").unlink()
    assert ship(tmp_path, url) == Shipped(0, 12)
    lou = store.person("lou", "lead", vendor="acme")
    with TeamLog(lou, tmp_path / "ticket.key") as team:
        assert [walk.head["agent"] for walk in team.walks()] == ["ana", "ben"]
        assert team.damages() == []
    assert store.rows("SELECT count(*) FROM sopguide.walks", login="gate") == [(0,)]


def test_the_same_walk_shipped_by_its_agent_too_is_there_once(
    tmp_path: Path, url: str, store: Store
) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1), of("ana"))
    ship(tmp_path, url)
    (tmp_path / "shipped.json").unlink()
    assert ship(tmp_path, store.person("ana", vendor="acme")) == Shipped(0, 7)


def test_a_walk_that_somebody_else_goes_on_with_stays_one_walk(
    tmp_path: Path, url: str, store: Store
) -> None:
    with LocalLog(tmp_path) as log:
        begin(log, walk_id(1), of("ana")).release([Event(WALK_SUSPENDED, {}, at(9))])
    ship(tmp_path, url)
    with LocalLog(tmp_path) as log:
        log.reopen(walk_id(1), "ben").close(ended(99))
    ship(tmp_path, url)
    assert [row[1:3] for row in owners(store)] == [("ana", "ana"), ("ana", "ben")]
    with TeamLog(store.person("lou", "lead", vendor="acme"), tmp_path / "ticket.key") as team:
        [walk] = team.walks()
        assert (walk.status, walk.head["agent"]) == ("completed", "ana")
        assert team.damages() == []


def test_what_is_of_nobody_whom_the_vendor_knows_waits_and_keeps_nothing_else(
    tmp_path: Path, url: str, store: Store
) -> None:
    for number, header in ((1, of("eve")), (2, of("ana")), (3, of("ana", "in-house"))):
        with LocalLog(tmp_path) as log:
            complete(log, walk_id(number), header)
    shipped = ship(tmp_path, url)
    assert shipped[:2] == (7, 7)
    told = " ".join(str(damage) for damage in shipped.damages)
    assert "knows no agent `eve` of acme: an admin adds `sopguide db user add eve" in told
    assert "it is of in-house, and this gateway ships for acme" in told
    assert [row[1] for row in owners(store)] == ["ana"]
    register(store, "eve", "acme")
    again = ship(tmp_path, url)
    assert again[:2] == (7, 7)
    assert [row[1] for row in owners(store)] == ["eve", "ana"]


@pytest.mark.parametrize("agent", ["eve", "ana-at-home", "lea", "gate", "gone"])
def test_the_server_itself_refuses_any_other_name(
    tmp_path: Path, url: str, store: Store, agent: str
) -> None:
    store.person("lea", "lead")  # of another vendor
    register(store, "gone", "acme")
    with store.session() as session:
        person = Person("gone", "gone", "local", "acme", [], False)
        set_person(session, person, no_login=True)
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1), of(agent))
    [path] = (tmp_path / "journals" / "done").iterdir()
    lines = path.read_text().splitlines()
    with store.session("gate") as session, pytest.raises(psycopg.Error) as refused:
        session.execute(
            "SELECT sopguide.ship(%s, %s, %s, '{}')",
            [f"[{','.join(lines)}]", [path.stem] * 7, list(range(1, 8))],
        )
    assert refused.value.sqlstate == "42501"
    for table in ("events", "walks", "heads"):
        assert store.rows(f"SELECT count(*) FROM sopguide.{table}") == [(0,)]  # noqa: S608


def test_the_vendor_is_the_gateways_whatever_an_event_claims(
    tmp_path: Path, url: str, store: Store
) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1), of("ana", "in-house"))
    [path] = (tmp_path / "journals" / "done").iterdir()
    lines = path.read_text().splitlines()
    with store.session("gate") as session:
        session.execute(
            "SELECT sopguide.ship(%s, %s, %s, '{}')",
            [f"[{','.join(lines)}]", [path.stem] * 7, list(range(1, 8))],
        )
    assert owners(store) == [(walk_id(1), "ana", "ana", "acme", "gate")]


def test_acts_of_the_machine_are_the_gateways_own(tmp_path: Path, url: str, store: Store) -> None:
    record_act(DataFolder(tmp_path), EXPORTED, {"walks": 0})
    assert ship(tmp_path, url) == Shipped(1, 1)
    acts = "SELECT agent, vendor FROM sopguide.acts WHERE type = 'log.exported'"
    assert store.rows(acts) == [("gate", "acme")]


def test_heads_of_what_it_brought_only_go_forwards(tmp_path: Path, url: str, store: Store) -> None:
    log = LocalLog(tmp_path)
    for number in (1, 2):
        complete(log, walk_id(number), of("ana"))
        ship(tmp_path, url)
    heads = "SELECT records FROM sopguide.heads ORDER BY records"
    assert store.rows(heads) == [(7,), (14,)]
    (tmp_path / "shipped.json").unlink()
    ship(tmp_path, url)
    assert store.rows(heads) == [(7,), (14,)]
    log.close()


def test_what_was_erased_or_expired_does_not_come_back_through_a_gateway(
    tmp_path: Path, url: str, store: Store
) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1), of("ana"), day=-40)
        complete(log, walk_id(2), of("ana"))
    ship(tmp_path, url)
    quo = store.person("quo", "quality", vendor="acme")
    assert expire_from_team(quo, {"walks": NOON - 30 * DAY}) == {"walks": 1}
    assert erase_from_team(quo, Subject(BY_AGENT, "ana", NOON + DAY)).records == 7
    (tmp_path / "shipped.json").unlink()
    assert ship(tmp_path, url) == Shipped(0, 14)
    assert store.rows("SELECT walk::text, agent FROM sopguide.walks") == [(walk_id(2), None)]
    assert store.rows("SELECT count(agent) FROM sopguide.events") == [(0,)]


def test_records_without_a_name_go_where_their_walk_is(
    tmp_path: Path, url: str, store: Store
) -> None:
    from sopguide.log.jsontext import dumps, loads

    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1), of("ana"))
    ship(tmp_path, url)
    [path] = (tmp_path / "journals" / "done").iterdir()
    lines = [dumps(without(loads(line), {"agent"})) for line in path.read_bytes().splitlines()]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    (tmp_path / "shipped.json").unlink()
    assert ship(tmp_path, url) == Shipped(0, 7)
    assert [row[1] for row in owners(store)] == ["ana"]


def test_desks_of_several_people_are_shipped_by_nobody_but_a_gateway(
    tmp_path: Path, url: str, store: Store
) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1), of("ana"))
    for login in (store.person("lea", "lead"), store.person("adm", "admin")):
        with pytest.raises(NoRightError, match="shipped by a gateway, which this login is not"):
            Shipper(DataFolder(tmp_path), login, served=True).ship()
    assert store.rows("SELECT count(*) FROM sopguide.events") == [(0,)]
    assert Shipper(DataFolder(tmp_path), url, served=True).ship() == Shipped(7, 7)


@pytest.mark.parametrize("roles", [["gateway", "agent"], ["gateway", "lead"], ["admin", "gateway"]])
def test_a_gateway_is_nothing_else(store: Store, roles: list[str]) -> None:
    with store.session() as session, pytest.raises(psycopg.errors.CheckViolation):
        session.execute(
            "SELECT sopguide.set_person('gate', 'gate', 'local', 'acme', %s, false)", [roles]
        )
    with store.session() as session, pytest.raises(psycopg.errors.CheckViolation):
        session.execute(
            "SELECT sopguide.set_person('gate', 'gate', 'local', 'in-house', '{gateway}', true)"
        )
