"""Dates and times as people type them."""

from datetime import UTC, datetime, timedelta

import pytest

from sopguide.facts.times import find_zone, parse_moment


def test_a_date_is_its_first_moment_in_the_zone() -> None:
    dublin = find_zone("Europe/Dublin")
    assert dublin is not None
    found = parse_moment("2026-07-10", dublin)
    assert found is not None
    assert (found.isoformat(), found.utcoffset()) == (
        "2026-07-10T00:00:00+01:00",
        timedelta(hours=1),
    )


def test_a_time_without_an_offset_is_in_the_zone_and_one_with_an_offset_is_not() -> None:
    assert parse_moment("2026-07-10T09:30", UTC) == datetime(2026, 7, 10, 9, 30, tzinfo=UTC)
    assert parse_moment("2026-07-10T09:30+02:00", UTC) == datetime(2026, 7, 10, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "soon", "2026-02-30", "2026-7-1", "2026-07-10T25:00"])
def test_anything_else_is_no_moment(text: str) -> None:
    assert parse_moment(text, UTC) is None
