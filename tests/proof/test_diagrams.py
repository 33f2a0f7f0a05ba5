"""Decision diagrams behave like the sets they stand for."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from sopguide.proof.diagrams import EVERYTHING, NOTHING, Space

SIZES = (2, 3, 2)
POINTS = list(product(*(range(size) for size in SIZES)))
SETS = st.sets(st.sampled_from(POINTS))


def made(space: Space, points: set[tuple[int, ...]]) -> int:
    found = NOTHING
    for point in points:
        cube = EVERYTHING
        for dimension, cell in enumerate(point):
            cube = space.both(cube, space.cube(dimension, [cell]))
        found = space.either(found, cube)
    return found


@given(SETS, SETS)
def test_equal_sets_are_one_number(one: set[tuple[int, ...]], other: set[tuple[int, ...]]) -> None:
    space = Space(SIZES)
    left, right = made(space, one), made(space, other)
    assert (left == right) is (one == other)
    assert space.both(left, right) == made(space, one & other)
    assert space.either(left, right) == made(space, one | other)
    assert space.without(left, right) == made(space, one - other)


@given(SETS, st.integers(0, 2))
def test_freeing_a_dimension_opens_it(points: set[tuple[int, ...]], dimension: int) -> None:
    space = Space(SIZES)
    opened = {
        (*point[:dimension], cell, *point[dimension + 1 :])
        for point in points
        for cell in range(SIZES[dimension])
    }
    assert space.freed(made(space, points), dimension) == made(space, opened)


@given(SETS)
def test_a_picked_combination_lies_in_the_set(points: set[tuple[int, ...]]) -> None:
    space = Space(SIZES)
    picked = space.pick(made(space, points), [range(size) for size in SIZES])
    if picked is None:
        assert not points
    else:
        fits = [p for p in POINTS if all(c in (None, v) for c, v in zip(picked, p, strict=True))]
        assert set(fits) <= points


def test_the_first_preferred_cell_is_picked() -> None:
    space = Space(SIZES)
    assert space.pick(space.cube(1, [0, 2]), [[0, 1], [2, 1, 0], [0, 1]]) == [None, 2, None]
