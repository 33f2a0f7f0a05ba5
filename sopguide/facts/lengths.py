"""How long a duration is at the least and at the most, whatever day it is counted from.

A day is 24 hours here, a month 28 to 31 days. Business days depend on whose holidays count: those
of a country are looked up, year by year; where a fact names the country, as many are reckoned with
as any calendar of the `holidays` library has had in a row.
"""

from datetime import date, timedelta
from functools import lru_cache

from sopguide.facts.calendar import Holiday, no_holiday
from sopguide.facts.durations import Duration
from sopguide.facts.times import add_months

_DAY = 86_400
_WEEKEND = 2
_WEEKDAYS = 5
_MOST_IN_A_ROW = 9
"""Weekdays off in a row, at most: found in every calendar of the library, for 2024 to 2031."""

_FIRST = date(2024, 1, 1)
_CYCLE = 4 * 365 + 1
_YEARS_LOOKED_AT = 12
_MOST_COUNTED = 1000
"""How many months or business days are counted out; more are reckoned with at a rate."""

_LONGEST_MONTH, _SHORTEST_MONTH = 31, 28


def longest(duration: Duration, holiday: Holiday | None = None) -> int:
    """Return the most seconds it can last; None: nobody knows yet whose holidays count."""
    days, _ = _months(duration.months)
    days += duration.days + _most_days(duration.business, holiday)
    return days * _DAY + duration.seconds


def shortest(duration: Duration) -> int:
    """Return the fewest seconds it can last: from a Sunday, without holidays."""
    _, months = _months(duration.months)
    business = duration.business
    days = business + _WEEKEND * ((business - 1) // _WEEKDAYS) if business else 0
    return (months + duration.days + days) * _DAY + duration.seconds


def excess(time: Duration, limit: Duration, holiday: Holiday | None = None) -> int:
    """Return by how many seconds a time can be over a limit; 0 or less: it never is.

    What both have of one unit is taken off first, so that a month fits into a month.
    """
    left = time + (-limit)
    return longest(_positive(left), holiday) - shortest(_positive(-left))


def _positive(time: Duration) -> Duration:
    return Duration(
        max(time.months, 0), max(time.days, 0), max(time.seconds, 0), max(time.business, 0)
    )


def _most_days(count: int, holiday: Holiday | None) -> int:
    """Return the most days that so many business days take."""
    if not count:
        return 0
    if holiday is not None and holiday is not no_holiday and count <= _MOST_COUNTED:
        return _looked_up(count, holiday)
    off = 0 if holiday is no_holiday else _MOST_IN_A_ROW + count // _WEEKDAYS
    return count + off + _WEEKEND * -(-(count + off) // _WEEKDAYS)


@lru_cache(maxsize=256)
def _looked_up(count: int, holiday: Holiday) -> int:
    """Return the same by a country's calendar, over some years."""
    days = (_FIRST + timedelta(days=n) for n in range(_YEARS_LOOKED_AT * 365 + 2 * count))
    worked = [
        place for place, day in enumerate(days) if day.weekday() < _WEEKDAYS and not holiday(day)
    ]
    return max(
        (last - first for first, last in zip(worked, worked[count:], strict=False)),
        default=_most_days(count, None),
    )


@lru_cache(maxsize=64)
def _months(count: int) -> tuple[int, int]:
    """Return the most and the fewest days that so many months take."""
    if count > _MOST_COUNTED:
        return count * _LONGEST_MONTH, count * _SHORTEST_MONTH
    starts = [_FIRST + timedelta(days=n) for n in range(_CYCLE)] if count else [_FIRST]
    found = [(add_months(start, count) - start).days for start in starts]
    return max(found), min(found)
