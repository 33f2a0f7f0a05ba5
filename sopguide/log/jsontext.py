"""JSON as the log writes and reads it: compact, and exact in its decimals.

orjson does the work. It knows no `Decimal` and no integer beyond 64 bits, so
these are written digit for digit, and a text that holds one is read by the
slower standard library, which can keep it exact.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import orjson

# A number with a fraction or of many digits: seen in a text as well, which costs only time.
_NEEDS_CARE = re.compile(rb"(?:^|[:,\[])\s*-?(?:[0-9]+[.eE]|[0-9]{19})")
_MOST = 2**63 - 1


def dumps(value: object) -> bytes:
    """One line of JSON; raises TypeError for what has no JSON form."""
    try:
        return orjson.dumps(value, default=_exact)
    except orjson.JSONEncodeError:
        return orjson.dumps(_spelled(value), default=_exact)


def loads(text: bytes) -> Any:
    """The value of a JSON text; raises ValueError where it is none."""
    if _NEEDS_CARE.search(text):
        try:
            return json.loads(text.decode("utf-8"), parse_float=Decimal)
        except RecursionError:
            raise ValueError("it is nested too deep") from None
    return orjson.loads(text)


def _exact(value: object) -> orjson.Fragment:
    if isinstance(value, Decimal) and value.is_finite():
        return orjson.Fragment(str(value))
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _spelled(value: object) -> object:
    """The same with every integer too large for orjson written out."""
    if isinstance(value, dict):
        return {key: _spelled(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_spelled(inner) for inner in value]
    if isinstance(value, int) and abs(value) > _MOST:
        return orjson.Fragment(str(value))
    return value
