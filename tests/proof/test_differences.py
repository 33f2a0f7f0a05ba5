"""Numbers and differences that can be at once: what no numbers show is left out."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopguide.proof.cells import Cell, cut_line
from sopguide.proof.diagrams import NOTHING, Space
from sopguide.proof.differences import NOUGHT, Line, fitting
from sopguide.proof.findings import prove
from tests.proof.test_findings import example, told

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CUTS = st.lists(st.integers(-2, 2), min_size=1, max_size=2)
SMALL = range(-9, 10)
PAIR = (("a", NOUGHT), ("b", NOUGHT), ("a", "b"))
THREE = (("a", "b"), ("b", "c"), ("a", "c"))
CHAIN = (("a", NOUGHT), ("a", "b"), ("b", "c"), ("c", NOUGHT))


@pytest.mark.parametrize("pairs", [PAIR, THREE, CHAIN])
@settings(deadline=None, max_examples=25)
@given(cuts=st.lists(CUTS, min_size=4, max_size=4))
def test_what_fits_is_what_whole_numbers_show(
    pairs: Sequence[tuple[str, str]], cuts: list[list[int]]
) -> None:
    """Round one circle nothing too much is left in, and never is anything left out."""
    lines = {
        pair: Line(place, cut_line(map(Fraction, points), whole=True), whole=True)
        for place, (pair, points) in enumerate(zip(pairs, cuts, strict=False))
    }
    space = Space([len(line.cells) for line in lines.values()])
    found = fitting(space, lines)
    shown = _shown(lines)
    for cells in product(*(range(size) for size in space.sizes)):
        cube = found
        for place, cell in enumerate(cells):
            cube = space.both(cube, space.cube(place, [cell]))
        assert (cube != NOTHING) is (cells in shown)


def _shown(lines: Mapping[tuple[str, str], Line]) -> set[tuple[int, ...]]:
    """The cells that some numbers lie in; nought is fixed, or else the first fact is."""
    names = sorted({name for pair in lines for name in pair} - {NOUGHT})
    if not any(NOUGHT in pair for pair in lines):
        names = names[1:]
    at = [
        {difference: _cell_of(line, difference) for difference in range(-18, 19)}
        for line in lines.values()
    ]
    shown = set()
    for numbers in product(SMALL, repeat=len(names)):
        of = {**dict.fromkeys((NOUGHT, "a"), 0), **dict(zip(names, numbers, strict=True))}
        shown.add(
            tuple(cell[of[one] - of[other]] for cell, (one, other) in zip(at, lines, strict=True))
        )
    return shown


def _cell_of(line: Line, number: int) -> int:
    return next(place for place, cell in enumerate(line.cells) if _holds(cell, number))


def _holds(cell: Cell, number: int) -> bool:
    if cell.point:
        return number == cell.low
    return (cell.low is None or number > cell.low) and (cell.high is None or number < cell.high)


FACTS = """
facts:
  a: {type: decimal, min: 0, ask: A?}
  b: {type: decimal, min: 0, ask: B?}
  c: {type: decimal, min: 0, ask: C?}
  bought: {type: date, max: today, ask: When?}
  returned: {type: date, min: bought, max: today, ask: When?}
"""


def in_turn(*conditions: str) -> list[str]:
    """What is found where each condition leads on to the next."""
    steps = "".join(
        f"  s{number}: {{decide: [{{if: {condition}, to: s{number + 1}}}, {{else: done}}]}}\n"
        for number, condition in enumerate(conditions)
    )
    last = f"  s{len(conditions)}: {{do: x, go: other}}"
    return told(prove(example(f"start: s0{FACTS}steps:\n{steps}{last}")))


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        (["{a: < b}", "{b: < c}", "{c: <= a}"], ["never-holds s2.decide.0.if: s3"]),
        (["{a: < b}", "{b: < c}", "{c: '> a'}"], ["never-holds s2.decide.1.else: done"]),
        (["{a: < b}", "{b: <= c}", "{a: < 3}", "{c: < 2}"], []),
        (["{a: '>= 12'}", "{a: < b}", "{b: < c}", "{c: < 12}"], ["never-holds s3.decide.0.if: s4"]),
        (
            ['{bought: ">= today - 14d"}', '{returned: "< today - 14d"}'],
            ["never-holds s1.decide.0.if: s2"],
        ),
        (['{bought: ">= today - 14d"}', '{returned: "< today - 13d"}'], []),
    ],
)
def test_comparisons_that_follow_from_others_are_known(
    conditions: list[str], found: list[str]
) -> None:
    assert in_turn(*conditions) == found
