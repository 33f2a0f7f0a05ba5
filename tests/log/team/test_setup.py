"""The store is made all or not at all, by whoever keeps the database, superuser or not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sopguide.log.folder import DataFolder
from sopguide.log.team.connecting import VERSION, fitting
from sopguide.log.team.faults import TeamError
from sopguide.log.team.people import Person, create_login, set_person
from sopguide.log.team.setup import Setup, set_up
from sopguide.log.team.shipping import Shipped, Shipper
from tests.log.making import completed
from tests.log.team.postgres import Server

if TYPE_CHECKING:
    from pathlib import Path


def test_a_keeper_who_is_no_superuser_sets_it_up_and_sees_no_walk(tmp_path: Path) -> None:
    with closing(Server(empty=True)) as server:
        store = server.database()
        with store.session() as session:
            session.execute("CREATE ROLE keeper LOGIN CREATEROLE")
            session.execute(f"ALTER DATABASE {store.name} OWNER TO keeper")
        assert set_up(store.url("keeper"), anew=True) == Setup(None, VERSION)
        assert set_up(store.url("keeper"), anew=False) == Setup(VERSION, VERSION)
        with fitting(store.url("keeper")) as session:
            for login, role in (("adm", "admin"), ("ann", "agent")):
                create_login(session, login, None)
                set_person(session, Person(login, login, "local", "in-house", [role], False))
        completed(tmp_path, 1)
        assert Shipper(DataFolder(tmp_path), store.url("ann")).ship() == Shipped(7, 7)
        assert store.rows("SELECT count(*) FROM sopguide.events", login="keeper") == [(0,)]


def test_several_at_once_make_one_store(server: Server) -> None:
    store = server.database()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: set_up(store.url(), anew=True), range(4)))
    assert store.rows("SELECT count(*) FROM sopguide.store") == [(1,)]
    server.drop(store)


def test_what_fails_in_the_middle_leaves_nothing(server: Server) -> None:
    store = server.database()
    with store.session() as session:  # in the way of one of the later statements
        session.execute("CREATE SCHEMA sopguide CREATE VIEW sopguide.latest_heads AS SELECT 1 AS a")
    with pytest.raises(TeamError):
        set_up(store.url(), anew=True)
    left = "SELECT relname FROM pg_class WHERE relnamespace = 'sopguide'::regnamespace"
    assert store.rows(left) == [("latest_heads",)]
    server.drop(store)


def test_a_database_of_another_encoding_is_refused(server: Server) -> None:
    store = server.database("ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    with pytest.raises(TeamError, match="UTF8"):
        set_up(store.url(), anew=True)
    server.drop(store)
