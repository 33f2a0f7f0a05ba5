"""Shipping to a PostgreSQL on this machine, against a plain COPY of the same rows into a bare table."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING

from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.record import uuid7
from sopguide.log.team.shipping import Shipper
from tests.bench.logged import HEADER, walk_of
from tests.bench.timing import Measure
from tests.log.team.postgres import Server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.log.team.postgres import Store

EVENTS = 100_000
_A_WALK = 20
_GOAL = 20_000  # events a second
_FORM = b'{"format":1}'
_BARE = "CREATE TABLE bare AS SELECT * FROM sopguide.events WITH NO DATA"


def measure(folder: Path, rounds: int) -> list[Measure]:
    made = fill(folder)
    server = Server(durable=True)
    shipped, copied = [], []
    try:
        with server.store().session() as session:  # what PostgreSQL has where nobody says otherwise
            session.execute("ALTER SYSTEM SET shared_buffers = '128MB'")
        server.stop("fast")
        server.start()
        for _ in range(min(rounds, 3)):
            store = server.store()
            shipped.append(_ship(folder, store))
            copied.append(_copy(store))
            server.drop(store)
    finally:
        server.close()
    time_of_one = median(shipped) / made
    rate = round(1 / time_of_one)
    return [
        Measure(
            "one event shipped to PostgreSQL",
            time_of_one,
            median(copied) / made,
            1 / _GOAL,
            "plain COPY into a table without keys",
            "limit",
            {"events": made, "events a second": rate, "COPY": round(made / median(copied))},
        )
    ]


def fill(folder: Path) -> int:
    """A data folder of so many events, in walks of one answer to nine questions."""
    now = int(time.time() * 1000)
    with LocalLog(folder) as log:
        log.begin(uuid7(now), HEADER, _FORM).release(walk_of(1, now)[:1])
        journal = log._writable_journal()
        for number in range(EVENTS // _A_WALK):
            from sopguide.log.record import Stamp

            stamp = Stamp(uuid7(now + number), HEADER)
            journal.append(stamp.lines(walk_of(_A_WALK // 2 - 1, now + number), 0))
    return EVENTS // _A_WALK * (_A_WALK + 1) + 1


def _ship(folder: Path, store: Store) -> float:
    url = store.person("agent")
    (folder / "shipped.json").unlink(missing_ok=True)
    start = time.perf_counter()
    Shipper(DataFolder(folder), url).ship()
    return time.perf_counter() - start


def _copy(store: Store) -> float:
    """The rows as the store spelled them, sent again."""
    with store.session() as session:
        with session.cursor().copy("COPY (SELECT * FROM sopguide.events) TO STDOUT") as out:
            rows = b"".join(bytes(block) for block in out)
        session.execute(_BARE)
        start = time.perf_counter()
        with session.cursor().copy("COPY bare FROM STDIN") as copy:
            copy.write(rows)
        return time.perf_counter() - start
