"""Sets of combinations, as decision diagrams: compact, canonical, quick to compare.

A `Space` has dimensions, each with a number of cells. A set of combinations
is a number that stands for a reduced, ordered diagram; equal sets have
equal numbers. `NOTHING` and `EVERYTHING` are the two ends.
"""

from collections.abc import Iterable, Sequence

NOTHING = 0
EVERYTHING = 1

MOST_BRANCHES = 3_000_000
"""How much a proof may take before it says that it cannot: some 30 MB, seldom ten seconds."""

_LEAF = 1 << 30


class TooLargeError(Exception):
    """The sets do not fit into so many nodes, or the SOP has too many places."""


class Space:
    """The combinations of cells of some dimensions, and the sets of them."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = tuple(sizes)
        self._width = 0
        self._levels = [_LEAF, _LEAF]
        self._branches: list[tuple[int, ...]] = [(), ()]
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._either: dict[tuple[int, int], int] = {}
        self._without: dict[tuple[int, int], int] = {}
        self._freed: dict[tuple[int, int], int] = {}
        self._support: dict[int, frozenset[int]] = {NOTHING: frozenset(), EVERYTHING: frozenset()}

    def cube(self, dimension: int, cells: Iterable[int]) -> int:
        """Return the combinations whose cell in one dimension is among `cells`."""
        wanted = set(cells)
        branches = (int(cell in wanted) for cell in range(self.sizes[dimension]))
        return self._node(dimension, tuple(branches))

    def both(self, one: int, other: int) -> int:
        """Return the intersection."""
        if NOTHING in (one, other):
            return NOTHING
        if one in (EVERYTHING, other):
            return other
        if other == EVERYTHING:
            return one
        key = (one, other) if one < other else (other, one)
        found = self._both.get(key)
        if found is None:
            level, left, right = self._split(one, other)
            branches = tuple(map(self.both, left, right))
            found = self._both[key] = self._node(level, branches)
        return found

    def either(self, one: int, other: int) -> int:
        """Return the union."""
        if EVERYTHING in (one, other):
            return EVERYTHING
        if one in (NOTHING, other):
            return other
        if other == NOTHING:
            return one
        key = (one, other) if one < other else (other, one)
        found = self._either.get(key)
        if found is None:
            level, left, right = self._split(one, other)
            branches = tuple(map(self.either, left, right))
            found = self._either[key] = self._node(level, branches)
        return found

    def without(self, one: int, other: int) -> int:
        """Return the difference."""
        if one in (NOTHING, other) or other == EVERYTHING:
            return NOTHING
        if other == NOTHING:
            return one
        key = (one, other)
        found = self._without.get(key)
        if found is None:
            level, left, right = self._split(one, other)
            branches = tuple(map(self.without, left, right))
            found = self._without[key] = self._node(level, branches)
        return found

    def freed(self, one: int, dimension: int) -> int:
        """Return the set with one dimension open: any cell, if there was one at all."""
        level = self._levels[one]
        if level > dimension:
            return one
        key = (one, dimension)
        found = self._freed.get(key)
        if found is None:
            branches = self._branches[one]
            if level == dimension:
                found = NOTHING
                for branch in branches:
                    found = self.either(found, branch)
            else:
                parts = tuple(self.freed(branch, dimension) for branch in branches)
                found = self._node(level, parts)
            self._freed[key] = found
        return found

    def support(self, one: int) -> frozenset[int]:
        """Return the dimensions whose cell matters to a set."""
        found = self._support.get(one)
        if found is None:
            below = (self.support(branch) for branch in set(self._branches[one]))
            found = frozenset({self._levels[one]}).union(*below)
            self._support[one] = found
        return found

    def pick(self, one: int, preferred: Sequence[Sequence[int]]) -> list[int | None] | None:
        """Return one combination, None where the cell does not matter; None of the empty set.

        `preferred` orders the cells of each dimension, the plainest first.
        """
        if one == NOTHING:
            return None
        cells: list[int | None] = [None] * len(self.sizes)
        while one != EVERYTHING:
            level, branches = self._levels[one], self._branches[one]
            cell = next(cell for cell in preferred[level] if branches[cell] != NOTHING)
            cells[level], one = cell, branches[cell]
        return cells

    def _split(self, one: int, other: int) -> tuple[int, tuple[int, ...], tuple[int, ...]]:
        first, second = self._levels[one], self._levels[other]
        level = min(first, second)
        size = self.sizes[level]
        left = self._branches[one] if first == level else (one,) * size
        right = self._branches[other] if second == level else (other,) * size
        return level, left, right

    def _node(self, level: int, branches: tuple[int, ...]) -> int:
        first = branches[0]
        if branches.count(first) == len(branches):
            return first
        key = (level, branches)
        found = self._unique.get(key)
        if found is None:
            self._width += len(branches)
            if self._width > MOST_BRANCHES:
                raise TooLargeError
            found = self._unique[key] = len(self._levels)
            self._levels.append(level)
            self._branches.append(branches)
        return found
