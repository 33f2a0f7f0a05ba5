"""Reading CSV: rows in any order, given back as cases.

The rows wait in a temporary database, which the system's own SQLite keeps on disk as soon as it
grows; cases come in the order of their first rows, and the events of a case by time (by the
column that is mapped to `order`, where one is), rows of the same time as in the file. Columns whose
name begins with `case:` belong to the case. Every value is a text; an empty cell is none.
"""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from typing import IO, TYPE_CHECKING, Any

from sopguide.log.importing.case import (
    CONCEPT,
    DATE,
    MOST_CHARACTERS,
    MOST_IN_A_CASE,
    OF_CASE,
    STRING,
    TIMESTAMP,
    Attribute,
    ImportedCase,
    ImportFaultError,
    in_ms,
)
from sopguide.log.jsontext import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_KEYS = {
    "case": CONCEPT,
    "activity": CONCEPT,
    "time": TIMESTAMP,
    "resource": "org:resource",
    "lifecycle": "lifecycle:transition",
    "order": "seq",
}
MAPPED = tuple(_KEYS)
_NEEDED = ("case", "activity", "time")
_KNOWN = {
    "case": ("case:concept:name", "case", "case_id", "case id", "caseid", "walk", "ticket_id"),
    "activity": (CONCEPT, "activity", "event", "status"),
    "time": (TIMESTAMP, "timestamp", "time", "at", "complete timestamp", "created_at"),
    "resource": ("org:resource", "resource"),
    "lifecycle": ("lifecycle:transition", "lifecycle"),
    "order": ("seq",),
}
_MOST_IN_A_LINE = 16 << 20
_YEARS = ("%Y", "%y", "%G", "%c", "%x")  # in a format of times
_TABLE = "CREATE TABLE r (place INTEGER PRIMARY KEY, name TEXT, sort NUMERIC, line BLOB)"
_INSERT = "INSERT INTO r VALUES (?, ?, ?, ?)"
_IN_ORDER = """
SELECT name, line
FROM (SELECT *, min(place) OVER (PARTITION BY name) AS first FROM r)
ORDER BY first, sort, place
"""


class CsvReader:
    """`mapped`: which column is the case, the activity, the time; else those of the usual names."""

    def __init__(self, name: str, mapped: Mapping[str, str], time_format: str | None) -> None:
        if time_format and not any(sign in time_format for sign in _YEARS):
            raise ImportFaultError("--time-format", f"names no year: `{time_format}`")
        self._name = name
        self._mapped = mapped
        self._time_format = time_format
        self._line = 0
        self.head: list[dict[str, Any]] = []

    def cases(self, file: IO[bytes]) -> Iterator[ImportedCase]:
        """Raises ImportFaultError at the first thing that is wrong."""
        with closing(sqlite3.connect("")) as rows:  # a temporary file, deleted when closed
            rows.execute(_TABLE)
            rows.executemany(_INSERT, self._rows(file))
            for _, found in groupby(rows.execute(_IN_ORDER), key=lambda row: row[0]):
                yield self._case(line for _, line in found)

    def _rows(self, file: IO[bytes]) -> Iterator[tuple[int, str, float, bytes]]:
        lines = self._lines(file)
        first = next(lines, "")
        separator = max(",;\t|", key=first.count)
        header = next(csv.reader([first], delimiter=separator), [])
        places = self._places(header)
        reader = csv.reader(lines, delimiter=separator, strict=True)
        try:
            for number, row in enumerate(reader):
                if row:
                    yield self._row(number, row, header, places)
        except csv.Error as error:
            raise self._fault(f"is no CSV that can be read: {error}") from None

    def _lines(self, file: IO[bytes]) -> Iterator[str]:
        while line := file.readline(_MOST_IN_A_LINE):
            self._line += 1
            if len(line) == _MOST_IN_A_LINE:
                raise self._fault("a line is too long")
            try:
                yield line.decode("utf-8-sig" if self._line == 1 else "utf-8")
            except UnicodeDecodeError:
                raise self._fault("is no UTF-8", "save it as CSV UTF-8") from None

    def _places(self, header: Sequence[str]) -> dict[str, int]:
        """The column of each thing that is known."""
        if len(set(header)) < len(header):
            raise self._fault("has two columns of the same name")
        found = {what: header.index(name) for what, name in self._mapped.items() if name in header}
        if missing := [name for name in self._mapped.values() if name not in header]:
            raise self._fault(f"has no column `{missing[0]}`", f"it has: {', '.join(header)[:300]}")
        lower = [name.strip().lower() for name in header]
        for what, names in _KNOWN.items():
            there = (lower.index(name) for name in names if name in lower)
            place = next((one for one in there if one not in found.values()), None)
            if what not in found and place is not None:
                found[what] = place
        if missing := [what for what in _NEEDED if what not in found]:
            help_text = f"name it: --map {missing[0]}=COLUMN; it has: {', '.join(header)[:300]}"
            raise self._fault(f"has no column that is known as the {missing[0]}", help_text)
        return found

    def _row(
        self, number: int, row: Sequence[str], header: Sequence[str], places: Mapping[str, int]
    ) -> tuple[int, str, float, bytes]:
        if len(row) != len(header):
            raise self._fault(f"has {len(row)} cells, and the first line {len(header)}")
        if any(len(value) > MOST_CHARACTERS for value in row):
            raise self._fault("a value is too large")
        for what in _NEEDED:
            if not row[places[what]]:
                raise self._fault(f"has no {what}")
        time = self._time(row[places["time"]])
        named = {place: what for what, place in places.items()}
        of_case, of_event = [], []
        for place, (name, value) in enumerate(zip(header, row, strict=True)):
            known = named.get(place)
            if not value:
                continue
            if known == "case" or (known is None and name.startswith(OF_CASE)):
                key = CONCEPT if known else name.removeprefix(OF_CASE)
                of_case.append(Attribute(STRING, key, value))
            elif known == "time":
                of_event.append(Attribute(DATE, TIMESTAMP, time))
            else:
                of_event.append(Attribute(STRING, _KEYS[known] if known else name, value))
        line = [[one.to_json() for one in some] for some in (of_case, of_event)]
        return number, row[places["case"]], self._order(row, places, time), dumps(line)

    def _order(self, row: Sequence[str], places: Mapping[str, int], time: str) -> float:
        if "order" not in places:
            return in_ms(time)
        try:
            return float(row[places["order"]])
        except ValueError:
            raise self._fault(f"the order is no number: `{row[places['order']][:40]}`") from None

    def _time(self, text: str) -> str:
        """As ISO 8601, UTC where no zone is named."""
        try:
            if self._time_format is None:
                found = datetime.fromisoformat(text.strip())
            else:
                found = datetime.strptime(text.strip(), self._time_format)  # noqa: DTZ007 (below)
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
            in_ms(found.isoformat())
        except ValueError:
            help_text = "say how it is written: --time-format '%d/%m/%Y %H:%M:%S'"
            raise self._fault(f"the time is none that is known: `{text[:40]}`", help_text) from None
        return found.isoformat()

    def _case(self, lines: Iterable[bytes]) -> ImportedCase:
        size, read = 0, []
        for line in lines:
            size += len(line)
            if size > MOST_IN_A_CASE:
                raise ImportFaultError(self._name, "a case with all its values is too large")
            read.append([tuple(map(Attribute.of, some)) for some in loads(line)])
        return ImportedCase(read[0][0], tuple(of_event for _, of_event in read))

    def _fault(self, what: str, help: str | None = None) -> ImportFaultError:  # noqa: A002
        return ImportFaultError(f"{self._name}:{max(1, self._line)}", what, help)
