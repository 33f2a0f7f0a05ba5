"""Values as the proof sees them: sums of facts where they are that, else out of reach.

A number, a date or a time becomes a `Sum` (facts times factors, plus a
constant; dates in days, times in days since 1970). What is no sum (a
product of facts, calendar months from an unknown date) is `Opaque`: only
its order against one other value can be told apart.
"""

from dataclasses import dataclass
from fractions import Fraction

from sopguide.facts.fact import Fact


@dataclass(frozen=True, slots=True)
class Sum:
    """Facts times factors, plus a constant. `kind` is number, date, datetime or duration.

    `calendar` is set for a duration of calendar months or business days alone: its unit
    and how many. Compared with other durations it has its mean length; added to a
    date it moves along the calendar.
    """

    parts: tuple[tuple[str, Fraction], ...]
    constant: Fraction
    kind: str
    calendar: tuple[str, int] | None = None

    def plus(self, other: "Sum", factor: int, kind: str) -> "Sum":
        """Return the sum of both, the other one times `factor`."""
        parts = dict(self.parts)
        for key, each in other.parts:
            parts[key] = parts.get(key, Fraction(0)) + factor * each
        kept = tuple(sorted((key, each) for key, each in parts.items() if each))
        return Sum(kept, self.constant + factor * other.constant, kind)

    def times(self, factor: Fraction) -> "Sum":
        """Return the sum times a number."""
        if not factor:
            return Sum((), Fraction(0), self.kind)
        parts = tuple((key, each * factor) for key, each in self.parts)
        return Sum(parts, self.constant * factor, self.kind)


@dataclass(frozen=True, slots=True)
class Rounded:
    """A sum, rounded half up to so many decimals."""

    inner: Sum
    places: int


@dataclass(frozen=True, slots=True)
class Move:
    """A date moved by calendar months or business days: from where, the unit, how many."""

    base: Sum
    unit: str
    count: int


@dataclass(frozen=True, slots=True)
class Opaque:
    """A value that only its own text stands for; `why` says what is out of reach.

    `moved` tells a date moved along the calendar. Such dates keep their order.
    """

    text: str
    keys: tuple[str, ...]
    why: str
    moved: "Move | None" = None


@dataclass(frozen=True, slots=True)
class Plain:
    """A fact without order: a choice, several choices, a text."""

    key: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class Constant:
    """A value of a choice."""

    value: str


Term = Sum | Rounded | Opaque | Plain | Constant


def keys_of(term: Term) -> tuple[str, ...]:
    """Return the facts that a term is made of."""
    if isinstance(term, Sum):
        return tuple(key for key, _ in term.parts)
    if isinstance(term, Rounded):
        return keys_of(term.inner)
    if isinstance(term, Opaque):
        return term.keys
    return (term.key,) if isinstance(term, Plain) else ()
