"""A procedure for the terminal: every step in reading order, with its ways on below it.

Numbers are those of the reading order, so a way that leads to a smaller one is a loop and says so.
No line is wider than 80 columns, unless a single word is.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopguide.show.drawing import Drawing
    from sopguide.show.steps import Arrow, Box

WIDTH = 80


def outline(drawings: Sequence[Drawing]) -> str:
    """All drawings, one below the other."""
    return "\n".join("\n".join(_drawn(drawing)) + "\n" for drawing in drawings)


def _drawn(drawing: Drawing) -> Iterator[str]:
    yield from _filled(f"{drawing.sop} {drawing.version}: {drawing.title}", "", "  ")
    margin = len(str(len(drawing.boxes))) + 2
    for box in drawing.boxes:
        yield ""
        yield from _boxed(drawing, box, margin)


def _boxed(drawing: Drawing, box: Box, margin: int) -> Iterator[str]:
    inner = " " * margin
    number = f"{drawing.places[box.key] + 1:>{margin - 2}}  "
    critical = "  (critical)" if box.critical else ""
    yield f"{number}{box.name}{critical}"
    yield from _filled(box.text, inner, inner)
    for note in box.notes:
        yield from _filled(note, f"{inner}  ", f"{inner}    ")
    for arrow in box.arrows:
        yield from _way(drawing, arrow, f"{inner}  ")


def _way(drawing: Drawing, arrow: Arrow, inner: str) -> Iterator[str]:
    target = drawing.box(arrow.target)
    place = drawing.places[arrow.target] + 1
    word = "back to " if arrow.back else ""
    goes = f"→ {word}{place} {target.name}" + (f" ({target.end})" if target.end else "")
    if not arrow.label:
        yield f"{inner}{goes}"
    elif len(inner) + len(arrow.label) + 1 + len(goes) <= WIDTH:
        yield f"{inner}{arrow.label} {goes}"
    else:
        yield from _filled(arrow.label, inner, f"{inner}  ")
        yield f"{inner}  {goes}"


def _filled(text: str, first: str, rest: str) -> list[str]:
    """A text wrapped below itself; long words stay whole."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]
