"""A page to type, paste or read a ticket's text in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Static, TextArea

from sopguide.clean import clean
from sopguide.messages import _
from sopguide.tui.keys import Key, bar_of
from sopguide.tui.screens.base import Page
from sopguide.tui.text import line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class TicketTextPage(Page[str]):
    """Dismissed with the text, or None where it is left as it was."""

    AUTO_FOCUS = "TextArea"
    CSS_PATH = "ticket_text.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("f4,ctrl+s", "take", "Take"),
        ("escape", "close", "Close"),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = clean(text)

    def compose(self) -> ComposeResult:
        with Vertical(classes="page") as page:
            page.border_title = line(_("The ticket: its subject on the first line"))
            yield TextArea(self._text, soft_wrap=True, show_line_numbers=False)
            yield Static(bar_of(_keys()))

    def action_take(self) -> None:
        """Use what stands there, unless nothing was changed."""
        text = self.query_one(TextArea).text
        self.dismiss(text if text.strip() and text != self._text else None)


def _keys() -> tuple[Key, ...]:
    return (
        Key("F4", _("use this text"), "", "screen.take"),
        Key("Esc", _("close"), "", "screen.close"),
    )
