"""Words for codes and figures."""

from __future__ import annotations

import pytest

from sopguide.desk.day import Day
from sopguide.desk.wording import day_line, how_long, parked_line, parked_note, parked_reason
from tests.tui.fakes import make_parked


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-5, "0 min"), (59, "0 min"), (3599, "59 min"), (7500, "2 h 5 min"), (180_000, "2 d 2 h")],
)
def test_a_time_is_told_in_its_greatest_units(seconds: float, said: str) -> None:
    assert how_long(seconds) == said


def test_a_parked_ticket_is_told_with_reason_and_time() -> None:
    parked = make_parked("w1", reason="waiting")
    assert parked_line(parked) == "T-1 · account/hacked 3.1.0 · Account taken over · at proof"
    assert parked_note(parked) == "waiting for the customer · 2 h 13 min"
    assert parked_line(make_parked("w1", None)).startswith("account/hacked 3.1.0")
    assert parked_reason("of-a-later-version") == "of-a-later-version"


def test_the_day_is_told_in_one_line() -> None:
    assert day_line(Day(12, 161.0, 2)) == "12 done today · median 02:41 · 2 parked"
    assert day_line(Day()) == "0 done today · 0 parked"
