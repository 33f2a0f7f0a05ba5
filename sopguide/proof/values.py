"""What a fact's value can be, and when: computed facts followed through sums and tables."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from sopguide.facts import fact as kinds
from sopguide.facts.durations import Duration
from sopguide.facts.fact import Fact
from sopguide.facts.numbers import exact, parse_decimal
from sopguide.facts.times import parse_date, parse_time
from sopguide.facts.values import from_json
from sopguide.proof.formulas import YES, Formula, every, opposite
from sopguide.proof.orders import EPOCH, KINDS, Orders, instant
from sopguide.proof.terms import (
    CALENDAR,
    CLOCKS,
    PRODUCT,
    Constant,
    Opaque,
    Plain,
    Sum,
    Term,
    join_numbers,
    keys_of,
    length_of,
    move_along,
    multiply,
    read_duration,
    round_term,
    tell,
    why_out_of_reach,
)
from sopguide.walk.procedure import Part, Procedure

_MOST_CASES = 400

Case = tuple[Formula, Term]
"""A term, and when it is the value."""


class Values:
    """The values of the facts in sight of one procedure; `rows` reads a table's conditions."""

    def __init__(
        self,
        procedure: Procedure,
        part: Part,
        orders: Orders,
        rows: Callable[[str], list[Formula]],
    ) -> None:
        self._procedure = procedure
        self._part = part
        self._zone = procedure.zone
        self._orders = orders
        self._rows = rows
        self._cases: dict[str, list[Case]] = {}

    def cases(self, name: str) -> list[Case]:
        """Return what a fact's value can be, and when it is that."""
        found = self._cases.get(name)
        if found is None:
            found = self._cases[name] = list(self._read_cases(self._part.facts[name]))
        return found

    def _read_cases(self, fact: Fact) -> Iterator[Case]:
        if fact.formula is not None:
            yield from self.expression(fact.formula)
        elif fact.table is not None:
            open_still: Formula = YES
            rows = self._procedure.form["tables"][fact.table]["rows"]
            for condition, row in zip(self._rows(fact.table), rows, strict=True):
                yield every((open_still, condition)), self._constant(row["value"], fact)
                open_still = every((open_still, opposite(condition)))
        else:
            yield YES, self.base(fact)

    def base(self, fact: Fact) -> Term:
        """Return a fact that a person gives, as a term."""
        key = self._part.key(fact)
        if fact.type in kinds.ORDERED:
            return Sum(((key, Fraction(1)),), Fraction(0), KINDS[fact.type])
        return Plain(key, fact)

    def _constant(self, data: Any, fact: Fact) -> Term:
        if fact.type in kinds.ORDERED:
            return self.literal(data, KINDS[fact.type])
        return Constant(data)

    def literal(self, data: Any, kind: str) -> Sum:
        """Read a value of a kind, written in a test or table."""
        if kind in ("date", "datetime"):
            return self._moment(str(data))
        fact = Fact("it", kinds.DURATION if kind == "duration" else kinds.DECIMAL)
        value = from_json(data, fact, self._zone)
        if isinstance(value, Duration):
            return length_of(value)
        return Sum((), exact(value), kind)  # type: ignore[arg-type]

    def _moment(self, text: str) -> Sum:
        day = parse_date(text)
        if day is not None:
            return Sum((), Fraction(day.toordinal() - EPOCH), "date")
        time = parse_time(text, self._zone)
        return Sum((), instant(time) if time else Fraction(0), "datetime")

    def expression(self, form: list[Any]) -> list[Case]:
        """Return what a compiled expression can come to, and when it is that."""
        kind = form[0]
        if kind == "fact":
            return self.cases(form[1])
        if kind == "number":
            return [(YES, Sum((), exact(parse_decimal(form[1]) or 0), "number"))]
        if kind in ("date", "time"):
            return [(YES, self._moment(form[1]))]
        if kind == "duration":
            return [(YES, read_duration(form[1]))]
        if kind == "round":
            inner = self.expression(form[1])
            return [(when, round_term(term, form[2])) for when, term in inner]
        parts = [self.expression(part) for part in form[1:]]
        found: list[Case] = parts[0]
        if kind == "neg":
            return [(when, multiply(term, Fraction(-1))) for when, term in found]
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
            first = self._orders.order(left, "<=" if kind == "min" else ">=", right)
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
                moved = move_along(sign, left, right)
            else:
                found = join_numbers(sign, left, right)
                if found is None and sign in ("+", "-"):
                    found = self._dated(sign, left, right)
                if found is not None:
                    return found
        keys = (*keys_of(left), *keys_of(right))
        why = CALENDAR if moved is not None else why_out_of_reach(left, right)
        if sign in ("*", "/") and isinstance(left, Sum) and isinstance(right, Sum):
            why = PRODUCT
        elif _is_moved_by_clocks(left, right):
            why = CLOCKS
        return Opaque(f"({tell(left)} {sign} {tell(right)})", keys, why, moved)

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
        in_utc = self._zone.utcoffset(None) is not None
        fixed = not right.hours if left.kind == "date" else in_utc or not right.days
        return left.plus(right, factor, left.kind) if fixed else None


def _is_moved_by_clocks(left: Term, right: Term) -> bool:
    """Tell whether a date or time is moved by a plain length, as the clocks of a zone go."""
    if not (isinstance(left, Sum) and isinstance(right, Sum)) or left.calendar or right.calendar:
        return False
    return left.kind in ("date", "datetime") and right.kind == "duration" and not right.parts
