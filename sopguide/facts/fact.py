"""A fact: a typed, named value that can be known about a ticket."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

YES_NO = "yes_no"
CHOICE = "choice"
CHOICES = "choices"
INTEGER = "integer"
DECIMAL = "decimal"
DATE = "date"
DATETIME = "datetime"
DURATION = "duration"
TEXT = "text"

TYPES = (YES_NO, CHOICE, CHOICES, INTEGER, DECIMAL, DATE, DATETIME, DURATION, TEXT)
NUMBERS = frozenset({INTEGER, DECIMAL})
TIMES = frozenset({DATE, DATETIME})
ORDERED = NUMBERS | TIMES | {DURATION}
YES_OR_NO = ("yes", "no")


class Limit(NamedTuple):
    """A bound on a fact's value: an expression in its JSON form."""

    formula: list[Any]
    exclusive: bool = False


class Fact(NamedTuple):
    """What a fact may be, where it comes from and how it is asked for.

    `wording` gives values their text where the id does not speak for itself.
    `formula` (an expression) or `table` make it computed: it is never asked.
    `own` tells a fact that an SOP declares from one of the library.
    """

    name: str
    type: str
    values: tuple[str, ...] = ()
    wording: Mapping[str, str] = MappingProxyType({})
    exclusive: tuple[str, ...] = ()
    minimum: Limit | None = None
    maximum: Limit | None = None
    unit: str | None = None
    ask: str | None = None
    source: str | None = None
    optional: bool = False
    table: str | None = None
    formula: list[Any] | None = None
    own: bool = False

    @property
    def computed(self) -> bool:
        """Whether the value follows from other facts."""
        return self.table is not None or self.formula is not None

    def say(self, value: str) -> str:
        """Return the wording of one of the values."""
        return self.wording.get(value, value)

    def to_json(self) -> dict[str, Any]:
        """Return the compiled form: what differs from the defaults."""
        form: dict[str, Any] = {"type": self.type}
        if self.type in (CHOICE, CHOICES):
            form["values"] = list(self.values)
        pairs = {
            "wording": self.wording,
            "exclusive": list(self.exclusive),
            "min": self.minimum and _limit_json(self.minimum),
            "max": self.maximum and _limit_json(self.maximum),
            "unit": self.unit,
            "ask": self.ask,
            "from": self.source,
            "optional": self.optional,
            "table": self.table,
            "is": self.formula,
        }
        form.update((key, value) for key, value in pairs.items() if value)
        return form


def fact_from_json(name: str, form: dict[str, Any], *, own: bool = False) -> Fact:
    """Return the fact that `Fact.to_json` wrote."""
    kind = form["type"]
    return Fact(
        name=name,
        type=kind,
        values=YES_OR_NO if kind == YES_NO else tuple(form.get("values", ())),
        wording=form.get("wording", {}),
        exclusive=tuple(form.get("exclusive", ())),
        minimum=_limit(form.get("min")),
        maximum=_limit(form.get("max")),
        unit=form.get("unit"),
        ask=form.get("ask"),
        source=form.get("from"),
        optional=form.get("optional", False),
        table=form.get("table"),
        formula=form.get("is"),
        own=own,
    )


def _limit_json(limit: Limit) -> dict[str, Any]:
    form: dict[str, Any] = {"is": limit.formula}
    if limit.exclusive:
        form["exclusive"] = True
    return form


def _limit(form: dict[str, Any] | None) -> Limit | None:
    return None if form is None else Limit(form["is"], form.get("exclusive", False))
