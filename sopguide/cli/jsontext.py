"""JSON on the command line: numbers exactly as written, in and out.

What comes in is refused where two readers could disagree about it (a key
twice, NaN). What goes out holds no character that a terminal would obey:
such characters are written as JSON escapes, so that nothing is lost.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from sopguide.clean import clean

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


def write_json(value: Any) -> str:
    """Return the value as one line of JSON."""
    text = _write(value, plain=False)
    return text if clean(text) == text else _write(value, plain=True).replace("\x7f", "\\u007f")


def write_indented(value: Any) -> str:
    """Return plain JSON data over several lines, for a person as well as for a script."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if clean(text) == text:
        return text
    return json.dumps(value, indent=2).replace("\x7f", "\\u007f")


def _write(value: Any, *, plain: bool) -> str:
    if isinstance(value, Decimal):
        # 1e999999999 has ten characters as written, and a thousand million written out
        return format(value, "f") if abs(value.adjusted()) <= _MOST_DIGITS else str(value)
    if isinstance(value, dict):
        pairs = (
            f"{_write(key, plain=plain)}: {_write(item, plain=plain)}"
            for key, item in value.items()
        )
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_write(item, plain=plain) for item in value) + "]"
    return json.dumps(value, ensure_ascii=plain)


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
