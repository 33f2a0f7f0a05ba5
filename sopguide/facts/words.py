"""Forms back to text: as an author types them, and as a lead reads them.

`write_test` and `write_expression` are the inverse of parsing: what they write parses to the form
they were given, with the sets written out. `condition_words` is for reading only: one line that
says when a rule holds, long lists cut short.
"""

from collections.abc import Iterable
from typing import Any

Form = list[Any]

SHOWN = 3
"""How many values of a long list are named before `… (30)`."""

_SUM, _PRODUCT, _FACTOR = 1, 2, 3
_BINDS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT}
_CONSTANTS = frozenset({"number", "duration", "date", "time", "fact"})


def write_expression(form: Form) -> str:
    """Write an expression: `round(amount * 0.5, 2) - used`."""
    return _expression(form, _SUM)


def _expression(form: Form, binds: int) -> str:
    kind = form[0]
    if kind in _CONSTANTS:
        return str(form[1])
    if kind == "neg":
        return f"-{_expression(form[1], _FACTOR)}"
    if kind == "round":
        places = f", {form[2]}" if form[2] else ""
        return f"round({_expression(form[1], _SUM)}{places})"
    if kind not in _BINDS:
        return f"{kind}({', '.join(_expression(part, _SUM) for part in form[1:])})"
    own = _BINDS[kind]
    text = f"{_expression(form[1], own)} {kind} {_expression(form[2], own + 1)}"
    return text if own >= binds else f"({text})"


def write_test(form: Form) -> str:
    """Write a test as an author types it: `< 13`, `13..17`, `not has receipt`."""
    kind = form[0]
    if kind in ("known", "unknown"):
        return str(kind)
    if kind == "not":
        return f"not {write_test(form[1])}"
    if kind == "and":
        return " and ".join(map(write_test, form[1:]))
    if kind == "is":
        return str(form[1])
    if kind == "..":
        return f"{write_expression(form[1])}..{write_expression(form[2])}"
    if kind in _LISTS:
        single = kind == "has_any" and len(form[1]) == 1
        return f"has {form[1][0]}" if single else f"{_LISTS[kind]}[{_joined(form[1])}]"
    return f"{kind} {write_expression(form[1])}"


_LISTS = {"in": "", "has_any": "has any ", "has_all": "has all ", "only": "only "}


def condition_words(form: Form, shown: int = SHOWN) -> str:
    """Say when a condition holds: `country is one of DE, IE, IS … (30) and age < 13`."""
    kind, *parts = form
    if kind == "test":
        return f"{parts[0]} {_words(parts[1], shown)}"
    if kind == "any":
        return " or ".join(condition_words(part, shown) for part in parts)
    return " and ".join(_grouped(part, shown) for part in parts)


def _grouped(form: Form, shown: int) -> str:
    text = condition_words(form, shown)
    return f"({text})" if form[0] == "any" and len(form) > 2 else text  # noqa: PLR2004 (two or more)


def _words(form: Form, shown: int) -> str:
    """Say what a test wants of its fact, as the rest of a sentence."""
    kind = form[0]
    if kind == "and":
        return " and ".join(_words(part, shown) for part in form[1:])
    if kind == "not":
        return _denied(form[1], shown)
    if kind in ("known", "unknown"):
        return f"is {kind}"
    if kind in ("is", ".."):
        return f"is {write_test(form)}"
    if kind in _SAID:
        return f"{_SAID[kind][len(form[1]) > 1]}{shorten(form[1], shown)}"
    return write_test(form)


def _denied(form: Form, shown: int) -> str:
    kind = form[0]
    if kind in _DENIED:
        return f"{_DENIED[kind][len(form[1]) > 1]}{shorten(form[1], shown)}"
    text = _words(form, shown)
    return f"is not {text[3:]}" if text.startswith("is ") else f"is not {text}"


_SAID = {
    "in": ("is ", "is one of "),
    "has_any": ("has ", "has any of "),
    "has_all": ("has ", "has all of "),
    "only": ("has only ", "has only "),
}
_DENIED = {
    "in": ("is not ", "is none of "),
    "has_any": ("has not ", "has none of "),
    "has_all": ("has not ", "has not all of "),
    "only": ("has not only ", "has not only "),
}


def shorten(values: Iterable[Any], shown: int = SHOWN) -> str:
    """Name a few of many values, and say how many there are."""
    named = [*values]
    if len(named) <= shown + 1:
        return _joined(named)
    return f"{_joined(named[:shown])} … ({len(named)})"


def _joined(values: Iterable[Any]) -> str:
    return ", ".join(map(str, values))
