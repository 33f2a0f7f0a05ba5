"""A page of choices: one is taken by its number at once, or by the arrows and Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic

from textual import on
from textual.containers import Vertical
from textual.widgets import Static

from sopguide.desk.asking import NUMBERED
from sopguide.messages import _
from sopguide.tui.screens.base import MOVES, Page, Result
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize
    from textual.widget import Widget

_ROWS = 24
"""With fewer rows a page takes all of them."""


class PickPage(Page[Result], Generic[Result]):
    """Asks one thing after another; whoever makes it says what, and what a choice leads to."""

    # Textual reads it as of the class at hand, so it names no class.
    CSS = """
    .page #asked { text-style: bold; margin-bottom: 1; }
    .page Rows { height: auto; max-height: 66vh; min-height: 3; }
    .page #message { color: $error; min-height: 1; }
    .-flat.page { height: 100%; }
    .-flat.page #asked { margin-bottom: 0; }
    .-flat.page Rows { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        ("enter", "take", "Take"),
        *((str(n), f"digit({n})", f"Choice {n}") for n in range(1, 10)),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(classes="page") as page:
            page.border_title = line(self.title_of())
            page.border_subtitle = line(_("Esc closes"))
            yield Static(id="asked")
            yield from self.fields()
            yield Rows()
            yield Static(id="message")

    def on_resize(self, event: Resize) -> None:
        self.query_one(".page").set_class(event.size.height < _ROWS, "-flat")

    def title_of(self) -> str:
        """What the page is called."""
        raise NotImplementedError

    def fields(self) -> Iterator[Widget]:
        """What stands between the question and the choices."""
        return iter(())

    def choose(self, place: int) -> None:
        """What comes of the choice at a place."""
        raise NotImplementedError

    def ask(self, question: str, choices: Sequence[str], cursor: int = 0) -> None:
        """Show a question and its choices; a cursor of -1 leaves Enter without one."""
        self.query_one("#asked", Static).update(line(question))
        self.refuse("")
        self.show([(choice, "") for choice in choices], cursor)

    def show(self, choices: Sequence[tuple[str, str]], cursor: int = 0) -> None:
        """Show other choices for the same question, each with a note at the right edge."""
        rows = [
            Row(text, mark=str(number) if number <= NUMBERED else "", note=note)
            for number, (text, note) in enumerate(choices, 1)
        ]
        self.query_one(Rows).show(rows, cursor)

    def refuse(self, why: str) -> None:
        """Say in place why something was not done."""
        self.query_one("#message", Static).update(shown(why))

    def action_move(self, by: int) -> None:
        self.query_one(Rows).move(by)

    def action_page(self, by: int) -> None:
        self.query_one(Rows).page(by)

    def action_digit(self, number: int) -> None:
        """Take a choice by its number."""
        self._take(number - 1)

    def action_take(self) -> None:
        """Take what is under the cursor."""
        self._take(self.query_one(Rows).cursor)

    @on(Rows.Clicked)
    def take_by_click(self, event: Rows.Clicked) -> None:
        self._take(event.index)

    def _take(self, place: int) -> None:
        if 0 <= place < len(self.query_one(Rows).rows):
            self.choose(place)
        else:
            self.refuse(_("There is no such choice"))
