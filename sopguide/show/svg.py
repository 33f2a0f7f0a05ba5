"""A drawing as SVG: boxes, lines and words, with no script and nothing from outside.

Every text is escaped; the words of a box that do not fit stand in its title, which browsers show.
`figure` is one drawing, also as the page of `html` holds it; `picture` a file of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from sopguide.show.arrange import arrange
from sopguide.show.colours import stylesheet
from sopguide.show.grid import (
    BOX,
    NAME_LINE,
    NAME_SIZE,
    NOTE_LINE,
    PAD,
    REFERENCE,
    TEXT_LINE,
    WORDS,
    WORDS_LINE,
    Grid,
    short_name,
    wrapped_notes,
)
from sopguide.show.paths import paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sopguide.show.drawing import Drawing
    from sopguide.show.grid import Cell, Route
    from sopguide.show.steps import Box

MARGIN = 24.0
_HEAD = 44.0

TAGS = {
    "ask": "question",
    "do": "do",
    "decide": "decide",
    "run": "sub-procedure",
    "return": "return",
    "wait": "wait",
    "end": "end",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One drawing as the inside of an `<svg>`, and how large it is."""

    width: float
    height: float
    body: str


def figure(
    drawing: Drawing, at: int, pages: Mapping[str, int], *, interactive: bool = False
) -> Figure:
    """One drawing; `at` is its number among the drawings, `pages` the number of each SOP's.

    An interactive one lets each step be reached by keyboard, in reading order, and chosen; what a
    sub-procedure's box links to is then among its details.
    """
    grid = Grid(drawing)
    width, height = arrange(grid)
    body = [
        *(_line(drawing, at, route, path) for route, path in paths(grid)),
        *(_words(cell) for cell in grid.cells if cell.kind == WORDS),
        *(_reference(drawing, cell, at) for cell in grid.cells if cell.kind == REFERENCE),
        *(
            _box(drawing, cell, at, {} if interactive else pages, interactive=interactive)
            for cell in grid.cells
            if cell.kind == BOX
        ),
    ]
    return Figure(width, height, "\n".join(body))


def picture(drawings: Sequence[Drawing]) -> str:
    """All drawings below one another, as one SVG file."""
    pages = {drawing.sop: at for at, drawing in enumerate(drawings)}
    y, width, parts = MARGIN, 0.0, []
    for at, drawing in enumerate(drawings):
        drawn = figure(drawing, at, pages)
        parts.append(
            f'<g id="p{at}" transform="translate({MARGIN:.0f} {y:.0f})">\n'
            f'<text class="head" x="0" y="18">{_heading(drawing)}</text>\n'
            f'{markers(at)}<g transform="translate(0 {_HEAD:.0f})">\n{drawn.body}\n</g></g>'
        )
        y += drawn.height + _HEAD + 2 * MARGIN
        width = max(width, drawn.width)
    right, bottom = width + 2 * MARGIN, y
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {right:.0f} {bottom:.0f}" width="{right:.0f}" height="{bottom:.0f}">\n'
        f"<title>{_heading(drawings[0])}</title>\n<style>{stylesheet()}</style>\n"
        f'<rect class="page" width="100%" height="100%"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def markers(at: int) -> str:
    """The heads of a drawing's lines: its own, for those of a hidden drawing are not shown."""
    return f"<defs>{_marker('tip', at)}{_marker('tip-back', at)}</defs>"


def _marker(name: str, at: int) -> str:
    return (
        f'<marker id="{name}{at}" viewBox="0 0 8 8" refX="7" refY="4" markerUnits="userSpaceOnUse" '
        f'markerWidth="10" markerHeight="10" orient="auto"><path class="{name}" '
        'd="M0 0 8 4 0 8z"/></marker>'
    )


def _heading(drawing: Drawing) -> str:
    return escape(f"{drawing.title} · {drawing.sop} {drawing.version}")


def _line(drawing: Drawing, at: int, route: Route, path: str) -> str:
    kind, tip = ("line back", "tip-back") if route.back else ("line", "tip")
    source, target = drawing.places[route.source], drawing.places[route.target]
    said = "; ".join(route.words)
    title = f"{drawing.box(route.source).name} → {drawing.box(route.target).name}"
    title += f": {said}" if said else ""
    return (
        f'<path class="{kind}" id="p{at}-{source}-{target}" d="{path}" '
        f'marker-end="url(#{tip}{at})"><title>{escape(title)}</title></path>'
    )


def _words(cell: Cell) -> str:
    left, top = cell.x - cell.width / 2, cell.y
    lines = _lines(cell.lines, cell.x, top + 2, WORDS_LINE, "words", "middle")
    return (
        f'<rect class="under" x="{left:.1f}" y="{top:.1f}" width="{cell.width:.1f}" '
        f'height="{cell.height:.1f}" rx="3"/>{lines}'
    )


def _reference(drawing: Drawing, cell: Cell, at: int) -> str:
    assert cell.box is not None  # noqa: S101 (a reference names a box)
    left = cell.x - cell.width / 2
    place = drawing.places[cell.box.key]
    lines = _lines(cell.lines, cell.x, cell.y + 4, WORDS_LINE, "words", "middle")
    return (
        f'<a xlink:href="#p{at}-{place}" href="#p{at}-{place}" class="reference">'
        f"<title>{escape(cell.box.text)}</title>"
        f'<rect x="{left:.1f}" y="{cell.y:.1f}" width="{cell.width:.1f}" '
        f'height="{cell.height:.1f}" rx="{cell.height / 2:.1f}"/>{lines}</a>'
    )


def _box(
    drawing: Drawing, cell: Cell, at: int, pages: Mapping[str, int], *, interactive: bool
) -> str:
    box = cell.box
    assert box is not None  # noqa: S101 (a box's cell)
    left, inner = cell.x - cell.width / 2, cell.x - cell.width / 2 + PAD
    place = drawing.places[box.key]
    name = short_name(box.name, cell.width - 100, NAME_SIZE)
    y = cell.y + 5
    parts = [
        _rect("box", left, cell, cell.width, 7),
        _rect("mark", left, cell, 5, 2.5),
        _lines([name], inner, y, NAME_LINE, "name", "start"),
        _lines([_tag(box)], left + cell.width - 8, y, NAME_LINE, "tag", "end"),
        _lines(cell.lines, inner, y + NAME_LINE, TEXT_LINE, "text", "start"),
    ]
    y += NAME_LINE + TEXT_LINE * len(cell.lines) + 2
    for note in wrapped_notes(box):
        parts.append(_lines(note, inner, y, NOTE_LINE, "note", "start"))
        y += NOTE_LINE * len(note)
    drawn = "".join(parts)
    if box.opens is not None and box.opens in pages:
        page = f"#p{pages[box.opens]}"
        drawn = f'<a xlink:href="{page}" href="{page}">{drawn}</a>'
    said = escape(f"{box.name}: {box.text}")
    reached = f' tabindex="0" role="button" aria-label="{said}"' if interactive else ""
    return (
        f'<g class="step {box.kind}{_kind_of_end(box)}" id="p{at}-{place}"{reached}>'
        f"<title>{said}</title>{drawn}</g>"
    )


def _rect(kind: str, left: float, cell: Cell, width: float, round_by: float) -> str:
    return (
        f'<rect class="{kind}" x="{left:.1f}" y="{cell.y:.1f}" width="{width:.1f}" '
        f'height="{cell.height:.1f}" rx="{round_by}"/>'
    )


def _tag(box: Box) -> str:
    return f"critical {TAGS[box.kind]}" if box.critical else TAGS[box.kind]


def _kind_of_end(box: Box) -> str:
    return f" {box.end}" if box.end else ""


def _lines(
    lines: Sequence[str], x: float, top: float, height: float, kind: str, anchor: str
) -> str:
    spans = "".join(_spans(lines, x, top, height))
    return f'<text class="{kind}" text-anchor="{anchor}">{spans}</text>'


def _spans(lines: Sequence[str], x: float, top: float, height: float) -> Iterator[str]:
    for at, line in enumerate(lines):
        y = top + height * (at + 0.76)
        yield f'<tspan x="{x:.1f}" y="{y:.1f}">{escape(line)}</tspan>'
