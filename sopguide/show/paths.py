"""The lines of an arranged drawing: each route through its cells, as an SVG path."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sopguide.show.grid import THIN

if TYPE_CHECKING:
    from sopguide.show.grid import Cell, Grid, Route

_PORTS = 0.7
"""The part of a box's edge that lines may leave from or come to."""

_MOST_APART = 36.0

Ports = dict[tuple[int, int], float]


def paths(grid: Grid) -> list[tuple[Route, str]]:
    """Every route with its line."""
    lower, upper = _ports(grid, below=True), _ports(grid, below=False)
    return [(route, _path(grid, route, lower, upper)) for route in grid.routes]


def _ports(grid: Grid, *, below: bool) -> Ports:
    """Where on its edge each box lets each of its lines go, from left to right as they go on."""
    ports: Ports = {}
    for number, cell in enumerate(grid.cells):
        near = cell.below if below else cell.above
        step = min(_MOST_APART, cell.width * _PORTS / max(len(near), 1))
        for at, other in enumerate(sorted(near, key=lambda each: grid.cells[each].x)):
            ports[number, other] = cell.x + (at - (len(near) - 1) / 2) * step
    return ports


def _path(grid: Grid, route: Route, lower: Ports, upper: Ports) -> str:
    parts: list[str] = []
    for one, other in pairwise(route.cells):
        first, second = grid.cells[one], grid.cells[other]
        if first.layer < second.layer:
            start = (lower[one, other], first.y + first.height)
            bend, end = first.floor, (upper[other, one], second.y)
            parts.append(_down(start, bend, end, passing=second, first=not parts))
        else:
            start = (upper[one, other], first.y)
            end = (lower[other, one], second.y + second.height)
            parts.append(_up(start, end, second.floor, passing=second, first=not parts))
    return " ".join(parts)


def _down(
    start: tuple[float, float],
    bend: float,
    end: tuple[float, float],
    *,
    passing: Cell,
    first: bool,
) -> str:
    """From a cell's lower edge: straight to the layer's end, then in a curve."""
    middle = (bend + end[1]) / 2
    path = f"{'M' if first else 'L'}{_at(*start)} L{_at(start[0], bend)} "
    path += f"C{_at(start[0], middle)} {_at(end[0], middle)} {_at(*end)}"
    return f"{path} L{_at(end[0], passing.floor)}" if passing.kind == THIN else path


def _up(
    start: tuple[float, float],
    end: tuple[float, float],
    floor: float,
    *,
    passing: Cell,
    first: bool,
) -> str:
    """From a cell's upper edge, in a curve to the layer above, and straight to the cell in it."""
    middle = (start[1] + floor) / 2
    path = f"{'M' if first else 'L'}{_at(*start)} "
    path += f"C{_at(start[0], middle)} {_at(end[0], middle)} {_at(end[0], floor)}"
    return f"{path} L{_at(end[0], passing.y if passing.kind == THIN else end[1])}"


def _at(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"
