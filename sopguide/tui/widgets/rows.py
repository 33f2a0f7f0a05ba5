"""A list of rows that wraps, scrolls and is drawn only where it is seen.

It shows what it is given and says which row was clicked. Keys are the screen's affair, so that one
key means one thing wherever the focus is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from sopguide.tui.text import line
from sopguide.tui.widgets.laying import GAP, Laid, Row, lay_out, note_beside
from sopguide.tui.widgets.words import Remembering, value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

__all__ = ["Row", "Rows"]

_POINTER = "▸"


class Rows(ScrollView, Remembering, can_focus=False):
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
        self._laid = Laid()

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
        firsts = self._laid.firsts
        if not 0 <= row < len(firsts):
            self.scroll_to(y=0, animate=False, force=True)
            return
        first = firsts[row]
        after = firsts[row + 1 :][:1] or [len(self._laid.lines)]
        self.scroll_to_region(
            Region(0, first, max(1, self.size.width), after[0] - first), animate=False, force=True
        )

    def _lay_out(self) -> None:
        before, self._laid = len(self._laid.lines), self._lines_of(self.rows)
        lines = len(self._laid.lines)
        self.virtual_size = Size(max(1, self.scrollable_content_region.width), lines)
        self.refresh(layout=self.styles.is_auto_height and before != lines)

    def _lines_of(self, rows: tuple[Row, ...]) -> Laid:
        seen = self.scrollable_content_region.width
        return self.once(lambda: lay_out(rows, seen, wrap=self._wrap), rows, seen)

    def make_ready(self, rows: Sequence[Row], cursor: int = -1) -> None:
        """Draw what is seen first of rows that may be shown next."""
        laid = self._lines_of(tuple(rows))
        for at in range(min(len(laid.lines), self.screen.size.height)):
            self._strip(rows, laid, at, cursor)

    def on_resize(self) -> None:
        self._lay_out()
        self._follow_cursor()

    def render_line(self, y: int) -> Strip:
        at = y + self.scroll_offset.y
        if at >= len(self._laid.lines):
            return Strip.blank(self.scrollable_content_region.width, self.rich_style)
        return self._strip(self.rows, self._laid, at, self.cursor)

    def _strip(self, rows: Sequence[Row], laid: Laid, at: int, cursor: int) -> Strip:
        width = self.scrollable_content_region.width
        index, text = laid.lines[at]
        row, pointed, first = rows[index], index == cursor, laid.firsts[index] == at
        kinds = [] if row.enabled else ["rows--muted"]
        style = self.get_visual_style(*kinds, *(["rows--cursor"] if pointed else []))

        def make() -> Strip:
            content = Content(" " * laid.indent) + text
            if first:
                content = self._head(row, laid, pointed=pointed)
                content += self._body(row, laid, text, width - content.cell_length)
            strips = Visual.to_strips(self, content, width, 1, style, pad=True)
            return strips[0] if strips else Strip.blank(width, style.rich_style)

        return self.once(
            make, row, value(text), first, pointed, laid.mark_width, width, style, self.app.theme
        )

    def _head(self, row: Row, laid: Laid, *, pointed: bool) -> Content:
        head = Content.styled(f"{_POINTER} " if pointed else "  ", "$accent bold")
        if not laid.mark_width:
            return head
        mark = line(row.mark, "bold" if row.enabled else "")
        if self._wrap and laid.spills(row):
            return head + mark + " " * GAP
        room = max(0, laid.mark_width - mark.cell_length)
        mark = mark.pad_left(room) if row.mark.isdigit() else mark.pad_right(room)
        return head + mark.truncate(laid.mark_width, ellipsis=True) + " " * GAP

    def _body(self, row: Row, laid: Laid, text: Content, width: int) -> Content:
        seen = self.scrollable_content_region.width
        if self._wrap and laid.spills(row):
            note = line(row.note, "$muted")
            note = note if note.cell_length <= width else Content("")
        else:
            note = note_beside(row, line(row.text), laid.text_width(seen), wrap=self._wrap)
        room = width - (note.cell_length + GAP if note else 0)
        body = text.truncate(max(1, room), ellipsis=True)
        if not note:
            return body
        return body.pad_right(max(0, room - body.cell_length) + GAP) + note

    def on_click(self, event: events.Click) -> None:
        event.stop()
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = offset.y + self.scroll_offset.y
        if at < len(self._laid.lines):
            self.post_message(self.Clicked(self, self._laid.lines[at][0]))
