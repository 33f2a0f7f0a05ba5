"""Cells into place: first an order in each layer with few crossings, then coordinates.

The order comes from sweeps by the mean place of a cell's neighbours (Sugiyama, 1981), the best one
kept. Each layer's x is then the least-squares fit to its neighbours that keeps order and distances,
found exactly by pooling (isotonic regression). All of it is deterministic.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING

from sopguide.show.grid import BOX, REFERENCE, THIN, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopguide.show.grid import Cell, Grid

_SWEEPS = 24
_FITS = 28
_GAP = 22.0
_THIN_GAP = 12.0
_STRAIGHT = 16.0
_LIGHT = 0.1
_SOLID = (BOX, REFERENCE)


def arrange(grid: Grid) -> tuple[float, float]:
    """Give every cell its centre (x) and top (y); return the width and height of it all."""
    _order(grid)
    _fit(grid)
    left = min(cell.x - cell.width / 2 for cell in grid.cells)
    for cell in grid.cells:
        cell.x -= left
    height = _stack(grid)
    return max(cell.x + cell.width / 2 for cell in grid.cells), height


# ---------------------------------------------------------------- order


def _order(grid: Grid) -> None:
    place = {number: at for layer in grid.layers for at, number in enumerate(layer)}
    best, fewest = [list(layer) for layer in grid.layers], _crossings(grid, place)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        down = sweep % 2 == 0
        layers = grid.layers if down else grid.layers[::-1]
        for layer in layers[1:]:
            layer.sort(key=_mean_place(grid.cells, place, down=down))
            place.update((number, at) for at, number in enumerate(layer))
        found = _crossings(grid, place)
        if found < fewest:
            best, fewest = [list(layer) for layer in grid.layers], found
    grid.layers[:] = best


def _mean_place(cells: list[Cell], place: dict[int, int], *, down: bool) -> Callable[[int], float]:
    def mean(number: int) -> float:
        near = cells[number].above if down else cells[number].below
        return sum(place[each] for each in near) / len(near) if near else float(place[number])

    return mean


def _crossings(grid: Grid, place: dict[int, int]) -> int:
    """How many pairs of lines cross between each two layers."""
    found = 0
    for layer in grid.layers:
        ends: list[int] = []
        for number in layer:
            lower = sorted(place[each] for each in grid.cells[number].below)
            found += sum(len(ends) - bisect_right(ends, each) for each in lower)
            for each in lower:
                insort(ends, each)
    return found


# ---------------------------------------------------------------- coordinates


def _fit(grid: Grid) -> None:
    _mark_last(grid)
    for layer in grid.layers:
        x = 0.0
        for before, number in zip([None, *layer], layer, strict=False):
            x += _apart(grid.cells, before, number)
            grid.cells[number].x = x
    for turn in range(_FITS):
        sides: tuple[str, ...] = ("above",) if turn % 2 == 0 else ("below",)
        if turn >= _FITS - 4:
            sides = ("above", "below")
        layers = grid.layers if turn % 2 == 0 else grid.layers[::-1]
        for layer in layers:
            _fit_layer(grid.cells, layer, sides)


def _apart(cells: list[Cell], before: int | None, after: int) -> float:
    if before is None:
        return 0.0
    one, other = cells[before], cells[after]
    gap = _THIN_GAP if THIN in (one.kind, other.kind) else _GAP
    return (one.width + other.width) / 2 + gap


def _fit_layer(cells: list[Cell], layer: list[int], sides: tuple[str, ...]) -> None:
    """Move the cells of a layer as near to their neighbours as order and distances allow."""
    offset = 0.0
    pools: list[tuple[float, float, int]] = []  # (weighted sum, weight, how many)
    offsets: list[float] = []
    for before, number in zip([None, *layer], layer, strict=False):
        offset += _apart(cells, before, number)
        offsets.append(offset)
        wish, weight = _wish(cells, number, sides)
        pools.append(((wish - offset) * weight, weight, 1))
        while len(pools) > 1 and pools[-2][0] * pools[-1][1] > pools[-1][0] * pools[-2][1]:
            (sum1, weight1, many1), (sum2, weight2, many2) = pools[-2:]
            pools[-2:] = [(sum1 + sum2, weight1 + weight2, many1 + many2)]
    at = 0
    for total, weight, many in pools:
        for number in layer[at : at + many]:
            cells[number].x = total / weight + offsets[at]
            at += 1


def _wish(cells: list[Cell], number: int, sides: tuple[str, ...]) -> tuple[float, float]:
    """Where a cell would like to stand, and how much: long lines want to be straight."""
    cell = cells[number]
    near = [each for side in sides for each in getattr(cell, side)]
    if not near:
        return cell.x, 0.1
    weights = [_pull(cell, cells[each]) for each in near]
    total = sum(weights)
    wish = sum(weight * cells[each].x for weight, each in zip(weights, near, strict=True))
    return wish / total, total


def _pull(one: Cell, other: Cell) -> float:
    solid = (one.kind in _SOLID) + (other.kind in _SOLID)
    light = _LIGHT if one.last or other.last else 1.0
    return light * (_STRAIGHT, 2.0, 1.0)[solid]


def _mark_last(grid: Grid) -> None:
    """Find what only leads to an end or a reference: it does not bend the way on."""
    for layer in grid.layers[::-1]:
        for number in layer:
            cell = grid.cells[number]
            below = [grid.cells[each] for each in cell.below]
            cell.last = not below or (cell.kind not in _SOLID and all(each.last for each in below))


def _stack(grid: Grid) -> float:
    """Give every layer its height, with more room below where lines run far to the side."""
    y = 0.0
    for layer in grid.layers:
        height = max((grid.cells[number].height for number in layer), default=0.0)
        for number in layer:
            cell = grid.cells[number]
            cell.y = y + (height - cell.height) / 2 if cell.kind == WORDS else y
            cell.floor = y + height
        run = max(
            (
                abs(grid.cells[number].x - grid.cells[each].x)
                for number in layer
                for each in grid.cells[number].below
            ),
            default=0.0,
        )
        y += height + min(20.0 + run * 0.05, 64.0)
    return y - 20.0
