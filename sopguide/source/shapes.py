"""The kinds of text that the models are made of: names, flags, dates, one text or several.

The reader gives every scalar as the text that was typed; these types turn it into what a key means.
What they refuse, `misfits` puts into words.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from sopguide.facts.names import RESERVED_FACTS, RESERVED_VALUES

FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def _flag(text: object) -> bool:
    if isinstance(text, str) and text in FLAGS:
        return FLAGS[text]
    raise PydanticCustomError("flag", "write `true` or `false`")


def _date(text: object) -> date:
    try:
        if isinstance(text, str) and text.isascii() and len(text) == len("2026-05-19"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise PydanticCustomError("date", "write a date as `2026-05-19`")


def _moment(text: object) -> datetime:
    try:
        if isinstance(text, str) and text.isascii() and len(text) >= len("2026-05-19"):
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is None:
                return moment
    except ValueError:
        pass
    raise PydanticCustomError("moment", "write a time without an offset, as `2026-10-01T00:00`")


def _unreserved_fact(name: str) -> str:
    if name in RESERVED_FACTS:
        raise PydanticCustomError("reserved", "this word is reserved")
    return name


def _unreserved_value(name: str) -> str:
    if name in RESERVED_VALUES:
        raise PydanticCustomError("reserved", "this word is reserved")
    return name


def _texts(data: object) -> object:
    return (data,) if isinstance(data, str) else data


def _zone(name: str) -> str:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        if available_timezones():
            raise PydanticCustomError("zone", "no such time zone") from None
    return name


Text = Annotated[str, StringConstraints(pattern=r"\S")]
"""Something was written."""

Texts = Annotated[tuple[Text, ...], BeforeValidator(_texts)]
"""One text or a list of texts."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
NewFact = Annotated[FactName, AfterValidator(_unreserved_fact)]
Value = Annotated[Id, AfterValidator(_unreserved_value)]
Locale = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")]
Version = Annotated[
    str, StringConstraints(pattern=r"^(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*)){2}$")
]
Keep = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,3}[ymwdh]$")]
"""For how long something is kept: a number and a unit."""

Flag = Annotated[bool, BeforeValidator(_flag)]
Date = Annotated[date, BeforeValidator(_date)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
Zone = Annotated[str, AfterValidator(_zone)]

FactType = Literal[
    "yes_no", "choice", "choices", "integer", "decimal", "date", "datetime", "duration", "text"
]
End = Literal["resolved", "rejected", "escalated", "pending", "duplicate"]


TEXT, LIST, MAPPING = "\0text", "\0list", "\0mapping"
"""What unions are told apart by. These stand in pydantic's paths too, where the leading NUL keeps
them apart from the author's own keys."""

_SHAPES = {str: TEXT, list: LIST, dict: MAPPING}


def shape_of(data: Any) -> str:
    """Whether data are text, a list or a mapping."""
    return _SHAPES[data.__class__]


type_of = Discriminator(shape_of)


class Model(BaseModel):
    """What all models share: unknown keys are errors, and nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)
