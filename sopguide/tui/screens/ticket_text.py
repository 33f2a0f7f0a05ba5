"""A page to type, paste or read a ticket's text in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Static

from sopguide.clean import clean
from sopguide.messages import N_, _
from sopguide.tui.keys import Key, bar_of
from sopguide.tui.screens.base import Page
from sopguide.tui.text import line
from sopguide.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

_LONGEST = 20_000  # characters; more would take seconds to wrap, and are there to read
_TITLE = N_("The ticket: its subject on the first line")
_TOO_LONG = N_("The beginning of the ticket; it is too long to be changed here")


class TicketTextPage(Page[str]):
    """Dismissed with the text, or None where it is left as it was."""

    AUTO_FOCUS = "Writing"
    CSS_PATH = "ticket_text.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("f4,ctrl+s", "take", "Take"),
        ("escape", "close", "Close"),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = len(text) <= _LONGEST
        self._text = clean(text[:_LONGEST])

    def compose(self) -> ComposeResult:
        with Vertical(classes="page") as page:
            page.border_title = line(_(_TITLE if self._whole else _TOO_LONG))
            text = Writing(self._text, limit=_LONGEST)
            text.read_only = not self._whole
            yield text
            yield Static(bar_of(_keys()[0 if self._whole else 1 :]))

    def action_take(self) -> None:
        """Use what stands there, unless nothing was changed."""
        text = self.query_one(Writing).text
        self.dismiss(text if text.strip() and text != self._text else None)


def _keys() -> tuple[Key, ...]:
    return (
        Key("F4", _("use this text"), "", "screen.take"),
        Key("Esc", _("close"), "", "screen.close"),
    )
