"""Readers that others wrote count the same cases, events, variants and edges as we do.

pmkoalas reads the XES, DuckDB the CSV, the JSON lines, the Parquet and the OCEL.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import duckdb
import pytest
from pmkoalas.read import read_xes_simple

from sopguide.log.exporting.cases import cases
from sopguide.log.exporting.counts import Counts
from sopguide.log.exporting.run import opened, write, writer_for
from tests.log.exporting.walks import many, went_back

if TYPE_CHECKING:
    from pathlib import Path

WALKS = [went_back(number=900), *many()]
_FIGURES = """
WITH log AS ({rows}),
paths AS (SELECT walk, string_agg(activity, '|' ORDER BY seq) AS path FROM log GROUP BY walk),
pairs AS (SELECT activity AS a, lead(activity) OVER (PARTITION BY walk ORDER BY seq) AS b FROM log)
SELECT (SELECT count(*) FROM paths), (SELECT count(*) FROM log),
       (SELECT count(DISTINCT path) FROM paths),
       (SELECT count(*) FROM (SELECT DISTINCT a, b FROM pairs WHERE b IS NOT NULL))
"""
_ROWS = {
    "csv": "SELECT walk, seq, activity FROM read_csv('{path}', all_varchar = false)",
    "jsonl": "SELECT walk, seq, activity FROM read_json('{path}', format = 'newline_delimited')",
    "parquet": "SELECT walk, seq, activity FROM read_parquet('{path}/**/*.parquet')",
    "ocel": """
        SELECT e.type AS activity,
               list_filter(e.relationships, lambda r: r.qualifier = 'walk')[1].objectId AS walk,
               CAST(list_filter(e.attributes, lambda a: a.name = 'seq')[1].value AS INT) AS seq
        FROM (SELECT unnest(events) AS e FROM read_json('{path}', maximum_object_size = 100000000))
    """,
}


def export(kind: str, path: Path, *, effective: bool) -> Counts:
    counts = Counts()
    with opened(kind, path, io.BytesIO()) as target:
        write(cases(WALKS, effective=effective), writer_for(kind, target), counts)
    assert counts.cases == 61
    return counts


@pytest.mark.parametrize("effective", [False, True])
@pytest.mark.parametrize("kind", sorted(_ROWS))
def test_duckdb_counts_the_same(tmp_path: Path, kind: str, effective: bool) -> None:
    path = tmp_path / "out"
    ours = export(kind, path, effective=effective)
    rows = _ROWS[kind].replace("{path}", str(path))
    [found] = duckdb.execute(_FIGURES.replace("{rows}", rows)).fetchall()
    assert found == (ours.cases, ours.events, ours.variants, len(ours.follows))


@pytest.mark.parametrize("effective", [False, True])
def test_pmkoalas_counts_the_same(tmp_path: Path, effective: bool) -> None:
    path = tmp_path / "out.xes"
    ours = export("xes", path, effective=effective)
    log = read_xes_simple(str(path))
    variants = log.stochastic_language()
    edges = {
        (pair.left(), pair.right()): pair.frequency()
        for pair in log.directly_follow_relations().pairs()
        if pair.left() in ours.activities and pair.right() in ours.activities
    }
    assert len(log) == ours.cases
    assert sum(len(variant) * number for variant, number in variants.items()) == ours.events
    assert log.get_nvariants() == ours.variants
    assert edges == ours.follows
