"""Domains cut at their constants."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.facts.fact import Fact
from sopguide.proof.cells import Cell, cut_choice, cut_line

F = Fraction


def told(cells: list[Cell]) -> list[str]:
    return [f"{cell.low}" if cell.point else f"{cell.low}..{cell.high}" for cell in cells]


def test_a_line_is_cut_into_points_and_the_stretches_between() -> None:
    assert told(cut_line([F(1), F(3)], whole=False)) == ["None..1", "1", "1..3", "3", "3..None"]


def test_whole_numbers_keep_only_cells_with_one_in_them() -> None:
    assert told(cut_line([F(1), F(2), F(5, 2)], whole=True)) == ["None..1", "1", "2", "5/2..None"]


@pytest.mark.parametrize(
    ("low", "high", "cells"),
    [
        ((F(0), False), (F(2), False), ["0", "0..1", "1", "1..2", "2"]),
        ((F(0), True), (F(2), True), ["0..1", "1", "1..2"]),
        (None, (F(1), False), ["None..0", "0", "0..1", "1"]),
        ((F(5), False), (F(4), False), []),
    ],
)
def test_limits_bound_the_line(low: object, high: object, cells: list[str]) -> None:
    cuts = [F(1)] if high != (F(1), False) else [F(0)]
    assert told(cut_line(cuts, whole=False, low=low, high=high)) == cells  # type: ignore[arg-type]


def test_values_that_no_test_tells_apart_are_one_class() -> None:
    fact = Fact("c", "choice", values=("a", "b", "c", "d"))
    classes = cut_choice(fact, [{"a", "b"}, {"b"}])
    assert [cell.values for cell in classes] == [("a",), ("b",), ("c", "d")]


@given(st.lists(st.fractions(-5, 5), max_size=4))
def test_a_sample_lies_in_its_cell(cuts: list[Fraction]) -> None:
    for cell in cut_line(cuts, whole=False):
        sample = cell.sample
        assert sample == cell.low if cell.point else True
        if not cell.point:
            assert cell.low is None or cell.low < sample
            assert cell.high is None or sample < cell.high
