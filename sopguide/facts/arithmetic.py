"""Sums over known values: exact numbers, calendar dates, durations."""

import operator
from datetime import UTC, date, datetime, tzinfo
from functools import reduce
from typing import Any

from sopguide.facts.calendar import Holiday, OutOfRangeError, add
from sopguide.facts.durations import Duration
from sopguide.facts.numbers import Number, exact, plain, round_half_up
from sopguide.facts.times import as_date

_MOST_BITS = 8000
_MOST_FACTOR = 1_000_000


class Uncomputable(ArithmeticError):  # noqa: N818  it tells of the ticket's facts, not of an error in the program
    """These facts give no value: the walk is stuck, and says this reason."""


class Arithmetic:
    """The sums of one library: its zone and its holidays decide about dates."""

    def __init__(self, zone: tzinfo, holiday: Holiday) -> None:
        self._zone = zone
        self._holiday = holiday

    def apply(self, sign: str, *values: Any) -> Any:
        """Return `values` joined by `sign`: + - * / neg min max.

        Raises Uncomputable: division by zero, or a result out of every range.
        """
        if sign in ("min", "max"):
            return self._extreme(sign, values)
        if sign == "neg":
            return -values[0] if isinstance(values[0], Duration) else plain(-exact(values[0]))
        left, right = values
        if isinstance(left, date) or isinstance(right, date):
            return self._dates(sign, left, right)
        if isinstance(left, Duration) or isinstance(right, Duration):
            return _durations(sign, left, right)
        return _numbers(sign, left, right)

    def round(self, number: Number, places: int) -> Number:
        """Return the number rounded half up to so many decimals."""
        return round_half_up(number, places)

    def _extreme(self, sign: str, values: tuple[Any, ...]) -> Any:
        mixed = {isinstance(value, datetime) for value in values} == {True, False}
        if mixed and isinstance(values[0], date):
            values = tuple(as_date(value, self._zone) for value in values)
        better = operator.lt if sign == "min" else operator.gt
        return reduce(
            lambda best, value: value if better(_key(value), _key(best)) else best, values
        )

    def _dates(self, sign: str, left: Any, right: Any) -> Any:
        if isinstance(left, date) and isinstance(right, date):
            return self._between(left, right)
        when, duration = (left, right) if isinstance(left, date) else (right, left)
        try:
            return add(when, -duration if sign == "-" else duration, self._zone, self._holiday)
        except OutOfRangeError as error:
            raise Uncomputable(str(error)) from error

    def _between(self, later: date, earlier: date) -> Duration:
        if isinstance(later, datetime) and isinstance(earlier, datetime):
            gap = later.astimezone(UTC) - earlier.astimezone(UTC)
            since = earlier.astimezone(self._zone)
            return Duration(seconds=gap.days * 86_400 + gap.seconds, since=since)
        first = as_date(earlier, self._zone)
        return Duration(days=(as_date(later, self._zone) - first).days, since=first)


def _durations(sign: str, left: Any, right: Any) -> Duration:
    if sign == "*":
        factor, duration = (left, right) if isinstance(right, Duration) else (right, left)
        if abs(factor) > _MOST_FACTOR:
            raise Uncomputable("the duration is too long")
        return duration.times(int(factor))
    total: Duration = left + (-right if sign == "-" else right)
    return total


def _numbers(sign: str, left: Number, right: Number) -> Number:
    one, other = exact(left), exact(right)
    if sign == "/" and not other:
        raise Uncomputable("it would divide by zero")
    result = _SIGNS[sign](one, other)
    if max(result.numerator.bit_length(), result.denominator.bit_length()) > _MOST_BITS:
        raise Uncomputable("the number is too long")
    return plain(result)


def _key(value: Any) -> Any:
    return value if isinstance(value, date | Duration) else exact(value)


_SIGNS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
