"""Values as the proof sees them: sums of facts where they are that, else out of reach.

A number, a date or a time becomes a `Sum` (facts times factors, plus a
constant; dates in days, times in days since 1970). What is no sum (a
product of facts, calendar months from an unknown date) is `Opaque`: only
its order against one other value can be told apart.
"""

from dataclasses import dataclass
from fractions import Fraction

from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.fact import Fact

_DAY = 86_400

MONTHS = "months"
BUSINESS_DAYS = "business days"
_MIXED = "mixed"
CALENDAR = "calendar months and business days have no fixed length"
CLOCKS = "days are longer or shorter where clocks change"
PRODUCT = "facts are multiplied or divided by each other"


@dataclass(frozen=True, slots=True)
class Sum:
    """Facts times factors, plus a constant. `kind` is number, date, datetime or duration.

    `calendar` is set for a duration of calendar months or business days alone: its unit
    and how many. Compared with other durations it has its mean length; added to a
    date it moves along the calendar. `days` and `hours` tell what a duration is made of:
    days follow the clocks of a zone, hours do not.
    """

    parts: tuple[tuple[str, Fraction], ...]
    constant: Fraction
    kind: str
    calendar: tuple[str, int] | None = None
    days: bool = False
    hours: bool = False

    def plus(self, other: "Sum", factor: int, kind: str) -> "Sum":
        """Return the sum of both, the other one times `factor`."""
        parts = dict(self.parts)
        for key, each in other.parts:
            parts[key] = parts.get(key, Fraction(0)) + factor * each
        kept = tuple(sorted((key, each) for key, each in parts.items() if each))
        constant = self.constant + factor * other.constant
        if kind != "duration":
            return Sum(kept, constant, kind)
        days, hours = self.days or other.days, self.hours or other.hours
        return Sum(kept, constant, kind, days=days, hours=hours)

    def times(self, factor: Fraction) -> "Sum":
        """Return the sum times a number."""
        if not factor:
            return Sum((), Fraction(0), self.kind)
        parts = tuple((key, each * factor) for key, each in self.parts)
        return Sum(parts, self.constant * factor, self.kind, days=self.days, hours=self.hours)


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


def join_numbers(sign: str, left: Sum, right: Sum) -> Sum | None:
    """Return a sum, a multiple or a share as a sum; None where it is none."""
    if sign in ("+", "-") and left.kind == right.kind == "number":
        return left.plus(right, 1 if sign == "+" else -1, "number")
    if sign == "*" and not left.parts:
        return right.times(left.constant)
    if sign == "*" and not right.parts:
        return left.times(right.constant)
    if sign == "/" and not right.parts and right.constant:
        return left.times(1 / right.constant)
    return None


def multiply(term: Term, factor: Fraction) -> Term:
    """Return a term times a number."""
    if isinstance(term, Sum) and term.calendar is None:
        return term.times(factor)
    return Opaque(f"{factor} * {tell(term)}", keys_of(term), why_out_of_reach(term, term))


def round_term(term: Term, places: int) -> Term:
    """Return a term rounded half up."""
    if isinstance(term, Sum):
        return Rounded(term, places)
    return Opaque(f"round({tell(term)}, {places})", keys_of(term), why_out_of_reach(term, term))


def move_along(sign: str, left: Sum, right: Sum) -> Move | None:
    """Tell how a date is moved, where it is moved by one calendar unit and nothing else."""
    if sign not in ("+", "-") or left.kind not in ("date", "datetime") or right.calendar is None:
        return None
    unit, count = right.calendar
    return None if unit == _MIXED else Move(left, unit, count if sign == "+" else -count)


def read_duration(text: str) -> Sum:
    """Read a duration of a compiled form."""
    duration = parse_duration(text)
    if not isinstance(duration, Duration):
        raise TypeError(text)
    return length_of(duration)


def length_of(duration: Duration) -> Sum:
    """Return a duration in days, with the calendar unit that it is made of."""
    length = Fraction(duration.length, _DAY)
    if not duration.months and not duration.business:
        days, hours = bool(duration.days), bool(duration.seconds)
        return Sum((), length, "duration", days=days, hours=hours)
    alone = [n for n in (duration.months, duration.business, duration.days, duration.seconds) if n]
    unit = MONTHS if duration.months else BUSINESS_DAYS
    mixed = len(alone) > 1
    calendar = (_MIXED, 0) if mixed else (unit, duration.months or duration.business)
    return Sum((), length, "duration", calendar)


def tell(term: Term) -> str:
    """Return a term as a text that tells it from all others."""
    if isinstance(term, Sum) and term.calendar is not None:
        return "{1} {0}".format(*term.calendar)
    if isinstance(term, Sum):
        parts = [f"{factor}*{key}" if factor != 1 else key for key, factor in term.parts]
        return " + ".join([*parts, str(term.constant)] if term.constant or not parts else parts)
    if isinstance(term, Rounded):
        return f"round({tell(term.inner)}, {term.places})"
    if isinstance(term, Opaque):
        return term.text
    return term.key if isinstance(term, Plain) else term.value


def why_out_of_reach(left: Term, right: Term) -> str:
    """Say why two terms cannot be told apart any further."""
    for term in (left, right):
        if isinstance(term, Opaque):
            return term.why
        if isinstance(term, Sum) and term.calendar is not None:
            return CALENDAR
    return "more than two facts are compared at once"
