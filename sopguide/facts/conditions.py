"""Conditions: a mapping of fact to test, all of which must hold; a list where any may.

`any: [ ... ]` puts such a list inside a mapping. The order is kept: it
decides which unknown fact is asked for first.
"""

from typing import Any

from sopguide.facts.expressions import unknown_fact
from sopguide.facts.fault import Fault
from sopguide.facts.scope import Scope
from sopguide.facts.tests import parse_test

Form = list[Any]

_EXAMPLE = "write for example `{country: in eea, age: 13..17}`"


def parse_condition(data: Any, scope: Scope) -> tuple[Form, list[Fault]]:
    """Read an `if:` from plain data; every fault found, each with its path in the data."""
    faults: list[Fault] = []
    if isinstance(data, list):
        return _any(data, scope, faults, ()), faults
    return _all(data, scope, faults, ()), faults


def _any(data: Any, scope: Scope, faults: list[Fault], path: tuple[str | int, ...]) -> Form:
    if not isinstance(data, list) or not data:
        faults.append(Fault("`any` takes a list of conditions", _EXAMPLE, path=path))
        return ["any"]
    return ["any", *(_all(item, scope, faults, (*path, index)) for index, item in enumerate(data))]


def _all(data: Any, scope: Scope, faults: list[Fault], path: tuple[str | int, ...]) -> Form:
    if not isinstance(data, dict) or not data:
        faults.append(Fault("a condition is a mapping of fact to test", _EXAMPLE, path=path))
        return ["all"]
    items: list[Any] = []
    for name, test in data.items():
        where = (*path, name)
        if name == "any":
            items.append(_any(test, scope, faults, where))
            continue
        item = _item(name, test, scope)
        if isinstance(item, Fault):
            faults.append(item.inside(*where))
        else:
            items.append(item)
    return ["all", *items]


def _item(name: str, test: Any, scope: Scope) -> Form | Fault:
    fact = scope.fact(name)
    if fact is None:
        return unknown_fact(name, scope)
    if not isinstance(test, str) and not _is_texts(test):
        return Fault(
            "a test is a text or a list of values", "write for example `13..17` or `[US, GB]`"
        )
    parsed = parse_test(test, fact, scope)
    return parsed if isinstance(parsed, Fault) else ["test", name, parsed]


def _is_texts(data: Any) -> bool:
    return isinstance(data, list) and all(isinstance(item, str) for item in data)
