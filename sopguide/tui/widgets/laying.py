"""Rows of a list, broken into the lines that they take at a width."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from sopguide.tui.text import line

if TYPE_CHECKING:
    from collections.abc import Sequence

GAP = 2
_LEAST = 8  # columns that a text has at least
_MARKS_SHARE = 3  # of the columns, one in so many may be for marks


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

    def spills(self, row: Row) -> bool:
        """Whether a mark is longer than the room of marks, so that its text begins elsewhere."""
        return line(row.mark).cell_length > self.mark_width

    def text_width(self, seen: int) -> int:
        """The columns of a text."""
        return max(_LEAST, seen - self.indent)


def lay_out(rows: Sequence[Row], seen: int, *, wrap: bool) -> Laid:
    """Break rows at a width; before there is one, or without `wrap`, each takes one line."""
    laid = Laid(mark_width=_room_for_marks(rows, seen, wrap=wrap))
    width = laid.text_width(seen)
    lines: list[tuple[int, Content]] = []
    firsts = []
    for index, row in enumerate(rows):
        firsts.append(len(lines))
        text = line(row.text)
        if wrap and laid.spills(row):
            lines += [(index, part) for part in _spilt(row, text, seen, width)]
            continue
        note = note_beside(row, text, width, wrap=wrap)
        room = width - (note.cell_length + GAP if note else 0)
        fits = not wrap or not seen or text.cell_length <= room
        lines += [(index, part) for part in ([text] if fits else text.wrap(room))]
        if row.note and not note:
            below = line(row.note, "$muted").truncate(width, ellipsis=True)
            lines.append((index, below.pad_left(width - below.cell_length)))
    return laid._replace(lines=lines, firsts=firsts)


def _spilt(row: Row, text: Content, seen: int, width: int) -> Sequence[Content]:
    """The lines of a row with a long mark: beside it where that has room, else below."""
    beside = seen - 2 - sum(line(part).cell_length + GAP for part in (row.mark, row.note))
    return [text] if text.cell_length <= beside else [Content(""), *text.wrap(width)]


def _room_for_marks(rows: Sequence[Row], seen: int, *, wrap: bool) -> int:
    """The columns of marks; where texts wrap, a long mark does not push all of them aside."""
    widths = [line(row.mark).cell_length for row in rows if row.mark]
    widest = max(widths, default=0)
    if not seen:
        return widest
    most = max(4, seen // (_MARKS_SHARE if wrap else 2))
    return (
        max((each for each in widths if each <= most), default=min(widest, most))
        if wrap
        else min(widest, most)
    )


def note_beside(row: Row, text: Content, width: int, *, wrap: bool) -> Content:
    """The note beside a text; below it where that leaves the text too little room."""
    note = line(row.note, "$muted")
    word = max((line(part).cell_length for part in text.plain.split()), default=0)
    least = min(max(_LEAST, width // 3, word), text.cell_length)
    needs = note.cell_length + GAP + least
    return note if needs <= width or not wrap else Content("")
