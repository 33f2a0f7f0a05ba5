"""Adding durations to dates: calendar months clamped to the month's end, business days.

Years, months, weeks and days move along the calendar of the zone; hours
and minutes are exact. The holiday calendar is loaded only when a business
day is counted.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from warnings import catch_warnings, simplefilter

from sopguide.facts.durations import Duration
from sopguide.facts.times import add_months, midnight

_SATURDAY = 5
_MOST_BUSINESS_DAYS = 100_000
Holiday = Callable[[date], bool]


class OutOfRangeError(ArithmeticError):
    """A date before the year 1 or after 9999."""


def add(
    when: date | datetime, duration: Duration, zone: tzinfo, holiday: Holiday
) -> date | datetime:
    """Return `when` moved by `duration`: a date stays one unless hours are added.

    Raises OutOfRangeError where the calendar ends.
    """
    try:
        if not isinstance(when, datetime):
            day = _add_days(when, duration, holiday)
            return day if not duration.seconds else _later(midnight(day, zone), duration.seconds)
        if duration.months or duration.days or duration.business:
            local = when.astimezone(zone)
            day = _add_days(local.date(), duration, holiday)
            when = local.replace(year=day.year, month=day.month, day=day.day)
        return _later(when, duration.seconds) if duration.seconds else when
    except (OverflowError, ValueError) as error:
        raise OutOfRangeError("the date lies outside the years 1 to 9999") from error


@lru_cache(maxsize=64)
def holidays_of(country: str) -> Holiday | None:
    """Return the public holidays of a country (`US`, `DE-BY`); None where none are known."""
    import holidays

    name, _, subdivision = country.partition("-")
    try:
        calendar = holidays.country_holidays(name, subdiv=subdivision or None)
    except NotImplementedError:
        return None

    def is_holiday(day: date) -> bool:
        if day.year in calendar.years:
            return day in calendar
        with catch_warnings():  # a year that it knows only in part is told to nobody who could help
            simplefilter("ignore")
            return day in calendar

    return is_holiday


def no_holiday(_: date) -> bool:
    """Return False: the calendar without holidays, Monday to Friday."""
    return False


def _add_days(day: date, duration: Duration, holiday: Holiday) -> date:
    if duration.months:
        day = add_months(day, duration.months)
    if duration.days:
        day += timedelta(days=duration.days)
    if duration.business:
        day = _add_business_days(day, duration.business, holiday)
    return day


def _add_business_days(day: date, count: int, holiday: Holiday) -> date:
    if abs(count) > _MOST_BUSINESS_DAYS:
        raise OverflowError
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        if day.weekday() < _SATURDAY and not holiday(day):
            left -= 1
    return day


def _later(when: datetime, seconds: int) -> datetime:
    return (when.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(when.tzinfo)
