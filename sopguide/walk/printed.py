"""Values as templates print them, and compare them: choices, decimals, days.

Imported with the first text that has a placeholder.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import index
from typing import Any, Self, SupportsIndex

from sopguide.days import Day
from sopguide.facts.durations import Duration
from sopguide.facts.fact import CHOICE, DATE, DECIMAL, YES_NO, Fact
from sopguide.facts.numbers import Number, round_half_up, write
from sopguide.facts.values import Value, to_json


def printable(value: Value, fact: Fact, letter_in: str | None) -> Any:
    """Return a value as a template takes it; `letter_in`: where days are written out, in what."""
    if fact.type in (CHOICE, YES_NO) and isinstance(value, str):
        return Said(value, fact.say(value))
    if isinstance(value, tuple):
        return ", ".join(fact.say(item) for item in value)
    if isinstance(value, Decimal | Fraction) or fact.type == DECIMAL:
        return ExactDecimal(value)  # type: ignore[arg-type]
    if fact.type == DATE and isinstance(value, date) and letter_in:
        return Day.of(value, letter_in)
    return to_json(value) if isinstance(value, Duration) else value


def without_blanks(data: Any) -> Any:
    """Return a ticket without its empty fields: a blank is as good as missing."""
    if isinstance(data, Decimal):
        return ExactDecimal(data)
    if isinstance(data, Mapping):
        kept = {name: without_blanks(item) for name, item in data.items()}
        return {name: item for name, item in kept.items() if item is not None and item != ""}
    return data.strip() if isinstance(data, str) else data


class Said:
    """A value of a choice: printed in its wording, compared by its id."""

    __slots__ = ("_id", "_wording")

    def __init__(self, value: str, wording: str) -> None:
        self._id = value
        self._wording = wording

    def __str__(self) -> str:
        return self._wording

    def __eq__(self, other: object) -> bool:
        return self._id == other

    def __hash__(self) -> int:
        return hash(self._id)


class ExactDecimal(float):
    """A decimal: printed as it is written, and a number to Liquid, which knows no exact ones."""

    _exact: Number

    def __new__(cls, number: Number) -> Self:
        made = super().__new__(cls, number)
        made._exact = number
        return made

    def __str__(self) -> str:
        return write(self._exact)

    def __round__(self, ndigits: SupportsIndex | None = None) -> Any:
        rounded = round_half_up(self._exact, index(ndigits or 0))
        return rounded if isinstance(rounded, int) else ExactDecimal(rounded)
