from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

from sopguide.clean import clean
from sopguide.log.exporting.cases import COLUMNS
from sopguide.log.exporting.jsonlines import json_lines_writer
from tests.log.exporting.walks import answered, walk, went_back, written_by

if TYPE_CHECKING:
    from sopguide.log.document import WalkDoc


def written(*walks: WalkDoc) -> str:
    return written_by(json_lines_writer, *walks).decode()


def test_one_object_an_event_with_all_columns() -> None:
    lines = [json.loads(line) for line in written(went_back()).splitlines()]
    assert len(lines) == 13
    assert all(list(line) == list(COLUMNS) for line in lines)
    assert lines[8]["data"] == {
        "step": "route",
        "fact": "amount",
        "answer": "12.50",
        "by": "agent",
        "asked": True,
    }
    assert (lines[0]["visit"], lines[1]["visit"], lines[0]["overridden"]) == (None, 1, True)
    assert lines[1]["time"] == "2026-11-22T12:00:01.000Z"


def test_numbers_stay_exact() -> None:
    text = written(walk(answered("a", Decimal("12.50"))))
    assert '"answer":12.50' in text


def test_nothing_in_it_steers_a_terminal_and_nothing_is_lost() -> None:
    hostile = "\x1b[2J\u202eevil\x9b é 😀\x7f"
    text = written(walk(answered("a", hostile)))
    assert clean(text) == text
    assert json.loads(text.splitlines()[1])["answer"] == hostile
