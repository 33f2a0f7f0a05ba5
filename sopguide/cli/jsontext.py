"""JSON on the command line, as it goes out: numbers exactly as they are.

It holds no character that a terminal would obey: such characters are written
as JSON escapes, so that nothing is lost. Reading is `sopguide.jsontext`.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import click

from sopguide.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_DIGITS = 1000


def write_json(value: Any) -> str:
    """Return the value as one line of JSON."""
    text = _write(value, plain=False)
    return text if clean(text) == text else _write(value, plain=True).replace("\x7f", "\\u007f")


def echo_json(values: Iterable[Any]) -> None:
    """Print each value as a line of JSON."""
    for value in values:
        click.echo(write_json(value))


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
