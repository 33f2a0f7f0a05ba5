"""Dates and numbers in the shapes that people type."""

from __future__ import annotations

import pytest

from sopguide.desk.typed import Ambiguous, as_meant
from sopguide.messages import speaking


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-05-12", "2026-05-12"),
        ("2026-5-9", "2026-05-09"),
        ("2026/05/12", "2026-05-12"),
        ("12.5.2026", "2026-05-12"),
        ("12. 5. 2026", "2026-05-12"),
        ("12.05.26", "2026-05-12"),
        ("13/5/2026", "2026-05-13"),
        ("5/13/26", "2026-05-13"),
        ("5/5/26", "2026-05-05"),
        ("31.2.2026", "31.2.2026"),
        ("2026-13-01", "2026-13-01"),
        ("yesterday", "yesterday"),
        ("12.5", "12.5"),
        ("12.5/2026", "12.5/2026"),
    ],
)
def test_a_date_that_means_one_day_is_read(typed: str, meant: str) -> None:
    assert as_meant(typed, "date", None) == meant


def test_a_date_that_may_be_two_days_is_told_as_both() -> None:
    with pytest.raises(Ambiguous) as told:
        as_meant("5/12/26", "date", None)
    said = "`5/12/26` may be 2026-05-12 or 2026-12-05: type the one that is meant"
    assert str(told.value) == said


@pytest.mark.parametrize("language", ["es", "de"])
def test_where_the_day_always_comes_first_it_is_taken_so(language: str) -> None:
    with speaking(language):
        assert as_meant("5/12/26", "date", None) == "2026-12-05"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("320.50", "320.50"),
        ("320,50", "320.50"),
        ("-5,5", "-5.5"),
        ("1.320,50", "1320.50"),
        ("1,320.50", "1320.50"),
        ("320 USD", "320"),
        ("320,50USD", "320.50"),
        ("1,320", "1,320"),  # thirteen hundred, or a little more than one
        ("abc", "abc"),
    ],
)
def test_a_number_that_means_one_thing_is_read(typed: str, meant: str) -> None:
    assert as_meant(typed, "decimal", "USD") == meant


def test_other_types_are_left_as_they_were_typed() -> None:
    assert as_meant("12 years", "integer", "years") == "12"
    assert as_meant("12.5.2026", "text", None) == "12.5.2026"
    assert as_meant("12.5.2026", None, None) == "12.5.2026"
