"""Rows of a list, broken into the lines that they take at a width."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from sopguide.tui.text import line

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 2
_LEAST = 8  # columns that a text has at least


class Row(NamedTuple):
    """One row: its mark (a number, a tick), its text, a note at the right edge."""

    text: str
    mark: str = ""
    note: str = ""
    enabled: bool = True


class Laid(NamedTuple):
    """All lines with the row of each, the first line of each row, and the room of the marks."""

    lines: Sequence[tuple[int, Content]] = ()
    firsts: Sequence[int] = ()
    mark_width: int = 0

    @property
    def indent(self) -> int:
        """The columns before a text."""
        return 2 + self.mark_width + (GAP if self.mark_width else 0)

    def text_width(self, seen: int) -> int:
        """The columns of a text."""
        return max(_LEAST, seen - self.indent)


def lay_out(rows: Sequence[Row], seen: int, *, wrap: bool) -> Laid:
    """Break rows at a width; before there is one, or without `wrap`, each takes one line."""
    widest = max((line(row.mark).cell_length for row in rows if row.mark), default=0)
    laid = Laid(mark_width=min(widest, max(4, seen // 2)) if seen else widest)
    width = laid.text_width(seen)
    lines: list[tuple[int, Content]] = []
    firsts = []
    for index, row in enumerate(rows):
        firsts.append(len(lines))
        text = line(row.text)
        note = note_beside(row, text, width, wrap=wrap)
        room = width - (note.cell_length + GAP if note else 0)
        fits = not wrap or not seen or text.cell_length <= room
        lines += [(index, part) for part in ([text] if fits else text.wrap(room))]
        if row.note and not note:
            below = line(row.note, "$muted").truncate(width, ellipsis=True)
            lines.append((index, below.pad_left(width - below.cell_length)))
    return laid._replace(lines=lines, firsts=firsts)


def note_beside(row: Row, text: Content, width: int, *, wrap: bool) -> Content:
    """The note beside a text; below it where that leaves the text too little room."""
    note = line(row.note, "$muted")
    needs = note.cell_length + GAP + min(max(_LEAST, width // 3), text.cell_length)
    return note if needs <= width or not wrap else Content("")
