from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopguide.facts.calendar import add, holidays_of, no_holiday
from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.lengths import excess, longest, shortest

DAY = 86_400
HOUR = 3600


def _time(text: str) -> Duration:
    found = parse_duration(text)
    assert isinstance(found, Duration)
    return found


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("36h", 1.5, 1.5),
        ("1m", 28, 31),
        ("2m", 59, 62),
        ("1y", 365, 366),
        ("1bd", 1, 3),
        ("5bd", 5, 7),
        ("6bd", 8, 10),
        ("10bd", 12, 14),
        ("1m 1d", 29, 32),
    ],
)
def test_a_duration_lasts_at_least_and_at_most_so_many_days(
    text: str, least: float, most: float
) -> None:
    assert shortest(_time(text)) / DAY == least
    assert longest(_time(text), no_holiday) / DAY == most


def test_holidays_make_business_days_longer() -> None:
    assert longest(_time("10bd"), holidays_of("US")) == 18 * DAY
    assert longest(_time("10bd")) == 31 * DAY


@pytest.mark.parametrize(
    ("time", "limit", "hours"),
    [
        ("1m", "1m", 0),
        ("1m 4h", "1m", 4),
        ("10bd 2h", "10bd", 2),
        ("14d", "10bd", 48),
        ("30d", "1m", 48),
        ("72h", "48h", 24),
        ("2d", "48h", 0),
        ("24h", "48h", -24),
        ("1m", "45d", -14 * 24),
    ],
)
def test_a_time_is_over_a_limit_by_what_they_do_not_share(
    time: str, limit: str, hours: int
) -> None:
    assert excess(_time(time), _time(limit), no_holiday) == hours * HOUR


@settings(deadline=None)
@given(
    st.dates(date(2024, 1, 1), date(2034, 1, 1)),
    st.builds(
        Duration, months=st.integers(0, 30), days=st.integers(0, 60), business=st.integers(0, 40)
    ),
    st.sampled_from(["US", "DE", "IN", "JP", "MM", "AZ", "IR", None]),
)
def test_no_date_makes_it_longer_or_shorter_than_that(
    start: date, time: Duration, country: str | None
) -> None:
    holiday = holidays_of(country) if country else no_holiday
    assert holiday is not None
    taken = (add(start, time, UTC, holiday) - start) / timedelta(seconds=1)

    assert shortest(time) <= taken <= longest(time)


@pytest.mark.parametrize("text", ["999999y", "999999bd", "999999m 999999d"])
def test_times_beyond_any_calendar_have_a_length(text: str) -> None:
    for holiday in (no_holiday, holidays_of("US"), None):
        assert 0 < shortest(_time(text)) <= longest(_time(text), holiday)
