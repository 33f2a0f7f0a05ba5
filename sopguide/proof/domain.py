"""The space of an SOP: a dimension for every fact and comparison, cut into its cells."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import permutations

from sopguide.facts import fact as kinds
from sopguide.facts.fact import Fact
from sopguide.proof.cells import Cell, cut_choice, cut_line
from sopguide.proof.diagrams import EVERYTHING, NOTHING, Space
from sopguide.proof.differences import NOUGHT, Line, fitting
from sopguide.proof.formulas import (
    All,
    Compare,
    Dimension,
    Formula,
    Marked,
    Member,
    Not,
    Some,
    Truth,
    literals,
)
from sopguide.proof.orders import Moved
from sopguide.walk.procedure import Procedure

WORDS = re.compile(r"[A-Za-z0-9_:/-]+")
"""The facts that the text of a comparison may name."""

MARKS = {
    "has": ("out", "in"),
    "null": ("known", "not known"),
    "state": ("unknown", "ticket", "given", "set"),
    "visited": ("new", "again"),
}
_ORDER = (
    Cell(None, Fraction(0)),
    Cell(Fraction(0), Fraction(0), point=True),
    Cell(Fraction(0), None),
)


class Domain:
    """Dimensions with their cells, and formulas as sets of combinations."""

    def __init__(
        self,
        procedure: Procedure,
        formulas: Iterable[Formula],
        more: Iterable[Dimension],
        moves: Mapping[str, Moved],
    ) -> None:
        self._procedure = procedure
        self._moves = moves
        self._sets: dict[Formula, int] = {}
        cuts = _Cuts()
        for formula in formulas:
            cuts.take(formula)
        self.dimensions = cuts.ordered(more)
        self.index = {dimension: place for place, dimension in enumerate(self.dimensions)}
        self._by_fact = self._find_facts()
        self.cells = [self._cut(dimension, cuts) for dimension in self.dimensions]
        self.space = Space([len(cells) for cells in self.cells])
        self.possible = self._possible()

    def set_of(self, formula: Formula) -> int:
        """Return the combinations in which a formula holds."""
        found = self._sets.get(formula)
        if found is None:
            found = self._sets[formula] = self._read(formula)
        return found

    @property
    def numbered(self) -> list[str]:
        """The facts that have a dimension of numbers or values."""
        return [dimension[1] for dimension in self.dimensions if dimension[0] == "value"]

    def of_fact(self, key: str) -> list[int]:
        """Return the dimensions that change with the value of a fact."""
        return self._by_fact.get(key, [])

    def forget(self, combinations: int, key: str) -> int:
        """Return the combinations with a fact's value open, and possible again."""
        for place in self.of_fact(key):
            combinations = self.space.freed(combinations, place)
        return self.space.both(combinations, self.possible)

    def mark(self, dimension: Dimension, *marks: str) -> int:
        """Return the combinations in which a dimension bears one of these marks."""
        return self.set_of(Marked(dimension, frozenset(marks)))

    def marked(self, combinations: int, dimension: Dimension, mark: str) -> int:
        """Return the combinations after a dimension has got a mark."""
        freed = self.space.freed(combinations, self.index[dimension])
        return self.space.both(freed, self.mark(dimension, mark))

    def _read(self, formula: Formula) -> int:
        space = self.space
        if isinstance(formula, Truth):
            return EVERYTHING if formula.holds else NOTHING
        if isinstance(formula, Not):
            return space.without(EVERYTHING, self.set_of(formula.part))
        if isinstance(formula, All):
            found = EVERYTHING
            for part in formula.parts:
                found = space.both(found, self.set_of(part))
            return found
        if isinstance(formula, Some):
            found = NOTHING
            for part in formula.parts:
                found = space.either(found, self.set_of(part))
            return found
        place = self.index[formula.dimension]
        return space.cube(place, self._places(formula, self.cells[place]))

    def _places(self, literal: Compare | Member | Marked, cells: list[Cell]) -> list[int]:
        if isinstance(literal, Compare):
            return _compared(cells, literal.sign, literal.constant)
        if isinstance(literal, Member):
            return [place for place, cell in enumerate(cells) if set(cell.values) & literal.values]
        return [place for place, cell in enumerate(cells) if cell.label in literal.cells]

    def _cut(self, dimension: Dimension, cuts: "_Cuts") -> list[Cell]:
        kind = dimension[0]
        if kind == "value":
            fact = self._procedure.fact_at(dimension[1])
            if fact is None:
                raise LookupError(dimension[1])
            if fact.type not in kinds.ORDERED:
                return cut_choice(fact, cuts.groups.get(dimension, ()))
            low, high = _bounds(fact)
            whole = fact.type in (kinds.INTEGER, kinds.DATE)
            points = cuts.points.get(dimension, ())
            return cut_line(points, whole=whole, low=low, high=high) or [Cell()]
        if kind == "gap":
            return cut_line(cuts.points.get(dimension, ()), whole=self._is_whole(dimension))
        if kind == "order":
            return list(_ORDER)
        return [Cell(label=mark) for mark in MARKS[kind]]

    def _is_whole(self, dimension: Dimension) -> bool:
        types = {fact.type for key in dimension[1:] if (fact := self._procedure.fact_at(key))}
        return types <= {kinds.INTEGER} or types <= {kinds.DATE}

    def _possible(self) -> int:
        """The combinations that can be: differences fit, and several choices hold together."""
        found = fitting(self.space, self._lines())
        for key in {dimension[1] for dimension in self.dimensions if dimension[0] == "has"}:
            found = self.space.both(found, self._choosable(key))
        return self.space.both(found, self._in_order())

    def _find_facts(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, dimension in enumerate(self.dimensions):
            if dimension[0] in ("value", "gap", "null"):
                keys: Iterable[str] = dimension[1:]
            elif dimension[0] == "has":
                keys = dimension[1:2]
            else:
                keys = WORDS.findall(dimension[1]) if dimension[0] == "order" else ()
            for key in keys:
                found.setdefault(key, []).append(place)
        return found

    def _in_order(self) -> int:
        """Of two dates moved from the same one, the one moved further is later."""
        orders = [d for d in self.dimensions if d[0] == "order" and d[1] in self._moves]
        space, found = self.space, EVERYTHING
        for lower, higher in permutations(orders, 2):
            one, other = self._moves[lower[1]], self._moves[higher[1]]
            if one.family == other.family and one.is_before(other):
                reached = space.cube(self.index[lower], [1, 2])
                not_past = space.cube(self.index[higher], [0, 1])
                found = space.without(found, space.both(reached, not_past))
        for order in orders:
            found = space.both(found, self._within_days(order, self._moves[order[1]]))
        return found

    def _within_days(self, order: Dimension, moved: Moved) -> int:
        """A date moved along the calendar lies within so many days, however it is moved."""
        named = moved.gap
        if named is None:
            return EVERYTHING
        x, y, more = named
        space, found = self.space, EVERYTHING
        least, most = (days - more for days in moved.days)
        for pair, turn in ((("gap", x, y), 1), (("gap", y, x), -1)):
            if pair not in self.index:
                continue
            place = self.index[pair]
            low, high = (least, most) if turn > 0 else (-most, -least)
            below = [n for n, cell in enumerate(self.cells[place]) if _ends_before(cell, low)]
            above = [n for n, cell in enumerate(self.cells[place]) if _begins_after(cell, high)]
            if turn < 0:
                below, above = above, below
            before, after = space.cube(place, below), space.cube(place, above)
            found = space.without(found, space.both(before, space.cube(self.index[order], [1, 2])))
            found = space.without(found, space.both(after, space.cube(self.index[order], [0, 1])))
        return found

    def _lines(self) -> dict[tuple[str, str], Line]:
        """The numbers of facts and their differences; a number is a difference from nought."""
        compared = {key for each in self.dimensions if each[0] == "gap" for key in each[1:]}
        lines = {}
        for place, dimension in enumerate(self.dimensions):
            kind, *keys = dimension
            if kind == "gap" or (kind == "value" and keys[0] in compared):
                one, other = (*keys, NOUGHT)[:2]
                lines[one, other] = Line(place, self.cells[place], self._is_whole(dimension))
        return lines

    def _choosable(self, key: str) -> int:
        """Several choices at once: at least one, and what stands alone alone."""
        fact = self._procedure.fact_at(key)
        if fact is None:
            return EVERYTHING
        space = self.space
        chosen = {value: self.mark(("has", key, value), "in") for value in fact.values}
        found = NOTHING
        for each in chosen.values():
            found = space.either(found, each)
        for alone in fact.exclusive:
            for value, each in chosen.items():
                if value != alone:
                    both = space.both(chosen[alone], each)
                    found = space.without(found, both)
        return found


def _compared(cells: list[Cell], sign: str, bound: Fraction) -> list[int]:
    """The places of the cells of a line that compare with a number; they lie in order."""
    below = bisect_left(cells, bound, key=lambda cell: cell.sample)
    upto = bisect_right(cells, bound, key=lambda cell: cell.sample)
    ranges = {
        "<": range(below),
        "<=": range(upto),
        ">": range(upto, len(cells)),
        ">=": range(below, len(cells)),
        "=": range(below, upto),
    }
    return list(ranges[sign])


def _ends_before(cell: Cell, number: Fraction) -> bool:
    return cell.high is not None and (
        cell.high < number or (cell.high == number and not cell.point)
    )


def _begins_after(cell: Cell, number: Fraction) -> bool:
    return cell.low is not None and (cell.low > number or (cell.low == number and not cell.point))


class _Cuts:
    """Gathers the dimensions that formulas mention, and where their constants cut them."""

    def __init__(self) -> None:
        self.points: dict[Dimension, set[Fraction]] = {}
        self.groups: dict[Dimension, set[frozenset[str]]] = {}
        self._seen: dict[Dimension, None] = {}

    def take(self, formula: Formula) -> None:
        for literal in literals(formula):
            dimension = literal.dimension
            if dimension[0] == "gap":
                for key in dimension[1:]:
                    self._seen.setdefault(("value", key))
            self._seen.setdefault(dimension)
            if isinstance(literal, Compare) and dimension[0] != "order":
                self.points.setdefault(dimension, set()).add(literal.constant)
            elif isinstance(literal, Member):
                self.groups.setdefault(dimension, set()).add(literal.values)

    def ordered(self, more: Iterable[Dimension]) -> list[Dimension]:
        for dimension in more:
            self._seen.setdefault(dimension)
        return list(self._seen)


def _bounds(fact: Fact) -> tuple[tuple[Fraction, bool] | None, tuple[Fraction, bool] | None]:
    """The limits that are plain numbers: what lies outside is no value at all."""
    found = []
    for limit in (fact.minimum, fact.maximum):
        constant = limit is not None and limit.formula[0] == "number"
        number = Fraction(limit.formula[1]) if constant and limit else None
        found.append(None if number is None or limit is None else (number, limit.exclusive))
    return found[0], found[1]
