"""JSON as the log writes and reads it: compact, and exact in its decimals.

orjson does the work. It knows no `Decimal`, so one is written digit for
digit, and a text that holds a fraction is read by the slower standard
library, which can keep it exact.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import orjson

_FRACTION = re.compile(rb"[:,\[]\s*-?[0-9]+[.eE]")


def dumps(value: object) -> bytes:
    return orjson.dumps(value, default=_exact)


def loads(text: bytes) -> Any:  # noqa: ANN401  JSON is whatever it is
    """The value of a JSON text; raises ValueError where it is none."""
    if _FRACTION.search(text):
        return json.loads(text.decode("utf-8"), parse_float=Decimal)
    return orjson.loads(text)


def _exact(value: object) -> orjson.Fragment:
    if isinstance(value, Decimal) and value.is_finite():
        return orjson.Fragment(str(value))
    raise TypeError(f"{type(value).__name__} is no JSON value")
