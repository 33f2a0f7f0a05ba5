"""Which numbers and differences of facts can be at once: round a circle they add up to nought.

With `a - b`, `b - c` and `a - c`, two tell something of the third; a fact's own value is its
difference from nought. What this leaves out, no ticket can show.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from sopguide.proof.cells import ends
from sopguide.proof.diagrams import EVERYTHING, NOTHING, Space

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sopguide.proof.cells import Cell, End

NOUGHT = ""

_NONE_YET = (Fraction(0), True)
_MOST_CIRCLES = 120
_LONGEST = 4


class Line(NamedTuple):
    """The cells of one difference, and whether only whole numbers lie in them."""

    place: int
    cells: Sequence[Cell]
    whole: bool


class _Part(NamedTuple):
    """A line as a circle passes it: the stretches of its cells."""

    place: int
    stretches: list[tuple[End, End]]


def fitting(space: Space, lines: Mapping[tuple[str, str], Line]) -> int:
    """Return the combinations that can be; a line runs from one fact to another, or to nought."""
    onward: dict[str, dict[str, _Part]] = {}
    for (one, other), line in lines.items():
        stretches = [ends(cell, whole=line.whole) for cell in line.cells]
        if stretches != [(None, None)]:
            turned = [(_turned(high), _turned(low)) for low, high in stretches]
            onward.setdefault(one, {})[other] = _Part(line.place, stretches)
            onward.setdefault(other, {})[one] = _Part(line.place, turned)
    found = EVERYTHING
    for length in range(3, _LONGEST + 1):
        circles = list(_circles(onward, length))
        if len(circles) > _MOST_CIRCLES and length > 3:  # noqa: PLR2004
            break
        for circle in circles:
            found = space.both(found, _around(space, circle, (_NONE_YET, _NONE_YET)))
    return found


def _circles(onward: Mapping[str, Mapping[str, _Part]], length: int) -> Iterator[list[_Part]]:
    """Yield each circle of so many lines once: from its first fact, one way round."""

    def go_on(path: list[str]) -> Iterator[list[str]]:
        if len(path) == length:
            if path[0] in onward[path[-1]] and path[1] < path[-1]:
                yield path
            return
        for after in onward[path[-1]]:
            if after > path[0] and after not in path:
                yield from go_on([*path, after])

    for first in sorted(onward):
        for path in go_on([first]):
            yield [onward[one][other] for one, other in zip(path, [*path[1:], first], strict=True)]


def _around(space: Space, circle: list[_Part], reached: tuple[End, End]) -> int:
    """Return the combinations with which the rest of a circle leads back to nought."""
    if reached == (None, None):
        return EVERYTHING
    part, *rest = circle
    sums = [(_plus(reached[0], low), _plus(reached[1], high)) for low, high in part.stretches]
    if not rest:
        back = [number for number, (low, high) in enumerate(sums) if _holds_nought(low, high)]
        return space.cube(part.place, back)
    found = NOTHING
    for number, each in enumerate(sums):
        here = space.cube(part.place, [number])
        found = space.either(found, space.both(here, _around(space, rest, each)))
    return found


def _plus(one: End, other: End) -> End:
    if one is None or other is None:
        return None
    return one[0] + other[0], one[1] and other[1]


def _turned(end: End) -> End:
    return None if end is None else (-end[0], end[1])


def _holds_nought(low: End, high: End) -> bool:
    above = low is None or low[0] < 0 or (low[0] == 0 and low[1])
    below = high is None or high[0] > 0 or (high[0] == 0 and high[1])
    return above and below
