"""Values of different types that compare: dates with times, decimals with fractions."""

from datetime import date, datetime, tzinfo
from fractions import Fraction
from typing import Any

from sopguide.facts.numbers import exact
from sopguide.facts.times import as_date


def alike(one: Any, other: Any, zone: tzinfo) -> tuple[Any, Any]:
    """Return two values in a form in which they compare: a date against a time as dates."""
    if isinstance(one, date) and isinstance(other, date):
        if isinstance(one, datetime) is not isinstance(other, datetime):
            return as_date(one, zone), as_date(other, zone)
    elif isinstance(one, Fraction) or isinstance(other, Fraction):
        return exact(one), exact(other)
    return one, other
