"""The finite cells into which the constants of an SOP cut a domain.

Within a cell, every test that the SOP writes has one answer. An ordered
domain is cut at its constants, into points and the open stretches between
them; a choice into the classes of values that no test tells apart.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from sopguide.facts.fact import Fact

End = tuple[Fraction, bool] | None
"""A bound and whether it is itself within; None without end."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a point, an open stretch (an end None: without end), a class of values.

    `label` is set for the cells that are no value: "not known", the states of a fact.
    """

    low: Fraction | None = None
    high: Fraction | None = None
    point: bool = False
    values: tuple[str, ...] = ()
    label: str | None = None

    @property
    def sample(self) -> Fraction:
        """A number within."""
        if self.point or (self.low is None and self.high is None):
            return self.low or Fraction(0)
        if self.low is None:
            return Fraction(floor(self.high or 0)) - 1
        if self.high is None:
            return Fraction(ceil(self.low)) + 1
        whole = Fraction(floor(self.low) + 1)
        return whole if whole < self.high else (self.low + self.high) / 2


def cut_line(
    cuts: Iterable[Fraction],
    *,
    whole: bool,
    low: tuple[Fraction, bool] | None = None,
    high: tuple[Fraction, bool] | None = None,
) -> list[Cell]:
    """Cut a line at points; `low` and `high` bound it (the bound, and whether it is excluded).

    A line of whole numbers keeps only cells in which there is one.
    """
    points = sorted({*cuts, *(bound[0] for bound in (low, high) if bound)})
    cells: list[Cell] = []
    before: Fraction | None = None
    for point in points:
        cells += [Cell(before, point), Cell(point, point, point=True)]
        before = point
    cells.append(Cell(before, None))
    return [cell for cell in cells if _is_in(cell, low, high) and (not whole or _has_whole(cell))]


def cut_choice(fact: Fact, groups: Iterable[Iterable[str]]) -> list[Cell]:
    """Cut a choice into classes: values that all `groups` hold, or do not hold, alike."""
    sets = [frozenset(group) for group in groups]
    classes: dict[tuple[bool, ...], list[str]] = {}
    for value in fact.values:
        classes.setdefault(tuple(value in group for group in sets), []).append(value)
    return [Cell(values=tuple(values)) for values in classes.values()]


def holding(cells: Sequence[Cell], test: Callable[[Fraction], bool]) -> list[int]:
    """Return the places of the cells in which a test of a number holds."""
    return [place for place, cell in enumerate(cells) if cell.label is None and test(cell.sample)]


def ends(cell: Cell, *, whole: bool) -> tuple[End, End]:
    """Return the two ends of a cell without a label; of whole numbers, the first and the last."""
    if cell.point and cell.low is not None:
        return (cell.low, True), (cell.low, True)
    low: End = None if cell.low is None else (cell.low, False)
    high: End = None if cell.high is None else (cell.high, False)
    if whole:
        low = None if cell.low is None else (Fraction(floor(cell.low) + 1), True)
        high = None if cell.high is None else (Fraction(ceil(cell.high) - 1), True)
    return low, high


def _is_in(
    cell: Cell, low: tuple[Fraction, bool] | None, high: tuple[Fraction, bool] | None
) -> bool:
    if low is not None:
        if cell.point and (cell.low or 0) <= low[0] and (low[1] or cell.low != low[0]):
            return False
        if not cell.point and (cell.high is not None and cell.high <= low[0]):
            return False
        if not cell.point and cell.low is None:
            return False
    if high is not None:
        if cell.point and (cell.low or 0) >= high[0] and (high[1] or cell.low != high[0]):
            return False
        if not cell.point and (cell.low is not None and cell.low >= high[0]):
            return False
        if not cell.point and cell.high is None:
            return False
    return True


def _has_whole(cell: Cell) -> bool:
    if cell.point:
        return cell.low is not None and cell.low.denominator == 1
    if cell.low is None or cell.high is None:
        return True
    return floor(cell.low) + 1 <= ceil(cell.high) - 1
