"""The zones at both sides of the question, where the terminal is wide enough for them.

They are made when there is first room, and imported then: a narrow desk starts without them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from sopguide.desk.countdown import mark
from sopguide.messages import _
from sopguide.tui import drawing, possible
from sopguide.tui.text import line
from sopguide.tui.widgets.hanging import Hanging, Paragraph
from sopguide.tui.widgets.rows import Row, Rows
from sopguide.tui.widgets.words import entitle
from sopguide.walk.path import AGENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from sopguide.desk.countdown import Countdown
    from sopguide.desk.hand import WalkInHand
    from sopguide.walk.ahead import Ahead
    from sopguide.walk.returning import Kept
    from sopguide.walk.rows import PathRow
    from sopguide.walk.view import View

_SIGNS = len("⏱ !! ")
"""The columns of a clock's sign, so that its words stand apart from it."""


class TicketSide(Vertical):
    """What was written, what is known and who said so, and the limits that run."""

    def __init__(self) -> None:
        super().__init__(id="ticket")
        self._words = Hanging(0, id="words")
        self._facts = Rows(id="facts")
        self._clocks = Hanging(_SIGNS, id="clocks")

    def compose(self) -> ComposeResult:
        yield self._words
        yield self._facts
        yield self._clocks

    def show(self, walk: WalkInHand, view: View) -> None:
        """Show the ticket of a walk."""
        entitle(self, line(drawing.ticket_title(walk)))
        words = drawing.words(walk)
        self._words.display = bool(words)
        self._words.show([Paragraph(words, Content(""))] if words else ())
        self._facts.show(drawing.fact_rows(view))

    def show_clocks(self, clocks: Sequence[Countdown]) -> None:
        """Show the limits that run, the nearest first."""
        self._clocks.display = bool(clocks)
        marks = ((each, Content(mark(each))) for each in clocks)
        self._clocks.show([Paragraph(drawing.clock(each, full=True), sign) for each, sign in marks])


class PathSide(Vertical):
    """The path so far, the answers that wait for their question, and what can still come."""

    def __init__(self) -> None:
        super().__init__(id="way")
        self._path = Rows(id="path")
        self._still = Hanging(2, id="still")

    def compose(self) -> ComposeResult:
        yield self._path
        yield self._still

    def show(self, view: View, kept: Sequence[Kept], ahead: Ahead) -> None:
        """Show where a walk came from, and where it can go."""
        entitle(self, line(_("Path")))
        here = next((place for place, row in enumerate(view.path) if row.current), -1)
        rows = [*map(_path_row, view.path), *map(_kept_row, kept)]
        self._path.show(rows, in_view=min(here + 2, len(rows) - 1))
        found = possible.outcomes(ahead)
        self._still.display = bool(found)
        entitle(self._still, line(_("Still possible")))
        self._still.show([Paragraph(each, Content("·")) for each in found])


def _path_row(row: PathRow) -> Row:
    if row.current:
        return Row(row.label, mark="▸")
    answer = f"{row.label}: {row.answer}" if row.answer else row.label
    return Row(answer, mark="✓", note=_note(row))


def _kept_row(kept: Kept) -> Row:
    return Row(f"{kept.label}: {kept.answer}", mark="↺", note=_("kept"), enabled=False)


def _note(row: PathRow) -> str:
    """Who answered, where it was not the agent just now."""
    if not row.answer:
        return ""
    return _("kept") if row.kept else "" if row.by == AGENT else drawing.by(row.by)
