"""The choice of an SOP, drawn: fields, the ticket's words, the list, and what the SOP is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Container, Horizontal, VerticalScroll
from textual.widgets import Static

from sopguide.desk.choosing import Choosing
from sopguide.desk.wording import day_line
from sopguide.messages import _
from sopguide.tui import choosing
from sopguide.tui.keys import Key, bar_of
from sopguide.tui.screens.base import DeskScreen
from sopguide.tui.text import line
from sopguide.tui.widgets.bar import Bar
from sopguide.tui.widgets.entry import Entry
from sopguide.tui.widgets.pasting import PasteEntry
from sopguide.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from sopguide.desk.hand import Desk
    from sopguide.desk.intake import Next
    from sopguide.desk.shelf import Ranked


class Choice(DeskScreen[None]):
    """Shows what fits the ticket, or what is typed; what keys do is `ChooseScreen`'s affair."""

    CSS_PATH = "choose.tcss"

    def __init__(self, desk: Desk, given: Next, why: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._choosing = Choosing(desk, given)
        self._why = why

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The page of keys."""
        return choosing.keys(self.keymap)

    def compose(self) -> ComposeResult:
        yield Bar(id="header")
        with Horizontal(id="fields"):
            yield PasteEntry(id="find", placeholder=_("type what it is about, or paste the ticket"))
            yield Entry(id="ticket-id", placeholder=_("ticket id (optional)"))
        yield Static(id="ticket-text")
        yield Static(id="message")
        with Container(id="lists"):
            yield Rows(id="sops", wrap=False)
            with VerticalScroll(id="about", can_focus=False):
                yield Static()
        yield Bar(id="keys")

    def on_mount(self) -> None:
        if self.gone:
            return
        self.query_one("#keys", Bar).show(bar_of(self.all_keys))
        self.set_focus(self._find)
        self._show_header()
        self._show_ticket()
        if self._why:
            self.refuse(self._why)
        self.call_after_refresh(self._show_day)

    @property
    def _find(self) -> Entry:
        return self.query_one("#find", PasteEntry)

    @property
    def _own_id(self) -> str:
        return self.query_one("#ticket-id", Entry).value.strip()

    def refuse(self, why: str) -> None:
        """Say in place why nothing was begun."""
        self.query_one("#message", Static).update(line(why, "$error"))

    def _show_header(self, day: str = "") -> None:
        title = _("Which procedure does the ticket need?")
        right = " · ".join(part for part in (self._choosing.place, day) if part)
        self.query_one("#header", Bar).show(line(title, "bold"), line(right, "$muted"))

    def _show_day(self) -> None:
        """Reading the log, and the index, wait until something is on the screen."""
        self._show_header(day_line(self._desk.day()))
        self._desk.shelf.make_ready()

    def _show_ticket(self) -> None:
        """Show the ticket's text and what it speaks for."""
        chosen = self._choosing
        self.query_one("#ticket-id", Entry).value = str(chosen.ticket.get("id", ""))
        text = self.query_one("#ticket-text", Static)
        text.set_class(not chosen.text, "-none")
        text.update(choosing.ticket_text(chosen.text))
        self._find.value = ""
        self._show_found()

    @on(Entry.Changed, "#find")
    def narrow(self) -> None:
        """Find while typing."""
        self._show_found()

    @on(Entry.Changed, "#ticket-id")
    def preview_again(self) -> None:
        """Another id is another ticket, of which nothing is known."""
        self._preview()

    def _show_found(self) -> None:
        chosen = self._choosing
        chosen.search(self._find.value)
        self.query_one("#message", Static).update(line(chosen.told, "$muted"))
        rows = [choosing.row(ranked) for ranked in chosen.found]
        self.query_one("#sops", Rows).show(rows, cursor=0 if chosen.points else -1)
        self._preview()

    def _preview(self) -> None:
        about = self.query_one("#about Static", Static)
        if (ranked := self._pointed()) is None:
            about.update(choosing.hint(self._choosing.text))
            return
        known = self._choosing.known(ranked.offer, self._choosing.called(self._own_id))
        about.update(choosing.preview(ranked, known))

    def _pointed(self) -> Ranked | None:
        cursor, found = self.list_in_hand().cursor, self._choosing.found
        return found[cursor] if 0 <= cursor < len(found) else None

    def list_in_hand(self) -> Rows:
        return self.query_one("#sops", Rows)

    def field_in_hand(self) -> Entry:
        return self._find
