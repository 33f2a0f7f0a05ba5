"""Dates and numbers as people type them, in the form the walk takes: `12.5.2026`, `320,50`.

What can be meant in one way only is read so. Where day and month could be either, both readings are
told, except in languages in which the day always comes first. Anything else is passed on as it was
typed, and the walk says what it takes.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from sopguide.languages import ENGLISH
from sopguide.messages import _, language_in_use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CENTURY = 2000
_TWO_DIGITS = 2
_DAY_LAST = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")
_DAY_OR_MONTH = re.compile(r"([0-9]{1,2})(\. ?|[-/])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_COMMA = re.compile(r"-?([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]{1,2}")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+")


class Ambiguous(ValueError):  # noqa: N818 - it is what the text is
    """A text that may mean two things; told as a person should read it."""


def as_meant(text: str, kind: str | None, unit: str | None) -> str:
    """Return what was typed for a fact of this type as the walk takes it; raises Ambiguous."""
    reader = _READERS.get(kind or "")
    return reader(text, unit or "") if reader else text


def _date(text: str, _unit: str) -> str:
    found = sorted(set(_readings(text)))
    if len(found) > 1:
        told = _("`{text}` may be {one} or {other}: type the one that is meant")
        raise Ambiguous(told.format(text=text, one=found[0], other=found[1]))
    return found[0].isoformat() if found else text


def _readings(text: str) -> Iterator[date]:
    """Yield the days that a text may mean."""
    if match := _DAY_LAST.fullmatch(text):
        yield from _day(match[1], match[3], match[4])
    elif match := _DAY_OR_MONTH.fullmatch(text):
        first, between, second, year = match.groups()
        year = year if len(year) > _TWO_DIGITS else str(_CENTURY + int(year))
        yield from _day(year, second, first)
        if not between.startswith(".") and language_in_use() == ENGLISH:
            yield from _day(year, first, second)


def _day(year: str, month: str, day: str) -> Iterator[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return


def _number(text: str, unit: str) -> str:
    bare = text.removesuffix(unit).rstrip() if unit else text
    if _COMMA.fullmatch(bare):
        return bare.replace(".", "").replace(",", ".")
    return bare.replace(",", "") if _THOUSANDS.fullmatch(bare) else bare


_READERS: dict[str, Callable[[str, str], str]] = {
    "date": _date,
    "decimal": _number,
    "integer": lambda text, unit: text.removesuffix(unit).rstrip() if unit else text,
}
