"""The path so far, a row a step; choosing one returns there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import Static

from sopguide.tui import drawing
from sopguide.tui.screens.base import MOVES, Page
from sopguide.tui.text import line
from sopguide.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sopguide.walk.view import PathRow

_NOTE = "Enter returns to a step and asks it again; later answers are kept where they still apply."


class PathPage(Page[int]):
    """Dismissed with the index of a path row, or None."""

    CSS = "PathPage #note { color: $muted; } PathPage Rows { max-height: 80vh; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        ("enter", "go", "Go"),
        ("g,f3,q", "close", "Close"),
        *((str(n), f"digit({n})", f"Row {n}") for n in range(1, 10)),
    ]

    def __init__(self, path: Sequence[PathRow]) -> None:
        super().__init__()
        self._path = path

    def compose(self) -> ComposeResult:
        with Vertical(classes="page") as page:
            page.border_title = "Path"
            page.border_subtitle = "Esc closes"
            yield Rows()
            yield Static(line(_NOTE), id="note")

    def on_mount(self) -> None:
        rows = [
            Row(
                _text(row),
                mark=str(number),
                note=_note(row),
                enabled=row.can_return,
            )
            for number, row in enumerate(self._path, 1)
        ]
        self.query_one(Rows).show(rows, cursor=self._last())

    def _last(self) -> int:
        """The last step that can be returned to."""
        places = [place for place, row in enumerate(self._path) if row.can_return]
        return places[-1] if places else -1

    def action_move(self, by: int) -> None:
        self.query_one(Rows).move(by)

    def action_page(self, by: int) -> None:
        self.query_one(Rows).page(by)

    def action_digit(self, number: int) -> None:
        self._go(number - 1)

    def action_go(self) -> None:
        self._go(self.query_one(Rows).cursor)

    @on(Rows.Clicked)
    def go_by_click(self, event: Rows.Clicked) -> None:
        self._go(event.index)

    def _go(self, place: int) -> None:
        note = self.query_one("#note", Static)
        if not 0 <= place < len(self._path):
            note.update(line("There is no such row."))
        elif self._path[place].current:
            self.dismiss(None)
        elif not self._path[place].can_return:
            note.update(
                line(f"`{self._path[place].step}` was not answered by you: choose another.")
            )
        else:
            self.dismiss(self._path[place].place)


def _text(row: PathRow) -> str:
    where = row.step if row.label == row.step.rpartition(".")[2] else f"{row.step} · {row.label}"
    return f"{where} → {row.answer}" if row.answer else where


def _note(row: PathRow) -> str:
    if row.current:
        return "here"
    who = drawing.by(row.by) if row.answer else ""
    return f"{who}, kept" if row.kept else who
