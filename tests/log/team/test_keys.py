"""One key for the tickets of an organisation: who gets it, and what is found by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.team.faults import TeamError
from sopguide.log.team.keys import fetch_key
from sopguide.log.team.shipping import Shipper
from sopguide.log.team.team_log import TeamLog
from sopguide.log.wanted import Wanted
from tests.log.making import HEADER, complete, walk_id

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.team.connecting import Session
    from tests.log.team.postgres import Store


def walk_ticket(data: Path, number: int) -> None:
    with LocalLog(data) as log:
        complete(log, walk_id(number), HEADER._replace(ticket=log.ticket_hash("T-1")))


def ship(data: Path, url: str) -> None:
    Shipper(DataFolder(data), url).ship()


@pytest.mark.parametrize(
    ("role", "gets"),
    [
        ("agent", True),
        ("trainer", True),
        ("lead", True),
        ("quality", True),
        ("gateway", True),
        ("admin", False),
    ],
)
def test_whoever_ships_or_erases_gets_the_key_and_nobody_else(
    store: Store, role: str, gets: bool
) -> None:
    store.person("one", role)
    with store.session("one") as session:
        if gets:
            assert len(fetch_key(session)) == 32
        else:
            with pytest.raises(TeamError, match="this login may ship nothing"):
                fetch_key(session)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            session.execute("SELECT key FROM sopguide.ticket_keys")


def test_a_stranger_gets_no_key(store: Store) -> None:
    store.person("one", "agent")
    with store.session() as session:
        session.execute("DELETE FROM sopguide.people WHERE login = 'one'")
    with store.session("one") as session, pytest.raises(TeamError):
        fetch_key(session)


def test_each_organisation_has_one_key_that_stays(store: Store) -> None:
    def key(login: str) -> bytes:
        with store.session(login) as session:
            return fetch_key(session)

    store.person("ann")
    store.person("bea", vendor="acme")
    store.person("far", org="elsewhere")
    assert key("ann") == key("bea") != key("far")
    before = key("ann")
    store.person("ann", "lead")
    assert key("ann") == before


def test_the_walks_of_a_ticket_on_two_machines_are_found_as_one_tickets(
    store: Store, tmp_path: Path
) -> None:
    ann, ben = tmp_path / "ann", tmp_path / "ben"
    urls = {ann: store.person("ann"), ben: store.person("ben")}
    for number, data in enumerate((ann, ben), 1):
        walk_ticket(data, number)  # under the machine's own key
        ship(data, urls[data])
        assert (data / "team.key").stat().st_mode & 0o777 == 0o600
        walk_ticket(data, number + 2)
        ship(data, urls[data])
        with LocalLog(data) as log:
            wanted = Wanted(tickets=log.ticket_hashes("T-1"))
            found = {walk.walk for walk in log.walks(wanted)}
        assert found == {walk_id(number), walk_id(number + 2)}
    rows = store.rows("SELECT ticket FROM sopguide.walks ORDER BY walk")
    assert rows[2] == rows[3]
    assert len(set(rows)) == 3
    with TeamLog(store.person("lea", "lead"), ann / "ticket.key") as team:
        wanted = Wanted(tickets=team.ticket_hashes("T-1"))
        # Ben's first one is under a key that only his machine has.
        assert {walk.walk for walk in team.walks(wanted)} == {walk_id(n) for n in (1, 3, 4)}
        assert team.ticket_hash("T-1") == rows[2][0]


def test_the_key_is_fetched_once_and_again_where_it_is_missing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sopguide.log.team import shipping

    url, asked = store.person("ann"), []

    def fetch(session: Session) -> bytes:
        asked.append(session)
        return fetch_key(session)

    monkeypatch.setattr(shipping, "fetch_key", fetch)
    for number in (1, 2):
        walk_ticket(tmp_path, number)
        ship(tmp_path, url)
    assert len(asked) == 1
    (tmp_path / "team.key").unlink()
    ship(tmp_path, url)
    assert len(asked) == 2
