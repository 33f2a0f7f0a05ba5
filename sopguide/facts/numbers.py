"""Exact numbers: whole numbers, decimals as typed, fractions where they do not end.

Nothing is rounded on the way; `round` in an expression rounds half up.
"""

import re
from decimal import Decimal
from fractions import Fraction
from math import floor

Number = int | Decimal | Fraction

_MOST_DIGITS = 1000
_WHOLE = re.compile(r"-?[0-9]+\Z")
_DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE]([+-]?[0-9]{1,4}))?\Z")


def parse_whole(text: str) -> int | None:
    """Read a whole number in ASCII digits; None where it is none, or absurdly long."""
    if len(text) > _MOST_DIGITS or _WHOLE.match(text) is None:
        return None
    return int(text)


def parse_decimal(text: str) -> Decimal | None:
    """Read a decimal exactly as written; None where it is none, or absurdly long."""
    found = _DECIMAL.match(text) if len(text) <= _MOST_DIGITS else None
    if found is None:
        return None
    power = int(found[1] or 0)
    if abs(power) > _MOST_DIGITS:
        return None
    number = Decimal(text)
    return Decimal(format(number, "f")) if power > 0 else number


def exact(number: Number) -> Fraction:
    """Return any number as the fraction that it is."""
    return number if isinstance(number, Fraction) else Fraction(number)


def plain(number: Fraction) -> Number:
    """Return a fraction as a whole number or a decimal wherever it is one."""
    if number.denominator == 1:
        return number.numerator
    places = _decimal_places(number.denominator)
    if places is None:
        return number
    return Decimal(f"{number.numerator * 10**places // number.denominator}E-{places}")


def round_half_up(number: Number, places: int) -> Number:
    """Round to `places` decimals; a half goes away from zero."""
    scaled = exact(number) * 10**places
    half_up = floor(abs(scaled) + Fraction(1, 2))
    whole = half_up if scaled >= 0 else -half_up
    return whole if places == 0 else Decimal(f"{whole}E-{places}")


def write(number: Number) -> str:
    """Write a number in digits; a fraction without end is rounded to 20 places."""
    if isinstance(number, Fraction):
        number = round_half_up(number, 20)
    return str(number) if isinstance(number, int) else format(number, "f")


def _decimal_places(denominator: int) -> int | None:
    """Return how many decimals 1/denominator needs; None where it has no end."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    return max(twos, fives) if denominator == 1 else None
