"""A page to type, paste or read a ticket's text in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import Static

from sopguide.clean import clean
from sopguide.messages import N_, _
from sopguide.tui.keys import Key, bar_of, face
from sopguide.tui.screens.base import Page
from sopguide.tui.text import line
from sopguide.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key as Pressed

_LONGEST = 20_000  # characters; more would take seconds to wrap, and are there to read
_TITLE = N_("The ticket: its subject on the first line")
_TOO_LONG = N_("The beginning of the ticket; it is too long to be changed here")


class TicketTextPage(Page[str]):
    """Dismissed with the text, or None where it is left as it was."""

    AUTO_FOCUS = "Writing"
    CSS_PATH = "ticket_text.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("ctrl+s", "take", "Take"),
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
            yield Static(id="message")
            yield Static(bar_of(self._keys()))

    def take_key(self, event: Pressed) -> bool:
        """The key that opened it uses what stands here."""
        if self.means(event) == "ticket":
            self.action_take()
            return True
        return super().take_key(event)

    @on(Writing.Changed)
    def _written_on(self) -> None:
        self.query_one("#message", Static).update("")

    @on(Writing.TooLong)
    def _say_too_long(self, event: Writing.TooLong) -> None:
        """The list takes a text of any length, and shows its beginning."""
        told = _("{n} characters have no room here. Esc, then paste the ticket above the list.")
        self.query_one("#message", Static).update(line(told.format(n=f"{event.left_out:,}")))

    def action_take(self) -> None:
        """Use what stands there, unless nothing was changed."""
        text = self.query_one(Writing).text
        self.dismiss(text if text.strip() and text != self._text else None)

    def _keys(self) -> Iterator[Key]:
        if self._whole:
            key = face(self.keymap.key("ticket", typing=True))
            yield Key(key, _("use this text"), "", "screen.take")
        yield Key("Esc", _("close"), "", "screen.close")
