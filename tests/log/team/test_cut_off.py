"""Fifty clients, while the server is stopped, started, and cut off: nothing lost or doubled."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg

from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.record import uuid7
from sopguide.log.team import batches, shipping
from sopguide.log.team.faults import StoreAwayError
from sopguide.log.team.shipping import Shipper
from tests.log.making import NOON, complete
from tests.log.team.comparing import check_against_journals
from tests.log.team.proxy import FaultyDoor
from tests.patience import SECONDS

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.log.team.postgres import Server, Store

CLIENTS = 50
STOPS = ("immediate", "fast", "immediate")
WALKS = 2
"""Of each client, while the server is stopped and started; so often for each stop."""


def test_fifty_clients_lose_and_double_nothing_whatever_becomes_of_the_server(
    server: Server, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shipping, "_PAUSE", 0.01)
    monkeypatch.setattr(batches, "BATCH", 5)
    logins = [f"client-{number}" for number in range(CLIENTS)]
    door = FaultyDoor(server.socket, seed=1)
    urls = {
        login: store.person(login).replace(str(server.socket), str(door.folder)) for login in logins
    }
    together = threading.Barrier(CLIENTS + 1, timeout=SECONDS)
    away: list[str] = []

    def work(login: str) -> None:
        log = LocalLog(tmp_path / login)
        folder = DataFolder(tmp_path / login)
        for number in range(len(STOPS) * WALKS):
            if number % WALKS == 0:
                together.wait()
            complete(log, uuid7(NOON))
            try:
                Shipper(folder, urls[login]).ship()
            except StoreAwayError:
                away.append(login)
        log.close()

    with ThreadPoolExecutor(CLIENTS) as pool:
        working = [pool.submit(work, login) for login in logins]
        for mode in STOPS:
            together.wait()
            server.stop(mode)
            server.start()
            cut_everybody_off(server, store)
        for each in working:
            each.result()
    assert door.cut
    assert away
    door.faulty = False
    for login in logins:
        Shipper(DataFolder(tmp_path / login), urls[login]).ship()
    door.close()
    stored = check_against_journals(store, {login: [tmp_path / login] for login in logins})
    walks = CLIENTS * len(STOPS) * WALKS
    assert stored == walks * 7
    assert store.rows("SELECT count(*), bool_and(ended) FROM sopguide.walks") == [(walks, True)]


def cut_everybody_off(server: Server, store: Store) -> None:
    query = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'client-%'"
    for _ in range(5):
        try:
            with psycopg.connect(store.url()) as session:
                session.execute(query)
        except psycopg.OperationalError:  # it is not quite there yet
            server.start()
