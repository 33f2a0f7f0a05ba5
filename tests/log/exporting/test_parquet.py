"""Parquet: read back by DuckDB, which did not write it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import duckdb
import pytest

from sopguide.log.exporting.cases import COLUMNS, cases
from sopguide.log.exporting.parquet import ParquetWriter
from tests.log.exporting.walks import many, walk, went_back

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sopguide.log.document import WalkDoc


def write(folder: Path, walks: Iterable[WalkDoc], held: int = 100_000) -> None:
    writer = ParquetWriter(folder, held)
    writer.begin()
    for case in cases(walks):
        writer.add(case)
    writer.end()


def ask(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as engine:
        engine.execute("SET TimeZone = 'UTC'")
        log = f"read_parquet('{folder}/**/*.parquet', hive_partitioning = true)"
        return engine.execute(query.replace("LOG", log)).fetchall()


def test_an_engine_reads_typed_columns_and_the_partitions_as_columns(tmp_path: Path) -> None:
    write(tmp_path, [went_back()])
    kinds = {name: kind for name, kind, *_ in ask(tmp_path, "DESCRIBE SELECT * FROM LOG")}
    assert kinds.keys() == COLUMNS.keys() | {"day"}
    assert kinds["time"] == kinds["started"] == "TIMESTAMP WITH TIME ZONE"
    assert kinds["seq"] == kinds["visit"] == kinds["active_ms"] == "BIGINT"
    assert kinds["overridden"] == "BOOLEAN"
    found = ask(
        tmp_path,
        "SELECT seq, activity, sop, CAST(day AS VARCHAR), epoch_ms(time), visit, answer,"
        " overridden, data FROM LOG ORDER BY seq",
    )
    assert found[8][:-1] == (
        8,
        "route (amount)",
        "account/hacked",
        "2026-11-22",
        1_795_348_808_000,
        None,
        "12.50",
        True,
    )
    assert json.loads(found[8][-1])["asked"] is True


def test_folders_name_day_and_sop_and_files_are_for_the_owner(tmp_path: Path) -> None:
    midnight = 1_795_392_000_000 - 1000
    write(tmp_path, [walk(("walk.completed", {}), start=midnight, sop="a/b c%")])
    folders = sorted(str(path.parent.relative_to(tmp_path)) for path in tmp_path.rglob("*.parquet"))
    assert folders == ["day=2026-11-22/sop=a%2Fb%20c%25", "day=2026-11-23/sop=a%2Fb%20c%25"]
    assert ask(tmp_path, "SELECT DISTINCT sop FROM LOG") == [("a/b c%",)]


@pytest.mark.parametrize("held", [1, 50, 100_000])
def test_nothing_is_lost_or_doubled_however_much_is_held(tmp_path: Path, held: int) -> None:
    walks = list(many())
    write(tmp_path, walks, held)
    found = ask(tmp_path, "SELECT walk, seq, event_id FROM LOG ORDER BY walk, seq")
    assert found == sorted(
        (walk.walk, event["seq"], event["id"]) for walk in walks for event in walk.events
    )


def test_no_name_of_a_column_has_to_be_quoted(tmp_path: Path) -> None:
    write(tmp_path, [went_back()])
    names = ", ".join(["day", *COLUMNS])
    assert len(ask(tmp_path, f"SELECT {names} FROM LOG ORDER BY {names}")) == 13  # noqa: S608


def test_the_same_counts_by_sql(tmp_path: Path) -> None:
    walks = list(many())
    write(tmp_path, walks)
    [(events, number, tickets)] = ask(
        tmp_path, "SELECT count(*), count(DISTINCT walk), count(DISTINCT ticket) FROM LOG"
    )
    assert (events, number, tickets) == (sum(len(one.events) for one in walks), 60, 30)
