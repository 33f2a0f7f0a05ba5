"""Comparisons of two terms, as formulas: by cells where that can be, else by their order alone."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from math import ceil, floor

from sopguide.facts import fact as kinds
from sopguide.facts.times import midnight
from sopguide.proof.formulas import (
    FLIPPED,
    NO,
    SIGNS,
    Compare,
    Formula,
    Member,
    Truth,
    every,
    opposite,
    some,
)
from sopguide.proof.terms import (
    CALENDAR,
    MONTHS,
    Constant,
    Move,
    Opaque,
    Plain,
    Rounded,
    Sum,
    Term,
    keys_of,
    move_along,
    tell,
    why_out_of_reach,
)
from sopguide.walk.procedure import Procedure

EPOCH = date(1970, 1, 1).toordinal()
KINDS = {
    kinds.INTEGER: "number",
    kinds.DECIMAL: "number",
    kinds.DATE: "date",
    kinds.DATETIME: "datetime",
    kinds.DURATION: "duration",
}

_DAY = 86_400
_MEAN_MONTH = Fraction(146_097, 4_800)


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
        if self.move.unit == MONTHS:
            least, most = floor(count * _MEAN_MONTH) - 3, ceil(count * _MEAN_MONTH) + 3
        else:
            least, most = count, 2 * count + 20
        return (least, most) if self.move.count > 0 else (-most, -least)


class Orders:
    """Compares terms over the facts of one compiled SOP.

    `opaque` gathers the comparisons of which only the order can be told, with the
    reason; `moves` those of a date with one moved along the calendar.
    """

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure
        self._zone = procedure.zone
        self.opaque: dict[str, str] = {}
        self.moves: dict[str, Moved] = {}

    def order(self, left: Term, sign: str, right: Term) -> Formula:
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
        kind = KINDS[types.pop()]
        ends = {factor: Sum(((key, Fraction(1)),), Fraction(0), kind) for key, factor in gap.parts}
        return ends[Fraction(1)], ends[Fraction(-1)]

    def _counted(self, later: Sum, earlier: Sum, sign: str, right: Sum) -> Formula:
        """Compare a difference of dates with calendar months: they count from the earlier one."""
        moved = Opaque(
            f"({tell(earlier)} + {tell(right)})",
            keys_of(earlier),
            CALENDAR,
            move_along("+", earlier, right),
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
        text = f"{tell(left)} ~ {tell(right)}"
        self.opaque[text] = why_out_of_reach(left, right)
        if isinstance(right, Opaque) and right.moved is not None and isinstance(left, Sum):
            self.moves[text] = Moved(left, right.moved)
        return Compare(("order", text), sign, Fraction(0))

    def _midnight(self, day: Fraction) -> Fraction:
        return instant(midnight(date.fromordinal(int(day) + EPOCH), self._zone))


def instant(moment: datetime) -> Fraction:
    """Return a time in days since 1970."""
    return Fraction(int(moment.timestamp() * 1_000_000), _DAY * 1_000_000)


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
    return Compare(("order", f"{tell(inner)} ~ {reached - unit / 2}"), sign, Fraction(0))
