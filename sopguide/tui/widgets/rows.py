"""A list of rows that wraps, scrolls and is drawn only where it is seen.

It shows what it is given and says which row was clicked. Keys are the screen's affair, so that one
key means one thing wherever the focus is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from sopguide.tui.text import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

_POINTER = "▸"
_GAP = 2
_LEAST = 8  # columns that a text has at least


class Row(NamedTuple):
    """One row: its mark (a number, a tick), its text, a note at the right edge."""

    text: str
    mark: str = ""
    note: str = ""
    enabled: bool = True


class Rows(ScrollView, can_focus=False):
    """Rows with a cursor. A cursor of -1 points at none."""

    class Clicked(Message):
        """A row was clicked."""

        def __init__(self, rows: Rows, index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

        @property
        def control(self) -> Rows:
            return self.rows

    COMPONENT_CLASSES = {"rows--cursor", "rows--muted"}  # noqa: RUF012 - as Textual declares it
    DEFAULT_CSS = """
    Rows {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .rows--cursor { background: $panel; text-style: bold; }
        & > .rows--muted { color: $muted; }
    }
    """

    def __init__(self, *, wrap: bool = True, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()
        self.cursor = -1
        self._in_view = -1
        self._wrap = wrap
        self._lines: list[tuple[int, Content]] = []
        self._firsts: list[int] = []
        self._mark_width = 0

    def show(self, rows: Sequence[Row], cursor: int = -1, *, in_view: int = -1) -> None:
        """Show other rows; `in_view` is the one to be seen while the cursor points at none.

        Nothing is drawn where nothing changed.
        """
        rows, cursor = tuple(rows), min(cursor, len(rows) - 1)
        if (rows, cursor, in_view) == (self.rows, self.cursor, self._in_view):
            return
        self.rows, self.cursor, self._in_view = rows, cursor, in_view
        self._lay_out()
        self._follow_cursor()

    def move(self, by: int) -> None:
        """Move the cursor; the ends hold it."""
        if self.rows:
            start = self.cursor if self.cursor >= 0 else (-1 if by > 0 else 0)
            self.point(max(0, min(len(self.rows) - 1, start + by)))

    def page(self, by: int) -> None:
        """Move the cursor by what is seen at once."""
        self.move(by * max(1, self.size.height - 1))

    def point(self, index: int) -> None:
        """Put the cursor on a row."""
        self.cursor = index
        self.refresh()
        self._follow_cursor()

    def _follow_cursor(self) -> None:
        row = self.cursor if self.cursor >= 0 else self._in_view
        if not 0 <= row < len(self._firsts):
            self.scroll_to(y=0, animate=False, force=True)
            return
        first = self._firsts[row]
        after = self._firsts[row + 1 :][:1] or [len(self._lines)]
        self.scroll_to_region(
            Region(0, first, max(1, self.size.width), after[0] - first), animate=False, force=True
        )

    def _text_width(self) -> int:
        return max(_LEAST, self.scrollable_content_region.width - self._indent())

    def _indent(self) -> int:
        return 2 + self._mark_width + (_GAP if self._mark_width else 0)

    def _lay_out(self) -> None:
        seen = self.scrollable_content_region.width
        widest = max((line(row.mark).cell_length for row in self.rows if row.mark), default=0)
        self._mark_width = min(widest, max(4, seen // 2))
        width = self._text_width()
        before = len(self._lines)
        self._lines, self._firsts = [], []
        for index, row in enumerate(self.rows):
            self._firsts.append(len(self._lines))
            text = line(row.text)
            note = self._note(row, text)
            room = width - (note.cell_length + _GAP if note else 0)
            if not self._wrap or not seen or text.cell_length <= room:
                self._lines.append((index, text))
            else:
                self._lines += [(index, part) for part in text.wrap(room)]
            if row.note and not note:
                below = line(row.note, "$muted").truncate(width, ellipsis=True)
                self._lines.append((index, below.pad_left(width - below.cell_length)))
        self.virtual_size = Size(max(1, seen), len(self._lines))
        self.refresh(layout=self.styles.is_auto_height and before != len(self._lines))

    def _note(self, row: Row, text: Content) -> Content:
        """The note beside a text; below it where that leaves the text too little room."""
        note = line(row.note, "$muted")
        needs = note.cell_length + _GAP + min(_LEAST, text.cell_length)
        return note if needs <= self._text_width() or not self._wrap else Content("")

    def on_resize(self) -> None:
        self._lay_out()
        self._follow_cursor()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        if at >= len(self._lines):
            return Strip.blank(width, self.rich_style)
        index, text = self._lines[at]
        kinds = [] if self.rows[index].enabled else ["rows--muted"]
        kinds += ["rows--cursor"] if index == self.cursor else []
        style = self.get_visual_style(*kinds)
        content = self._drawn(index, text, width, first=self._firsts[index] == at)
        strips = Visual.to_strips(self, content, width, 1, style, pad=True)
        return strips[0] if strips else Strip.blank(width, style.rich_style)

    def _drawn(self, index: int, text: Content, width: int, *, first: bool) -> Content:
        row = self.rows[index]
        if not first:
            return Content(" " * self._indent()) + text
        pointer = f"{_POINTER} " if index == self.cursor else "  "
        head = Content.styled(pointer, "$accent bold")
        if self._mark_width:
            mark = line(row.mark, "bold" if row.enabled else "")
            room = self._mark_width - mark.cell_length
            mark = (
                mark.pad_left(max(0, room)) if row.mark.isdigit() else mark.pad_right(max(0, room))
            )
            head += mark.truncate(self._mark_width, ellipsis=True) + " " * _GAP
        note = self._note(row, line(row.text))
        room = width - head.cell_length - (note.cell_length + _GAP if note else 0)
        body = text.truncate(max(1, room), ellipsis=True)
        if not note:
            return head + body
        return head + body.pad_right(max(0, room - body.cell_length) + _GAP) + note

    def on_click(self, event: events.Click) -> None:
        event.stop()
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = offset.y + self.scroll_offset.y
        if at < len(self._lines):
            self.post_message(self.Clicked(self, self._lines[at][0]))
