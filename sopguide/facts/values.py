"""Values of facts: read from text or JSON, written back as JSON, shown to a person.

A value is text for `yes_no`, `choice` and `text`, a tuple in the author's
order for `choices`, and int, Decimal, date, datetime or Duration for the
others. None is "not known": somebody was asked, and nobody knows.
"""

from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sopguide.facts import fact as kinds
from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.fact import Fact
from sopguide.facts.fault import Fault
from sopguide.facts.numbers import parse_decimal, parse_whole, plain, write
from sopguide.facts.times import as_date, midnight, parse_date, parse_time, write_time
from sopguide.phrases import Phrase

Value = str | tuple[str, ...] | int | Decimal | Fraction | date | datetime | Duration

_MOST_SHOWN = 60
_OF_NUMBERS = kinds.NUMBERS | {kinds.CHOICE, kinds.CHOICES}


def parse_text(text: str | list[str], fact: Fact, zone: tzinfo = UTC) -> Value | Fault:
    """Read a value as an author or an agent types it; a fault says what would fit."""
    if fact.type == kinds.CHOICES:
        items = text if isinstance(text, list) else _split_list(text)
        return _several(items, fact)
    if isinstance(text, list):
        return Fault(f"`{fact.name}` takes one value, not a list", kind="type")
    if fact.type == kinds.TEXT:
        return text if text.strip() else Fault(f"`{fact.name}` needs a text", kind="value")
    return _one(text.strip(), fact, zone)


def from_json(data: Any, fact: Fact, zone: tzinfo = UTC) -> Value | Fault | None:
    """Read a value from JSON: numbers as written, true and false for yes and no.

    A choice of numbers takes them as numbers, too. None stays None where the fact is
    optional ("not known"), else it is a fault.
    """
    if data is None:
        if fact.optional:
            return None
        return Fault(f"`{fact.name}` may not be left open", kind="value")
    if isinstance(data, bool):
        if fact.type == kinds.YES_NO:
            return "yes" if data else "no"
        return _misfit("true" if data else "false", fact)
    if isinstance(data, int | Decimal) and fact.type in _OF_NUMBERS:
        return parse_text(str(data), fact, zone)
    if isinstance(data, list) and all(isinstance(item, str | int | Decimal) for item in data):
        return parse_text([str(item) for item in data], fact, zone)
    if isinstance(data, str):
        return parse_text(data, fact, zone)
    return _misfit(str(data), fact)


def to_json(value: Value | None) -> Any:
    """Return the JSON form of a value; decimals and times as text, so that nothing is lost."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, tuple):
        return list(value)
    return _write(value)


def show(value: Value | None, fact: Fact) -> str:
    """Return the value in the author's wording, for a person to read."""
    if value is None:
        return "not known"
    if isinstance(value, tuple):
        return ", ".join(fact.say(item) for item in value)
    if isinstance(value, str):
        return value if fact.type == kinds.TEXT else fact.say(value)
    text = _write(value)
    return f"{text} {fact.unit}" if fact.unit else text


def describe(fact: Fact) -> str:
    """Say in a few words what the fact takes: `a whole number`, `one of yes, no`."""
    if fact.type in (kinds.YES_NO, kinds.CHOICE):
        return Phrase("one of {values}", values=_shorten(fact.values))
    if fact.type == kinds.CHOICES:
        return Phrase("one or more of {values}", values=_shorten(fact.values))
    return _KINDS[fact.type]


_KINDS = {
    kinds.INTEGER: Phrase("a whole number, for example 17"),
    kinds.DECIMAL: Phrase("a number, for example 12.50"),
    kinds.DATE: Phrase("a date, for example 2026-05-19"),
    kinds.DATETIME: Phrase("a date and time, for example 2026-05-19T14:30"),
    kinds.DURATION: Phrase("a duration, for example 3d 4h"),
    kinds.TEXT: Phrase("a text"),
}


def _one(text: str, fact: Fact, zone: tzinfo) -> Value | Fault:
    found: Value | Fault | None = None
    if fact.type in (kinds.YES_NO, kinds.CHOICE):
        found = text if text in fact.values else None
    elif fact.type == kinds.INTEGER:
        found = parse_whole(text)
    elif fact.type == kinds.DECIMAL:
        found = parse_decimal(text)
    elif fact.type == kinds.DURATION:
        found = _duration(text)
    else:
        found = _moment(text, fact.type, zone)
    return _misfit(text, fact) if found is None else found


def _duration(text: str) -> Value | Fault:
    found = parse_duration(text)
    if isinstance(found, Duration) and found.business:
        return Fault(
            Phrase("business days have no length without a date to count from"),
            Phrase("use days (`14d`), or test a date: `< received + 10bd`"),
            kind="value",
        )
    return found


def _moment(text: str, kind: str, zone: tzinfo) -> date | datetime | None:
    try:
        if kind == kinds.DATE:
            found = parse_date(text) or parse_time(text, zone)
            return None if found is None else as_date(found, zone)
        day = parse_date(text)
        return parse_time(text, zone) if day is None else midnight(day, zone)
    except OverflowError:
        return None


def _several(items: list[str], fact: Fact) -> Value | Fault:
    chosen = {item.strip() for item in items} - {""}
    for item in items:
        if item.strip() and item.strip() not in fact.values:
            return _misfit(item.strip(), fact)
    if not chosen:
        message = Phrase("`{fact}` needs at least one value", fact=fact.name)
        return Fault(message, describe(fact), kind="value")
    alone = [value for value in fact.exclusive if value in chosen]
    if alone and len(chosen) > 1:
        return Fault(
            Phrase("`{value}` stands alone", value=alone[0]),
            Phrase("choose `{value}` by itself, or the others without it", value=alone[0]),
            kind="value",
        )
    return tuple(value for value in fact.values if value in chosen)


def _split_list(text: str) -> list[str]:
    inner = text.strip()
    if inner.startswith("[") and inner.endswith("]"):
        inner = inner[1:-1]
    return inner.split(",")


def _misfit(text: str, fact: Fact) -> Fault:
    short = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
    return Fault(
        Phrase("`{value}` does not fit `{fact}`", value=short, fact=fact.name),
        Phrase("it takes {what}", what=describe(fact)),
        kind="value",
        word=text,
        near=fact.values,
    )


def _write(value: int | Decimal | Fraction | date | datetime | Duration) -> str:
    if isinstance(value, datetime):
        return write_time(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Duration):
        return str(value)
    return write(plain(value) if isinstance(value, Fraction) else value)


def _shorten(values: tuple[str, ...], most: int = 12) -> str:
    shown = ", ".join(values[:most])
    return f"{shown} … ({len(values)} in all)" if len(values) > most else shown
