"""Tests on one fact: `US`, `< 13`, `in eea and not IE`, `has receipt`, `known`.

Parsing gives a plain JSON form with the sets written out; evaluating it is
`evaluate.py`'s work.
"""

import re
from typing import Any

from sopguide.facts import fact as kinds
from sopguide.facts.expressions import (
    Expression,
    article,
    comparable,
    parse_expression,
    unknown_fact,
    without_length,
)
from sopguide.facts.fact import Fact
from sopguide.facts.fault import Fault
from sopguide.facts.names import RESERVED_VALUES
from sopguide.facts.scope import Scope
from sopguide.facts.values import describe, parse_text, to_json

Form = list[Any]

_MOST_CHARACTERS = 2000
_AND = re.compile(r"\s+and\s+")
_COMPARISON = re.compile(r"(<=|>=|<|>|=)\s*")
_WORD = re.compile(r"([A-Za-z]+)(?:\s+|(?=\[)|\Z)")
_HAS = re.compile(r"has(?:\s+(any|all))?(?=\s|\[|\Z)\s*")


def parse_test(data: str | list[str], fact: Fact, scope: Scope) -> Form | Fault:
    """Read the test written for `fact`; a list means "is one of"."""
    if isinstance(data, list):
        return _one_of(data, fact, scope)
    if len(data) > _MOST_CHARACTERS:
        return Fault(f"a test has at most {_MOST_CHARACTERS} characters")
    parts, place = [], 0
    for joint in [*_AND.finditer(data), None]:
        end = joint.start() if joint else len(data)
        part = _negated(data[place:end], fact, scope)
        if isinstance(part, Fault):
            return part if part.path else _placed(part, data, place, end)
        parts.append(part)
        place = joint.end() if joint else end
    return parts[0] if len(parts) == 1 else ["and", *parts]


def _placed(fault: Fault, data: str, place: int, end: int) -> Fault:
    """Return the fault of one part, placed in the whole text."""
    if fault.end is not None:
        return fault.shifted(place)
    start = place + fault.start
    start += len(data[start:end]) - len(data[start:end].lstrip())
    return Fault(
        fault.message, fault.help, start, end, fault.path, fault.kind, fault.word, fault.near
    )


def _negated(text: str, fact: Fact, scope: Scope) -> Form | Fault:
    place, negations = len(text) - len(text.lstrip()), 0
    while (word := _WORD.match(text, place)) and word[1] == "not":
        place = word.end()
        negations += 1
    found = _atom(text[place:].rstrip(), fact, scope)
    if isinstance(found, Fault):
        return found.shifted(place)
    return ["not", found] if negations % 2 else found


def _atom(text: str, fact: Fact, scope: Scope) -> Form | Fault:
    if not text:
        return Fault("a test is missing here", "write `known` to test that there is a value")
    if text in ("known", "unknown"):
        return [text]
    word = _WORD.match(text)
    if word and word[1] in ("has", "only"):
        return _holds(text, fact)
    if fact.type in (kinds.CHOICES, kinds.TEXT):
        return _not_for(fact)
    if word and word[1] == "in":
        return _in_set(text[word.end() :], fact, scope, word.end())
    comparison = _COMPARISON.match(text)
    if comparison:
        return _compared(comparison[1], text[comparison.end() :], fact, scope, comparison.end())
    return _plain(text, fact, scope)


def _plain(text: str, fact: Fact, scope: Scope) -> Form | Fault:
    """Read a test without a word or sign before it: a list, a range or a value."""
    if text.startswith("["):
        return _inline_list(text, fact, scope)
    if ".." in text and fact.type in kinds.ORDERED:
        return _range(text, fact, scope)
    return _equals(text, fact)


def _not_for(fact: Fact) -> Fault:
    if fact.type == kinds.TEXT:
        return Fault(
            f"of `{fact.name}`, a text, only `known` and `unknown` can be tested", kind="type"
        )
    return Fault(
        f"`{fact.name}` holds several values at once",
        f"write `has {fact.values[0] if fact.values else 'a'}`, `has any [..]`, `has all [..]` or "
        "`only [..]`",
        kind="type",
    )


def _equals(text: str, fact: Fact) -> Form | Fault:
    found = parse_text(text, fact)
    if isinstance(found, Fault):
        hint = found.help
        if fact.type in kinds.ORDERED and re.match(r"[a-z(]", text):
            hint = f"to compare with another fact, write `= {text}`"
        return Fault(
            found.message, hint, kind="value", word=text.split(maxsplit=1)[0], near=fact.values
        )
    return ["is", text if fact.type in kinds.TIMES else to_json(found)]


def _one_of(items: list[str], fact: Fact, scope: Scope) -> Form | Fault:
    if fact.type in (kinds.CHOICES, kinds.TEXT):
        return _not_for(fact)
    if not items:
        return Fault("the list is empty", f"name the values: {describe(fact)}")
    values: list[Any] = []
    for index, item in enumerate(items):
        found = _list_item(item.strip(), fact, scope)
        if isinstance(found, Fault):
            return found.inside(index)
        values += found
    return ["in", list(dict.fromkeys(values))]


def _list_item(item: str, fact: Fact, scope: Scope) -> Form | Fault:
    word = _WORD.match(item)
    if word and word[1] == "in":
        found = _in_set(item[word.end() :], fact, scope, word.end())
        return found if isinstance(found, Fault) else list(found[1])
    equal = _equals(item, fact)
    return equal if isinstance(equal, Fault) else [equal[1]]


def _inline_list(text: str, fact: Fact, scope: Scope) -> Form | Fault:
    items = _bracketed(text)
    if isinstance(items, Fault):
        return items
    found = _one_of([item for item, _ in items], fact, scope)
    return _inline_fault(found, items)


def _inline_fault(found: Form | Fault, items: list[tuple[str, int]]) -> Form | Fault:
    """Return a fault of one item as one of the text that the list stands in."""
    if not isinstance(found, Fault) or not found.path:
        return found
    item, place = items[int(found.path[0])]
    return Fault(
        found.message, found.help, place, place + len(item), (), found.kind, found.word, found.near
    )


def _bracketed(text: str) -> list[tuple[str, int]] | Fault:
    """Split `[US, GB]` into its items, each with its place in the text."""
    if not text.startswith("[") or not text.endswith("]"):
        return Fault(f"`{text}` is no list", "write the values in brackets: `[US, GB]`")
    items, place = [], 1
    for part in text[1:-1].split(","):
        stripped = part.strip()
        items.append((stripped, place + len(part) - len(part.lstrip())))
        place += len(part) + 1
    return [] if items == [("", 1 + len(text) - 2)] or not text[1:-1].strip() else items


def _in_set(name: str, fact: Fact, scope: Scope, place: int) -> Form | Fault:
    named = scope.sets.get(name)
    if named is None:
        return Fault(
            f"unknown set `{name}`",
            None,
            place,
            place + len(name),
            kind="set",
            word=name,
            near=tuple(scope.sets),
        )
    if named.of != fact.name:
        return Fault(
            f"set `{name}` is of `{named.of}`, not of `{fact.name}`",
            None,
            place,
            place + len(name),
            kind="set-of",
        )
    return _one_of(list(named.values), fact, scope) if named.values else ["in", []]


def _holds(text: str, fact: Fact) -> Form | Fault:
    if fact.type != kinds.CHOICES:
        return Fault(
            f"`has` and `only` test facts of type `choices`; `{fact.name}` is {article(fact.type)}",
            f"write the value itself; it takes {describe(fact)}",
            kind="type",
        )
    has = _HAS.match(text)
    end = has.end() if has else len("only")
    rest = text[end:].lstrip()
    place = len(text) - len(rest)
    found = _values_of(rest, fact, listed=has is None or has[1] is not None)
    if isinstance(found, Fault):
        return found.shifted(place)
    if has is None:
        return ["only", found]
    return ["has_all" if has[1] == "all" else "has_any", found]


def _values_of(text: str, fact: Fact, *, listed: bool) -> list[str] | Fault:
    if listed and text.startswith("["):
        items = _bracketed(text)
        if isinstance(items, Fault):
            return items
    else:
        items = [(text, 0)]
    if not items or not items[0][0]:
        return Fault("a value is missing here", f"it takes {describe(fact)}", 0, max(len(text), 1))
    for item, place in items:
        if item not in fact.values or item in RESERVED_VALUES:
            return Fault(
                f"`{item}` is not a value of `{fact.name}`",
                None,
                place,
                place + len(item),
                kind="value",
                word=item,
                near=fact.values,
            )
    return list(dict.fromkeys(item for item, _ in items))


def _compared(sign: str, text: str, fact: Fact, scope: Scope, place: int) -> Form | Fault:
    found = _operand(text, fact, scope, place, equal=sign == "=")
    return found if isinstance(found, Fault) else [sign, found.form]


def _operand(
    text: str, fact: Fact, scope: Scope, place: int, *, equal: bool = False
) -> Expression | Fault:
    if not equal and fact.type not in kinds.ORDERED:
        return Fault(
            f"`{fact.name}` is {article(fact.type)} and has no order",
            f"it takes {describe(fact)}",
            kind="type",
        )
    if equal and fact.type not in kinds.ORDERED:
        return _same_kind(text.strip(), fact, scope, place)
    found = parse_expression(text, scope)
    if isinstance(found, Fault):
        return found.shifted(place)
    if not comparable(fact.type, found.type):
        return Fault(
            f"`{fact.name}` is {article(fact.type)}, and cannot compare with {article(found.type)}",
            None,
            place,
            place + len(text),
            kind="type",
        )
    if found.business:
        return without_length(place, place + len(text))
    return found


def _same_kind(name: str, fact: Fact, scope: Scope, place: int) -> Expression | Fault:
    other = scope.fact(name)
    if other is None:
        fault = unknown_fact(name, scope, place, place + len(name))
        if name in fact.values:
            return Fault(
                fault.message,
                f"to test for the value, write `{name}` alone",
                fault.start,
                fault.end,
                kind="fact",
            )
        return fault
    if other.type != fact.type:
        return Fault(
            f"`{fact.name}` is {article(fact.type)} and cannot equal {article(other.type)}",
            None,
            place,
            place + len(name),
            kind="type",
        )
    return Expression(["fact", name], other.type)


def _range(text: str, fact: Fact, scope: Scope) -> Form | Fault:
    low, _, high = text.partition("..")
    first = _operand(low, fact, scope, 0)
    last = _operand(high, fact, scope, len(low) + 2)
    if isinstance(first, Fault):
        return first
    if isinstance(last, Fault):
        return last
    return ["..", first.form, last.form]
