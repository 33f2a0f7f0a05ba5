"""The procedures that are shipped, in every format: nothing is missing, nothing lies over anything."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from sopguide.graph.load import load_library
from sopguide.show.arrange import arrange
from sopguide.show.dot import dot
from sopguide.show.drawing import drawings
from sopguide.show.grid import Grid
from sopguide.show.html import page
from sopguide.show.mermaid import mermaid
from sopguide.show.outline import WIDTH, outline
from sopguide.show.svg import picture

if TYPE_CHECKING:
    from sopguide.graph.library import Library

TREES = Path(__file__).parents[2] / "trees"
SOPS = sorted(
    path.relative_to(TREES / "sops").with_suffix("").as_posix()
    for path in (TREES / "sops").rglob("*.yaml")
)


@pytest.fixture(scope="module")
def shipped() -> Library:
    return load_library(TREES, None)


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("sop", SOPS)
def test_a_shipped_procedure_is_drawn_whole(shipped: Library, sop: str, *, inline: bool) -> None:
    found = drawings(shipped.form(sop), inline=inline)
    names = {box.name for drawing in found for box in drawing.boxes}
    text = outline(found)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert all(name in text for name in names)
    svg = picture(found)
    ET.fromstring(svg)  # noqa: S314 (our own)
    for drawn in (dot(found), page(found)):
        assert all(name in drawn for name in names)
    assert mermaid(found).count("```mermaid") == len(found)


@pytest.mark.parametrize("sop", SOPS)
def test_boxes_of_a_shipped_procedure_stand_apart(shipped: Library, sop: str) -> None:
    for drawing in drawings(shipped.form(sop)):
        grid = Grid(drawing)
        arrange(grid)
        for layer in grid.layers:
            edges = [
                (cell.x - cell.width / 2, cell.x + cell.width / 2)
                for cell in (grid.cells[number] for number in layer)
            ]
            assert all(one[1] < other[0] for one, other in pairwise(edges))
