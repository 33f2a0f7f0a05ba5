from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.facts.calendar import OutOfRangeError, add, holidays_of, no_holiday
from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.fault import Fault

DUBLIN = ZoneInfo("Europe/Dublin")


def moved(when: date, text: str, zone: object = UTC) -> date:
    duration = parse_duration(text)
    assert isinstance(duration, Duration)
    return add(when, duration, zone, no_holiday)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("when", "text", "then"),
    [
        (date(2026, 1, 31), "1m", date(2026, 2, 28)),
        (date(2024, 2, 29), "1y", date(2025, 2, 28)),
        (date(2026, 11, 15), "2m", date(2027, 1, 15)),
        (date(2026, 1, 31), "1m 1d", date(2026, 3, 1)),
        (date(2026, 11, 20), "10bd", date(2026, 12, 4)),
        (date(2026, 11, 21), "1bd", date(2026, 11, 23)),
        (date(2026, 1, 1), "5h", datetime(2026, 1, 1, 5, tzinfo=UTC)),
    ],
)
def test_durations_move_along_the_calendar(when: date, text: str, then: date) -> None:
    assert moved(when, text) == then


def test_a_day_keeps_the_hour_of_the_clock_where_summer_time_ends() -> None:
    before = datetime(2026, 10, 24, 12, tzinfo=DUBLIN)
    assert moved(before, "1d", DUBLIN) == datetime(2026, 10, 25, 12, tzinfo=DUBLIN)
    assert moved(before, "24h", DUBLIN) == datetime(2026, 10, 25, 11, tzinfo=DUBLIN)


def test_business_days_pass_over_holidays() -> None:
    holiday = holidays_of("US")
    assert holiday is not None
    start = date(2026, 11, 23)  # the Monday before Thanksgiving
    assert add(start, Duration(business=4), UTC, holiday) == date(2026, 11, 30)
    assert add(date(2026, 11, 30), Duration(business=-4), UTC, holiday) == start


def test_a_country_without_a_calendar_has_no_holidays() -> None:
    assert holidays_of("XX") is None


def test_years_that_a_calendar_knows_only_in_part_warn_nobody() -> None:
    indian = holidays_of("IN")
    assert indian is not None
    assert not indian(date(2060, 10, 1))


@pytest.mark.parametrize("text", ["9000y", "999999bd", "999999y 1h"])
def test_the_calendar_ends(text: str) -> None:
    with pytest.raises(OutOfRangeError):
        moved(date(2026, 1, 1), text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1y", "12m"), ("1w", "7d"), ("24h", "1d"), ("90min", "1h 30min")],
)
def test_durations_of_one_length_are_equal(one: str, other: str) -> None:
    assert parse_duration(one) == parse_duration(other)
    assert hash(parse_duration(one)) == hash(parse_duration(other))


def test_a_month_is_longer_than_thirty_days_and_shorter_than_thirty_one() -> None:
    month, thirty, more = (parse_duration(text) for text in ("1m", "30d", "31d"))
    assert isinstance(month, Duration)
    assert isinstance(thirty, Duration)
    assert isinstance(more, Duration)
    assert thirty < month < more
    assert month != "1m"


@given(st.integers(0, 999), st.integers(0, 999), st.integers(0, 9999), st.integers(0, 99))
def test_a_duration_is_written_as_it_is_read(months: int, days: int, minutes: int, bd: int) -> None:
    duration = Duration(months, days, minutes * 60, bd)
    assert parse_duration(str(duration)) == duration


def test_a_negative_duration_is_shown_as_such() -> None:
    assert str(-Duration(1, 2, 60)) == "-1m -2d -1min"


@given(st.dates(date(1000, 1, 1), date(3000, 1, 1)), st.integers(0, 400))
def test_business_days_only_go_forward_and_land_on_a_weekday(day: date, count: int) -> None:
    then = add(day, Duration(business=count), UTC, no_holiday)
    assert then >= day
    assert count == 0 or then.weekday() < 5
    assert then - day >= timedelta(days=count)


def test_a_text_that_is_no_duration_is_a_fault() -> None:
    assert isinstance(parse_duration("five days"), Fault)
