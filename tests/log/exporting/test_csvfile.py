"""CSV: what a spreadsheet gets, and what it must not obey."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.log.exporting.cases import COLUMNS
from sopguide.log.exporting.csvfile import cell, csv_writer
from tests.log.exporting.walks import answered, shown, walk, went_back, written_by

if TYPE_CHECKING:
    from sopguide.log.document import WalkDoc


def written(*walks: WalkDoc) -> list[dict[str, str]]:
    text = written_by(csv_writer, *walks).decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_an_event_with_all_columns() -> None:
    rows = written(went_back())
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == 13
    some = ("seq", "time", "activity", "step", "answer", "overridden", "escalated_to", "active_ms")
    assert [rows[2][name] for name in some] == [
        "2",
        "2026-11-22T12:00:02.000Z",
        "reach",
        "reach",
        "yes",
        "true",
        "seniors",
        "2000",
    ]
    assert json.loads(rows[2]["data"])["answer"] == "yes"


FORMULAS = [
    "=1+1",
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "'=1",
    '"=1',
    '" ="',
    "＝1+1",  # noqa: RUF001
    "＋1",  # noqa: RUF001
    "－1",  # noqa: RUF001
    "＠SUM(A1)",  # noqa: RUF001
    "\u201c=1\u201d",
    "\u2212" + "1",
    "\u200b=1",  # invisible, taken out
    "\ufeff=1",
    "\u00a0=1",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_a_spreadsheet_would_obey_gets_an_apostrophe(formula: str) -> None:
    rows = written(walk(shown(formula), answered("a", formula), vendor=formula))
    for column in ("activity", "step", "vendor"):
        assert rows[1][column].startswith("'"), rows[1][column]
    assert rows[2]["answer"].startswith("'")


def test_an_id_that_somebody_made_up_gets_one_too_and_breaks_no_row() -> None:
    forged = walk(shown("a"))
    forged.events[1]["id"] = "=1\r\n+1"
    assert written(forged)[1]["event_id"] == "'=1 +1"


@given(st.text(max_size=12))
def test_no_cell_begins_with_a_sign_whatever_the_text(text: str) -> None:
    found = str(cell(text))
    assert not found.lstrip(' "`\t\r\n').startswith(("=", "+", "-", "@"))
    assert "\n" not in found
    assert "\r" not in found


def test_texts_that_are_no_formulas_stay_as_they_are() -> None:
    for text in ("account/hacked", "a=b", "1-2", "d'accord", "12.50", "日本語", ""):
        assert cell(text) == text
    assert (cell(-5), cell(None), cell(value=True)) == (-5, "", "true")


def test_separators_and_quotes_stay_in_their_cell() -> None:
    rows = written(walk(shown('a,"b"\n=c')))
    assert rows[1]["step"] == 'a,"b" =c'
