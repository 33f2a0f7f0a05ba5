"""Parquet, partitioned by the day and the SOP of the events: where one machine ends, engines go on.

`day=2026-11-22/sop=account%2Fhacked/part-00001.parquet`: what is in the folders' names is in no
file, and is read back by any engine as two columns (`hive` partitions, names as in URLs). The day
is that of the event in UTC, so that a day that is over does not change any more. Rows are held
until there are enough of them to write, whatever the length of the log.

pyarrow writes it. Compared on 1,000,000 events in 1,500 partitions with DuckDB 2.0, whose wheel is
half as large (24 against 55 MB): imported in 60 ms against 150, written in 8 s with 0.3 GB against
40 s with 1.2 GB. It is imported here only.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyarrow as pa
from pyarrow import parquet as pq

from sopguide.log.exporting.cases import CASE_COLUMNS, COLUMNS, iso
from sopguide.log.jsontext import dumps

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.exporting.cases import Case, Row

_HELD = 100_000  # rows
_KINDS = {
    "text": pa.string(),
    "whole number": pa.int64(),
    "time": pa.timestamp("ms", tz="UTC"),
    "yes or no": pa.bool_(),
    "JSON": pa.string(),
}
_IN_FILES = [name for name in COLUMNS if name != "sop"]
_SCHEMA = pa.schema([(name, _KINDS[COLUMNS[name]]) for name in _IN_FILES])


class ParquetWriter:
    """Fills a folder with cases as they come; call `end` for the last of them."""

    def __init__(self, folder: Path, held: int = _HELD) -> None:
        self._folder = folder
        self._most = held
        self._held = 0
        self._files = 0
        self._parts: dict[tuple[str, str], list[tuple[Any, ...]]] = defaultdict(list)

    def begin(self) -> None:
        """The folder is there already."""

    def add(self, case: Case) -> None:
        sop = case.head["sop"]
        head = tuple(case.head[name] for name in CASE_COLUMNS if name != "sop")
        for row in case.rows:
            self._parts[iso(row.time)[:10], sop].append((*head, *_values(row)))
        self._held += len(case.rows)
        if self._held >= self._most:
            self._flush()

    def end(self) -> None:
        self._flush()

    def _flush(self) -> None:
        for (day, sop), rows in self._parts.items():
            self._files += 1
            folder = self._folder / f"day={day}" / f"sop={quote(sop, safe='')}"
            folder.mkdir(parents=True, exist_ok=True)
            columns = [
                pa.array(values, field.type)
                for values, field in zip(zip(*rows, strict=True), _SCHEMA, strict=True)
            ]
            table = pa.Table.from_arrays(columns, schema=_SCHEMA)
            pq.write_table(table, folder / f"part-{self._files:05}.parquet", compression="zstd")
        self._parts.clear()
        self._held = 0


def _values(row: Row) -> tuple[Any, ...]:
    return (*row[:-1], dumps(row.data).decode())
