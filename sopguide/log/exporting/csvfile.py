"""CSV: one row an event, which a spreadsheet shows as it is and never obeys.

A spreadsheet takes a cell for a formula that begins with `=`, `+`, `-` or `@`, also in their
full-width forms, behind quotes, spaces or a tab, and may send what it finds elsewhere. Such a cell
gets an apostrophe in front, which spreadsheets take for "this is text". Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
from functools import lru_cache, partial
from typing import IO, TYPE_CHECKING

from sopguide.clean import clean
from sopguide.log.exporting.cases import CASE_COLUMNS, COLUMNS, iso
from sopguide.log.exporting.writer import TextWriter
from sopguide.log.jsontext import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sopguide.log.exporting.cases import Case, Row

_BEFORE = r"\s'\"`\u2018-\u201f\xab\xbb\uff02\uff07"  # spaces, and quotes of every kind
_SIGNS = r"=+\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe62\ufe63\ufe66\ufe6b"  # full-width and small too
_FORMULA = re.compile(f"[{_BEFORE}]*[{_SIGNS}]|[\\t\\r\\n]")


def csv_writer(out: IO[bytes]) -> TextWriter[Case]:
    """What writes walks as CSV."""
    table = Table()
    return TextWriter(out, partial(_rows, table), encoded(table.text([tuple(COLUMNS)])))


class Table:
    """Rows of cells as text."""

    def __init__(self) -> None:
        self._text = io.StringIO(newline="")
        self._csv = csv.writer(self._text)

    def text(self, rows: Iterable[Sequence[object]]) -> str:
        self._csv.writerows(rows)
        text = self._text.getvalue()
        self._text.seek(0)
        self._text.truncate()
        return text


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _rows(table: Table, case: Case) -> bytes:
    """What is the same in all rows is made into text once; no cell has a line end."""
    head = [iso(value) if name in _TIMES else cell(value) for name, value in case.head.items()]
    before = table.text([head]).removesuffix(_END)
    rows = table.text(map(_cells, case.rows)).split(_END)[:-1]
    return encoded("".join(f"{before},{row}{_END}" for row in rows))


def _cells(row: Row) -> Sequence[object]:
    return (
        row.seq,
        iso(row.time),
        cell(row.activity),
        row.lifecycle,
        cell(row.event),
        cell(row.step),
        cell(row.visit),
        cell(row.fact),
        cell(row.answer),
        cell(row.answered_by),
        row.active_ms,
        cell(row.agent),
        row.event_id if _UUID.fullmatch(row.event_id) else cell(row.event_id),
        dumps(row.data).decode(),
    )


_END = "\r\n"
_UUID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # nearly every id: none twice
_TIMES = {name for name, kind in CASE_COLUMNS.items() if kind == "time"}


@lru_cache(maxsize=65536)
def cell(value: str | int | bool | None) -> str | int:  # noqa: FBT001 (any value of a column)
    """A value as a cell: cleaned, on one line, and no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    text = clean(value, keep_newlines=False)
    return f"'{text}" if _FORMULA.match(text) or _FORMULA.match(value) else text
