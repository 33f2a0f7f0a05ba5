"""A procedure as DOT, for Graphviz: each sub-procedure in a frame of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sopguide.show.measure import wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopguide.show.drawing import Drawing
    from sopguide.show.steps import Arrow, Box

_SHAPES = {
    "ask": "box",
    "do": "box",
    "decide": "hexagon",
    "run": "box3d",
    "return": "oval",
    "wait": "cds",
    "end": "box",
}
_SPECIAL = re.compile(r'["\\&]')
_WRITTEN = {'"': r"\"", "\\": r"\\", "&": "&amp;"}
_WIDTH, _SIZE = 230.0, 12.0


def dot(drawings: Sequence[Drawing]) -> str:
    """All drawings as one directed graph."""
    lines = [
        "digraph sopguide {",
        '  graph [fontname="sans-serif", labeljust=l, compound=true];',
        '  node [fontname="sans-serif", fontsize=11, style=rounded, margin="0.15,0.08"];',
        '  edge [fontname="sans-serif", fontsize=10, color="#777777"];',
    ]
    for at, drawing in enumerate(drawings):
        lines += _frame(at, drawing)
    return "\n".join([*lines, "}", ""])


def _frame(at: int, drawing: Drawing) -> Iterator[str]:
    title = f"{drawing.title} ({drawing.sop} {drawing.version})"
    yield f"  subgraph cluster_{at} {{"
    yield f"    label={quoted(title)};"
    for box in drawing.boxes:
        yield f"    {_node(at, drawing, box.key)} [{_box(box)}];"
    for box in drawing.boxes:
        for arrow in box.arrows:
            ends = f"{_node(at, drawing, box.key)} -> {_node(at, drawing, arrow.target)}"
            yield f"    {ends} [{_arrow(arrow)}];"
    yield "  }"


def _node(at: int, drawing: Drawing, key: str) -> str:
    return f"p{at}_{drawing.places[key]}"


def _box(box: Box) -> str:
    lines = [box.name, *wrap(box.text, _WIDTH, _SIZE, 9)]
    lines += [line for note in box.notes for line in wrap(note, _WIDTH, _SIZE, 9)]
    pen = ", penwidth=2" if box.critical or box.end else ""
    return f"shape={_SHAPES[box.kind]}, label={quoted(*lines)}{pen}"


def _arrow(arrow: Arrow) -> str:
    style = "style=dashed, " if arrow.back else ""
    return f"{style}label={quoted(*wrap(arrow.drawn, _WIDTH, _SIZE, 9))}"


def quoted(*lines: str) -> str:
    """Lines of text as one string, in which nothing is an escape or an entity."""
    written = (_SPECIAL.sub(lambda found: _WRITTEN[found[0]], line) for line in lines)
    return '"' + r"\n".join(written) + '"'
