"""Conditions as the proof sees them: literals about one dimension each, joined by and, or, not.

A dimension is named by a tuple: `("value", fact)`, `("gap", fact, other)` for the
difference of two facts, `("order", text)` for a comparison out of reach, `("has",
fact, value)`, `("null", fact)`, `("state", fact)`.
"""

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Dimension = tuple[str, ...]
Sign = Callable[[Any, Any], bool]

SIGNS: dict[str, Sign] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


@dataclass(frozen=True, slots=True)
class Truth:
    """Holds always, or never."""

    holds: bool


@dataclass(frozen=True, slots=True)
class All:
    """Holds where every part does."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Holds where a part does."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Holds where the part does not."""

    part: "Formula"


@dataclass(frozen=True, slots=True)
class Compare:
    """A number of a dimension against a constant."""

    dimension: Dimension
    sign: str
    constant: Fraction


@dataclass(frozen=True, slots=True)
class Member:
    """A choice is among some of its values."""

    dimension: Dimension
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Marked:
    """A dimension without numbers or values is in one of these of its cells."""

    dimension: Dimension
    cells: frozenset[str]


Formula = Truth | All | Some | Not | Compare | Member | Marked

YES = Truth(holds=True)
NO = Truth(holds=False)


def every(parts: Iterable[Formula]) -> Formula:
    """Join by and."""
    kept = [part for part in parts if part != YES]
    if NO in kept:
        return NO
    if not kept:
        return YES
    return kept[0] if len(kept) == 1 else All(tuple(kept))


def some(parts: Iterable[Formula]) -> Formula:
    """Join by or."""
    kept = [part for part in parts if part != NO]
    if YES in kept:
        return YES
    if not kept:
        return NO
    return kept[0] if len(kept) == 1 else Some(tuple(kept))


def opposite(part: Formula) -> Formula:
    """Return what holds where `part` does not."""
    if isinstance(part, Truth):
        return Truth(not part.holds)
    return part.part if isinstance(part, Not) else Not(part)


def literals(formula: Formula) -> Iterable[Compare | Member | Marked]:
    """Return the literals that a formula is made of."""
    if isinstance(formula, All | Some):
        for part in formula.parts:
            yield from literals(part)
    elif isinstance(formula, Not):
        yield from literals(formula.part)
    elif not isinstance(formula, Truth):
        yield formula
