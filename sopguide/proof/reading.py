"""Compiled tests, tables and sums, read as formulas over the facts that a person can give.

Computed facts are followed to what they are computed from, through tables and
sums, so that a formula mentions only facts that somebody knows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import ceil, floor
from typing import Any

from sopguide.facts import fact as kinds
from sopguide.facts.durations import Duration, parse_duration
from sopguide.facts.fact import Fact
from sopguide.facts.numbers import exact, parse_decimal
from sopguide.facts.times import midnight, parse_date, parse_time
from sopguide.facts.values import from_json
from sopguide.proof.formulas import (
    FLIPPED,
    NO,
    SIGNS,
    YES,
    Compare,
    Formula,
    Marked,
    Member,
    Truth,
    every,
    opposite,
    some,
)
from sopguide.proof.terms import (
    Constant,
    Move,
    Opaque,
    Plain,
    Rounded,
    Sum,
    Term,
    keys_of,
)
from sopguide.walk.procedure import Part, Procedure

_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86_400
_MOST_CASES = 400
_MEAN_MONTH = Fraction(146_097, 4_800)

_MONTHS = "months"
_BUSINESS_DAYS = "business days"
_MIXED = "mixed"
_CALENDAR = "calendar months and business days have no fixed length"

Case = tuple[Formula, Term]
"""A term, and when it is the value."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A comparison of a date with one moved along the calendar."""

    left: Sum
    move: Move

    @property
    def family(self) -> tuple[object, ...]:
        """Comparisons of one family differ only in how far the two dates are moved."""
        return self.left.parts, self.left.kind, self.move.base, self.move.unit

    def is_before(self, other: "Moved") -> bool:
        """Tell whether this comparison always comes out lower than another of its family."""
        here = (self.left.constant, -self.move.count)
        there = (other.left.constant, -other.move.count)
        return here != there and here[0] <= there[0] and here[1] <= there[1]

    @property
    def gap(self) -> tuple[str, str, Fraction] | None:
        """The two facts that are compared, and what their difference has more than that."""
        one, other = self.left, self.move.base
        if len(one.parts) != 1 or len(other.parts) != 1 or one.kind != other.kind:
            return None
        (x, first), (y, second) = one.parts[0], other.parts[0]
        return (x, y, one.constant - other.constant) if first == second == 1 else None

    @property
    def days(self) -> tuple[int, int]:
        """The fewest and the most days that the move can be: never less, never more."""
        count = abs(self.move.count)
        if self.move.unit == _MONTHS:
            least, most = floor(count * _MEAN_MONTH) - 3, ceil(count * _MEAN_MONTH) + 3
        else:
            least, most = count, 2 * count + 20
        return (least, most) if self.move.count > 0 else (-most, -least)


class Reader:
    """Reads the conditions of one procedure (`part`) of a compiled SOP."""

    def __init__(self, procedure: Procedure, part: Part) -> None:
        self._procedure = procedure
        self._part = part
        self._zone = procedure.zone
        self._cases: dict[str, list[Case]] = {}
        self.opaque: dict[str, str] = {}
        self.moves: dict[str, Moved] = {}

    def condition(self, form: list[Any]) -> Formula:
        """Read a compiled condition."""
        if form[0] == "test":
            return self.test(form[1], form[2])
        parts = [self.condition(part) for part in form[1:]]
        return every(parts) if form[0] == "all" else some(parts)

    def test(self, name: str, form: list[Any], *, holds: bool = True) -> Formula:
        """Read a test of one fact; with `holds` false, what makes it fail though all is known."""
        kind = form[0]
        if kind == "not":
            return self.test(name, form[1], holds=not holds)
        if kind == "and":
            parts = [self.test(name, part, holds=holds) for part in form[1:]]
            return every(parts) if holds else some(parts)
        if kind in ("known", "unknown"):
            known = self._known(self._part.facts[name])
            return known if (kind == "known") is holds else opposite(known)
        if kind == "..":
            low = self._compare(name, ">=", form[1], holds=holds)
            high = self._compare(name, "<=", form[2], holds=holds)
            return every((low, high)) if holds else some((low, high))
        if kind in SIGNS:
            return self._compare(name, kind, form[1], holds=holds)
        return some(
            every((when, self._has_value(term), self._literal(self._is(term, form), holds=holds)))
            for when, term in self.cases(name)
        )

    def equals(self, fact: Fact, value: Any) -> Formula:
        """Return where a fact has a value, given as JSON; None for "not known"."""
        key = self._part.key(fact)
        if value is None:
            return _null(key, fact)
        if fact.type == kinds.CHOICES:
            chosen = set(value)
            has = [_has(key, item) for item in fact.values if item in chosen]
            others = [opposite(_has(key, item)) for item in fact.values if item not in chosen]
            return every([opposite(_null(key, fact)), *has, *others])
        if fact.type == kinds.TEXT:
            return opposite(_null(key, fact))
        return every((opposite(_null(key, fact)), self._is(self._base(fact), ["is", value])))

    def limits(self, fact: Fact) -> Formula:
        """Return where a fact lies within its limits; "not known" always does."""
        if fact.type not in kinds.ORDERED:
            return YES
        within = []
        for limit, loose, strict in ((fact.minimum, ">=", ">"), (fact.maximum, "<=", "<")):
            if limit is not None:
                sign = strict if limit.exclusive else loose
                operands = self._expression(limit.formula)
                within += [
                    some(
                        (
                            opposite(when),
                            self._no_value(term),
                            self._order(self._base(fact), sign, term),
                        )
                    )
                    for when, term in operands
                ]
        key = self._part.key(fact)
        return some((_null(key, fact), every(within)))

    def cases(self, name: str) -> list[Case]:
        """Return what a fact's value can be, and when it is that."""
        found = self._cases.get(name)
        if found is None:
            found = self._cases[name] = list(self._read_cases(self._part.facts[name]))
        return found

    def rows(self, table: str) -> list[Formula]:
        """Return the conditions of a table's rows; the last `else` holds always."""
        rows = self._procedure.form["tables"][table]["rows"]
        return [self.condition(row["if"]) if "if" in row else YES for row in rows]

    def needs(self, name: str) -> tuple[Fact, ...]:
        """Return the facts that a person gives and that a fact's value is made from."""
        return tuple(self._bases(self._part.facts[name], set()))

    def _bases(self, fact: Fact, seen: set[str]) -> Iterator[Fact]:
        from sopguide.facts.mentions import facts_in

        if fact.name in seen:
            return
        seen.add(fact.name)
        if fact.formula is not None:
            mentioned = facts_in(fact.formula)
        elif fact.table is not None:
            rows = self._procedure.form["tables"][fact.table]["rows"]
            mentioned = set().union(*(facts_in(row["if"]) for row in rows if "if" in row))
        else:
            yield fact
            return
        for name in sorted(mentioned):
            yield from self._bases(self._part.facts[name], seen)

    # Tests

    def _literal(self, formula: Formula, *, holds: bool) -> Formula:
        return formula if holds else opposite(formula)

    def _known(self, fact: Fact) -> Formula:
        return every(
            every(
                (
                    Marked(("state", key), frozenset({"ticket", "given", "set"})),
                    opposite(_null(key, base)),
                )
            )
            for base in self._bases(fact, set())
            for key in (self._part.key(base),)
        )

    def _is(self, term: Term, form: list[Any]) -> Formula:
        """Read a test for values: `is`, `in`, `has_any`, `has_all`, `only`."""
        kind, wanted = form
        if isinstance(term, Plain) and term.fact.type == kinds.CHOICES:
            has = {item: _has(term.key, item) for item in term.fact.values}
            if kind == "only":
                return every(opposite(has[item]) for item in has if item not in wanted)
            parts = [has[item] for item in wanted]
            return some(parts) if kind == "has_any" else every(parts)
        values = wanted if kind == "in" else [wanted]
        if isinstance(term, Plain):
            return Member(("value", term.key), frozenset(values))
        if isinstance(term, Constant):
            return Truth(term.value in values)
        return some(self._order(term, "=", self._literal_sum(value, term)) for value in values)

    def _compare(self, name: str, sign: str, operand: list[Any], *, holds: bool) -> Formula:
        found = []
        for when, left in self.cases(name):
            for then, right in self._expression(operand):
                order = self._literal(self._order(left, sign, right), holds=holds)
                known = every((self._has_value(left), self._has_value(right)))
                found.append(every((when, then, known, order)))
        return some(found)

    def _order(self, left: Term, sign: str, right: Term) -> Formula:
        """Return where `left sign right` holds, both having values."""
        if isinstance(left, Plain | Constant) or isinstance(right, Plain | Constant):
            return _same(left, right)
        if isinstance(left, Rounded) and isinstance(right, Sum) and not right.parts:
            return _rounded(left, sign, right.constant)
        if isinstance(right, Rounded) and isinstance(left, Sum) and not left.parts:
            return _rounded(right, FLIPPED[sign], left.constant)
        if isinstance(left, Sum) and isinstance(right, Sum):
            if left.calendar is not None:
                left, sign, right = right, FLIPPED[sign], left
            since = self._since(left) if right.calendar is not None else None
            if since is not None:
                return self._counted(*since, sign, right)
            if {left.kind, right.kind} == {"date", "datetime"}:
                return self._days(left, sign, right)
            return self._sign_of(left.plus(right, -1, "number"), sign, left, right)
        return self._unordered(left, sign, right)

    def _since(self, gap: Sum) -> tuple[Sum, Sum] | None:
        """Return the later and the earlier date of a difference of two."""
        if gap.constant or sorted(factor for _, factor in gap.parts) != [-1, 1]:
            return None
        facts = {factor: self._procedure.fact_at(key) for key, factor in gap.parts}
        types = {fact.type for fact in facts.values() if fact is not None}
        if len(types) != 1 or not types <= kinds.TIMES:
            return None
        kind = _KINDS[types.pop()]
        ends = {factor: Sum(((key, Fraction(1)),), Fraction(0), kind) for key, factor in gap.parts}
        return ends[Fraction(1)], ends[Fraction(-1)]

    def _counted(self, later: Sum, earlier: Sum, sign: str, right: Sum) -> Formula:
        """Compare a difference of dates with calendar months: they count from the earlier one."""
        moved = Opaque(
            f"({_tell(earlier)} + {_tell(right)})",
            keys_of(earlier),
            _CALENDAR,
            _move("+", earlier, right),
        )
        return self._unordered(later, sign, moved)

    def _sign_of(self, gap: Sum, sign: str, left: Term, right: Term) -> Formula:
        """Return where a sum compares with nought."""
        if not gap.parts:
            return Truth(SIGNS[sign](gap.constant, 0))
        (first, factor), *rest = gap.parts
        bound = -gap.constant / factor
        towards = sign if factor > 0 else FLIPPED[sign]
        if not rest:
            return Compare(("value", first), towards, bound)
        if len(rest) == 1 and rest[0][1] == -factor:
            return Compare(("gap", first, rest[0][0]), towards, bound)
        return self._unordered(left, sign, right)

    def _days(self, left: Sum, sign: str, right: Sum) -> Formula:
        """Compare a date with a time: by the day of the time."""
        if left.kind == "date":
            return self._days(right, FLIPPED[sign], left)
        if right.parts or len(left.parts) != 1 or left.parts[0][1] != 1:
            return self._unordered(left, sign, right)
        first = self._midnight(right.constant) - left.constant
        after = self._midnight(right.constant + 1) - left.constant
        dimension = ("value", left.parts[0][0])
        if sign in ("<", ">="):
            return Compare(dimension, sign, first)
        if sign in ("<=", ">"):
            return Compare(dimension, "<" if sign == "<=" else ">=", after)
        return every((Compare(dimension, ">=", first), Compare(dimension, "<", after)))

    def _unordered(self, left: Term, sign: str, right: Term) -> Formula:
        """Return a comparison of which only the order can be told apart."""
        if isinstance(left, Opaque) and left.moved is not None and isinstance(right, Sum):
            left, sign, right = right, FLIPPED[sign], left
        text = f"{_tell(left)} ~ {_tell(right)}"
        self.opaque[text] = _why(left, right)
        if isinstance(right, Opaque) and right.moved is not None and isinstance(left, Sum):
            self.moves[text] = Moved(left, right.moved)
        return Compare(("order", text), sign, Fraction(0))

    def _has_value(self, term: Term) -> Formula:
        return every(opposite(self._null_at(key)) for key in keys_of(term))

    def _no_value(self, term: Term) -> Formula:
        return some(self._null_at(key) for key in keys_of(term))

    def _null_at(self, key: str) -> Formula:
        fact = self._procedure.fact_at(key)
        return NO if fact is None else _null(key, fact)

    # Terms

    def _read_cases(self, fact: Fact) -> Iterator[Case]:
        if fact.formula is not None:
            yield from self._expression(fact.formula)
        elif fact.table is not None:
            open_still: Formula = YES
            rows = self._procedure.form["tables"][fact.table]["rows"]
            for condition, row in zip(self.rows(fact.table), rows, strict=True):
                yield every((open_still, condition)), self._constant(row["value"], fact)
                open_still = every((open_still, opposite(condition)))
        else:
            yield YES, self._base(fact)

    def _base(self, fact: Fact) -> Term:
        key = self._part.key(fact)
        if fact.type in kinds.ORDERED:
            return Sum(((key, Fraction(1)),), Fraction(0), _KINDS[fact.type])
        return Plain(key, fact)

    def _constant(self, data: Any, fact: Fact) -> Term:
        if fact.type in kinds.ORDERED:
            return self._literal_sum(data, Sum((), Fraction(0), _KINDS[fact.type]))
        return Constant(data)

    def _literal_sum(self, data: Any, like: Term) -> Sum:
        """Read a value written in a test or table, of the kind of the term it is held against."""
        kind = like.kind if isinstance(like, Sum) else "number"
        if kind in ("date", "datetime"):
            return self._moment(str(data))
        fact = Fact("it", kinds.DURATION if kind == "duration" else kinds.DECIMAL)
        value = from_json(data, fact, self._zone)
        if isinstance(value, Duration):
            return _length(value)
        return Sum((), exact(value), kind)  # type: ignore[arg-type]

    def _moment(self, text: str) -> Sum:
        day = parse_date(text)
        if day is not None:
            return Sum((), Fraction(day.toordinal() - _EPOCH), "date")
        time = parse_time(text, self._zone)
        return Sum((), _instant(time) if time else Fraction(0), "datetime")

    def _expression(self, form: list[Any]) -> list[Case]:
        kind = form[0]
        if kind == "fact":
            return self.cases(form[1])
        if kind == "number":
            return [(YES, Sum((), exact(parse_decimal(form[1]) or 0), "number"))]
        if kind in ("date", "time"):
            return [(YES, self._moment(form[1]))]
        if kind == "duration":
            return [(YES, _duration(form[1]))]
        if kind == "round":
            inner = self._expression(form[1])
            return [(when, _round(term, form[2])) for when, term in inner]
        parts = [self._expression(part) for part in form[1:]]
        found: list[Case] = parts[0]
        if kind == "neg":
            return [(when, _times(term, Fraction(-1))) for when, term in found]
        for part in parts[1:]:
            found = [
                joined
                for when, left in found
                for then, right in part
                for joined in self._join(kind, every((when, then)), left, right)
            ]
        if len(found) > _MOST_CASES:
            keys = tuple(dict.fromkeys(key for _, term in found for key in keys_of(term)))
            return [(YES, Opaque(str(form), keys, "it has too many cases"))]
        return found

    def _join(self, kind: str, when: Formula, left: Term, right: Term) -> Iterator[Case]:
        if kind in ("min", "max"):
            first = self._order(left, "<=" if kind == "min" else ">=", right)
            yield every((when, first)), left
            yield every((when, opposite(first))), right
        else:
            yield when, self._apply(kind, left, right)

    def _apply(self, sign: str, left: Term, right: Term) -> Term:
        moved = None
        if isinstance(left, Sum) and isinstance(right, Sum):
            if right.kind in ("date", "datetime") and sign == "+":
                left, right = right, left
            if left.calendar or right.calendar:
                moved = _move(sign, left, right)
            else:
                found = _number(sign, left, right)
                if found is None and sign in ("+", "-"):
                    found = self._dated(sign, left, right)
                if found is not None:
                    return found
        keys = (*keys_of(left), *keys_of(right))
        why = _CALENDAR if moved is not None else _why(left, right)
        return Opaque(f"({_tell(left)} {sign} {_tell(right)})", keys, why, moved)

    def _dated(self, sign: str, left: Sum, right: Sum) -> Sum | None:
        """Return a date moved, or the gap between two dates; None where it is out of reach."""
        factor = 1 if sign == "+" else -1
        kinds_of = (left.kind, right.kind)
        if kinds_of in (("date", "date"), ("datetime", "datetime")) and sign == "-":
            return left.plus(right, -1, "duration")
        if kinds_of == ("duration", "duration"):
            return left.plus(right, factor, "duration")
        if right.kind != "duration" or right.parts:
            return None
        exact_days = right.constant.denominator == 1
        in_utc = left.kind == "datetime" and self._zone.utcoffset(None) is not None
        if left.kind == "date" and not exact_days:
            return None
        return left.plus(right, factor, left.kind) if left.kind == "date" or in_utc else None

    def _midnight(self, day: Fraction) -> Fraction:
        return _instant(midnight(date.fromordinal(int(day) + _EPOCH), self._zone))


_KINDS = {
    kinds.INTEGER: "number",
    kinds.DECIMAL: "number",
    kinds.DATE: "date",
    kinds.DATETIME: "datetime",
    kinds.DURATION: "duration",
}


def _instant(moment: datetime) -> Fraction:
    return Fraction(int(moment.timestamp() * 1_000_000), _DAY * 1_000_000)


def _null(key: str, fact: Fact) -> Formula:
    return Marked(("null", key), frozenset({"not known"})) if fact.optional else NO


def _has(key: str, value: str) -> Formula:
    return Marked(("has", key, value), frozenset({"in"}))


def _same(left: Term, right: Term) -> Formula:
    if isinstance(left, Constant):
        left, right = right, left
    if isinstance(left, Constant):
        return Truth(left == right)
    if not isinstance(left, Plain):
        return NO
    if isinstance(right, Constant):
        return Member(("value", left.key), frozenset({right.value}))
    if not isinstance(right, Plain):
        return NO
    return some(
        every(
            (
                Member(("value", left.key), frozenset({value})),
                Member(("value", right.key), frozenset({value})),
            )
        )
        for value in left.fact.values
        if value in right.fact.values
    )


def _number(sign: str, left: Sum, right: Sum) -> Sum | None:
    if sign in ("+", "-") and left.kind == right.kind == "number":
        return left.plus(right, 1 if sign == "+" else -1, "number")
    if sign == "*" and not left.parts:
        return right.times(left.constant)
    if sign == "*" and not right.parts:
        return left.times(right.constant)
    if sign == "/" and not right.parts and right.constant:
        return left.times(1 / right.constant)
    return None


def _duration(text: str) -> Sum:
    duration = parse_duration(text)
    if not isinstance(duration, Duration):
        raise TypeError(text)
    return _length(duration)


def _length(duration: Duration) -> Sum:
    length = Fraction(duration.length, _DAY)
    if not duration.months and not duration.business:
        return Sum((), length, "duration")
    alone = [n for n in (duration.months, duration.business, duration.days, duration.seconds) if n]
    unit = _MONTHS if duration.months else _BUSINESS_DAYS
    mixed = len(alone) > 1
    calendar = (_MIXED, 0) if mixed else (unit, duration.months or duration.business)
    return Sum((), length, "duration", calendar)


def _move(sign: str, left: Sum, right: Sum) -> Move | None:
    """Tell how a date is moved, where it is moved by one calendar unit and nothing else."""
    if sign not in ("+", "-") or left.kind not in ("date", "datetime") or right.calendar is None:
        return None
    unit, count = right.calendar
    return None if unit == _MIXED else Move(left, unit, count if sign == "+" else -count)


def _times(term: Term, factor: Fraction) -> Term:
    if isinstance(term, Sum) and term.calendar is None:
        return term.times(factor)
    return Opaque(f"{factor} * {_tell(term)}", keys_of(term), _why(term, term))


def _round(term: Term, places: int) -> Term:
    if isinstance(term, Sum):
        return Rounded(term, places)
    return Opaque(f"round({_tell(term)}, {places})", keys_of(term), _why(term, term))


def _rounded(term: Rounded, sign: str, bound: Fraction) -> Formula:
    """Return where a rounded sum compares with a number: rounding never turns an order round."""
    unit = Fraction(1, 10**term.places)
    if sign in (">=", "<"):
        reached = -(-bound // unit) * unit  # the first rounded value that is not below the bound
        at_least = _from(term.inner, reached, unit)
        return at_least if sign == ">=" else opposite(at_least)
    if sign in (">", "<="):
        reached = (bound // unit + 1) * unit
        above = _from(term.inner, reached, unit)
        return above if sign == ">" else opposite(above)
    return every((_rounded(term, ">=", bound), _rounded(term, "<=", bound)))


def _from(inner: Sum, reached: Fraction, unit: Fraction) -> Formula:
    """Return where a sum rounds to `reached` or more; a half goes away from nought."""
    sign = ">=" if reached > 0 else ">"
    gap = Sum(inner.parts, inner.constant - (reached - unit / 2), "number")
    if not gap.parts:
        return Truth(SIGNS[sign](gap.constant, 0))
    (first, factor), *rest = gap.parts
    towards = sign if factor > 0 else FLIPPED[sign]
    bound = -gap.constant / factor
    if not rest:
        return Compare(("value", first), towards, bound)
    if len(rest) == 1 and rest[0][1] == -factor:
        return Compare(("gap", first, rest[0][0]), towards, bound)
    return Compare(("order", f"{_tell(inner)} ~ {reached - unit / 2}"), sign, Fraction(0))


def _tell(term: Term) -> str:
    if isinstance(term, Sum) and term.calendar is not None:
        return "{1} {0}".format(*term.calendar)
    if isinstance(term, Sum):
        parts = [f"{factor}*{key}" if factor != 1 else key for key, factor in term.parts]
        return " + ".join([*parts, str(term.constant)] if term.constant or not parts else parts)
    if isinstance(term, Rounded):
        return f"round({_tell(term.inner)}, {term.places})"
    if isinstance(term, Opaque):
        return term.text
    return term.key if isinstance(term, Plain) else term.value


def _why(left: Term, right: Term) -> str:
    for term in (left, right):
        if isinstance(term, Opaque):
            return term.why
        if isinstance(term, Sum) and term.calendar is not None:
            return _CALENDAR
    return "more than two facts are compared at once"
