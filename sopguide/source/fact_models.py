"""Facts as a library or an SOP declares them, sets of their values, and calendars by a fact."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, Tag

from sopguide.source.shapes import (
    LIST,
    MAPPING,
    TEXT,
    FactName,
    FactType,
    Flag,
    Model,
    Text,
    Value,
    type_of,
)

Values = Annotated[
    Annotated[tuple[Value, ...], Tag(LIST)] | Annotated[dict[Value, Text], Tag(MAPPING)], type_of
]
"""The ids of a choice, alone or with a wording each."""

Setting = Annotated[Annotated[str, Tag(TEXT)] | Annotated[tuple[Text, ...], Tag(LIST)], type_of]
"""A value as typed; several for `choices`."""

Settings = dict[FactName, Setting]


class Fact(Model):
    """A fact that a library or an SOP declares."""

    type: FactType
    values: Values | None = None
    exclusive: tuple[Value, ...] = ()
    minimum: Text | None = Field(None, alias="min")
    maximum: Text | None = Field(None, alias="max")
    unit: Text | None = None
    ask: Text | None = None
    source: Text | None = Field(None, alias="from")
    optional: Flag = False
    table: Text | None = None
    formula: Text | None = Field(None, alias="is")


class NamedSet(Model):
    """Values of one fact under one name; `in other` includes another set."""

    of: FactName
    values: tuple[Text, ...] = Field(min_length=1)


class Calendar(Model):
    """Whose holidays are no business days: a country's, or those of the country a fact names."""

    holidays: Text
