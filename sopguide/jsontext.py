"""JSON that others wrote, taken at its word: numbers exactly as written.

It is refused where two readers could disagree about it (a key twice, NaN),
and where it could bring down what takes it up (too deep, a number without end).
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

_MOST_DIGITS = 1000
_DEEPEST = 200


class NotJsonError(ValueError):
    """The text is no JSON that can be taken at its word; the message says why."""


def read_json(text: str) -> Any:
    """Return the value of a JSON text, fractions as Decimal; raises NotJsonError."""
    try:
        value = json.loads(
            text,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_refuse,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise NotJsonError(f"{error.msg} (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise NotJsonError("it is nested too deep") from None
    if text.count("[") + text.count("{") > _DEEPEST and _is_deep(value):
        raise NotJsonError("it is nested too deep")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotJsonError(f"the key `{twice}` is there twice")
    return made


def _is_deep(value: Any) -> bool:
    """Whether it is nested deeper than what takes it up later can follow."""
    level = [value]
    for _ in range(_DEEPEST):
        inner = [item.values() if isinstance(item, dict) else item for item in level]
        level = [part for item in inner for part in item if isinstance(part, dict | list)]
        if not level:
            return False
    return True


def _decimal(text: str) -> Decimal:
    if len(text) > _MOST_DIGITS:
        raise NotJsonError("a number is too long")
    return Decimal(text)


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise NotJsonError("a number is too long")
    return int(text)


def _refuse(text: str) -> None:
    raise NotJsonError(f"`{text}` is no JSON number")
