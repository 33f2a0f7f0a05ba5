"""Dates and times, as authors, agents and tickets write them.

A time without an offset is in the library's zone; every time is kept with
its zone, so that it names one instant.
"""

import re
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TIME = (  # compiled when a text first needs it: most walks read no time, and all start with this
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?\Z"
)

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@lru_cache(maxsize=64)
def find_zone(name: str) -> tzinfo | None:
    """Return the zone of that name (`Europe/Dublin`, `UTC`); None where there is none."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo  # a slow import; most libraries are in UTC

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def parse_date(text: str) -> date | None:
    """Read `2026-05-19`; None for anything else, impossible dates included."""
    if _DATE.match(text) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def parse_time(text: str, zone: tzinfo) -> datetime | None:
    """Read `2026-05-19T14:30`, seconds and offset optional; None for anything else."""
    if re.match(_TIME, text) is None:
        return None
    try:
        found = datetime.fromisoformat(text)
        found = found.replace(tzinfo=zone) if found.tzinfo is None else found
        found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found


def parse_moment(text: str, zone: tzinfo) -> datetime | None:
    """Read a time, or a date as its first moment: what `now` means where somebody sets it."""
    day = parse_date(text)
    return parse_time(text, zone) if day is None else midnight(day, zone)


def midnight(day: date, zone: tzinfo) -> datetime:
    """Return the first moment of a day in a zone."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)


def add_months(day: date, months: int) -> date:
    """Return the day so many calendar months on, clamped to the month's end."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, _days_in(years, month)))


def _days_in(year: int, month: int) -> int:
    """The days of a month, counted from 0; `calendar` knows them too, and loads all locales."""
    leap = month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS[month] + leap


def as_date(moment: date | datetime, zone: tzinfo) -> date:
    """Return the calendar day of a date or, in `zone`, of a time."""
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        return moment.date()
    return moment.astimezone(zone).date()


def write_time(moment: datetime) -> str:
    """Write a time with its offset, in seconds where it has any."""
    if moment.microsecond:
        return moment.isoformat()
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")
