"""JSON as the log writes and reads it: compact, and exact in its numbers.

orjson does the work. It knows neither `Decimal` nor integers beyond 64 bits,
so these are written digit for digit, and a text that holds one is read by the
slower standard library, which can keep it exact. Such a whole number ends in `E0`,
which changes nothing for other readers, and tells this one to look closer.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import orjson

_MOST = 2**63 - 1
_SHALLOW = 200  # brackets; orjson writes no deeper nesting than 254, and reads one of 1024
_SORTED = orjson.OPT_SORT_KEYS
_WHOLE = "E0"
_SIGNS = (b".", b"E")  # one of these is in every number that orjson would not keep
_DIGITS = frozenset(b"0123456789")
_BEFORE_A_NUMBER = frozenset(b":,[- \n\t")


def dumps(value: object) -> bytes:
    """One line of JSON; raises TypeError for what has no JSON form.

    Half a character (a lone surrogate, which JSON can spell and UTF-8 cannot) becomes `\ufffd`.
    """
    try:
        return orjson.dumps(value, _exact)
    except orjson.JSONEncodeError:
        return orjson.dumps(_respelled(value), _exact)


def canonical(value: object) -> bytes:
    """The one JSON text of a value, whatever order its keys are in."""
    try:
        return orjson.dumps(value, _exact, _SORTED)
    except orjson.JSONEncodeError:
        return orjson.dumps(_respelled(value), _exact, _SORTED)


def loads(text: bytes) -> Any:
    """The value of a JSON text; raises ValueError where it is none."""
    if not needs_care(text):
        return orjson.loads(text)
    try:
        return json.loads(text.decode("utf-8"), parse_float=_number, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def loads_line(text: bytes) -> Any:
    """The same for one line of a log: what could not be written again is no line of it."""
    value = loads(text)
    if text.count(b"[") + text.count(b"{") > _SHALLOW:
        try:
            dumps(value)
        except TypeError as error:
            raise ValueError(str(error)) from None
    return value


def needs_care(text: bytes) -> bool:
    """Whether there is a number that orjson would not keep, or a text that looks like one."""
    for sign in _SIGNS:
        place = text.find(sign)
        while place >= 0:
            if _ends_a_number(text, place):
                return True
            place = text.find(sign, place + 1)
    return False


def _ends_a_number(text: bytes, place: int) -> bool:
    start = place
    while start > 0 and text[start - 1] in _DIGITS:
        start -= 1
    return start < place and (start == 0 or text[start - 1] in _BEFORE_A_NUMBER)


def _refuse(text: str) -> None:
    raise ValueError(f"{text} is no JSON")


def _number(text: str) -> Decimal | int:
    return int(text.removesuffix(_WHOLE)) if text.endswith(_WHOLE) else Decimal(text)


def _exact(value: object) -> orjson.Fragment:
    if isinstance(value, Decimal) and value.is_finite():
        text = str(value)
        large = text.removeprefix("-").isdecimal() and value.copy_abs() > _MOST
        return orjson.Fragment(f"{text}{_WHOLE}" if large else text)
    raise TypeError(f"{type(value).__name__} is no JSON value")


def _respelled(value: object) -> object:
    try:
        return _spelled(value)
    except RecursionError:
        raise TypeError("it is nested too deep") from None


def _spelled(value: object) -> object:
    """The same with every integer too large for orjson written out, and no half characters."""
    if isinstance(value, dict):
        return {_spelled(key): _spelled(inner) for key, inner in value.items()}
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list | tuple):
        return [_spelled(inner) for inner in value]
    if isinstance(value, int) and abs(value) > _MOST:
        return orjson.Fragment(f"{value}{_WHOLE}")
    return value
