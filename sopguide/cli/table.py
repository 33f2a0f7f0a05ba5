"""Columns in line with each other, and names before what is told of them; all is cleaned.

What is too long for the window goes on below its own beginning.
"""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

from sopguide.cli.lines import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NAMES = 10  # columns for the names before what is told of them
_NARROWEST = 24  # columns for a text, however narrow the window
_WIDEST = 120


def named(name: str, text: str) -> Iterator[str]:
    """A name, and what there is to say of it, over as many lines as it takes."""
    yield from table([(f"  {name:<{NAMES}}", text)])


def table(
    rows: Sequence[tuple[str, ...]], right: Iterable[int] = (), indent: int = 0
) -> Iterator[str]:
    """Columns in line with each other; the last one goes on below itself."""
    cells = [[line(cell) for cell in row] for row in rows]
    if not cells:
        return
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    before = sum(widths[:-1]) + 2 * len(widths[:-1])
    for *first, last in cells:
        padded = [
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(first, widths, strict=False))
        ]
        start = "".join(f"{cell}  " for cell in padded)
        yield from fill(last, start, " " * before, indent)


def fill(text: str, start: str, hanging: str, indent: int = 0) -> list[str]:
    """The lines of a text that follows `start`, and goes on behind `hanging`."""
    room = max(len(hanging) + _NARROWEST, _columns() - indent)
    lines = textwrap.wrap(
        text,
        room,
        initial_indent=start,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [part.rstrip() for part in lines or [start]]


def _columns() -> int:
    return min(_WIDEST, shutil.get_terminal_size().columns)
