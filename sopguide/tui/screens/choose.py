"""Choosing the SOP for a ticket: type a few words, take the one that fits."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from sopguide.tui.keys import Key, bar_of
from sopguide.tui.screens.base import DeskScreen
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.bar import Bar
from sopguide.tui.widgets.entry import Entry
from sopguide.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets import Input

    from sopguide.desk.shelf import Offer, Shelf

_KEYS = (
    Key("a-z", "find", "Type to find an SOP by its title, keywords, labels or id"),
    Key("↑↓", "move", "Move in the list"),
    Key("Enter", "walk", "Walk the SOP under the cursor", "screen.walk"),
    Key("Tab", "ticket", "The ticket's id, so that its walk is found again", "screen.ticket"),
    Key("^R", "parked", "Walks left before their end", "screen.parked"),
    Key("^Q", "leave", "Leave", "app.quit"),
    Key("F1", "keys", "This page", "screen.keys"),
    Key("Esc", "", "Empty the field"),
    Key("^T", "", "Dark or light"),
)

_HINT = Content.styled("Type a few words of the ticket; what fits best comes first.", "$muted")


class ChooseScreen(DeskScreen[None]):
    """Posts `Chosen`; what cannot be walked is shown with the reason and is not posted."""

    CSS_PATH = "choose.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "walk", "Walk"),
        ("escape", "clear", "Clear"),
        ("tab,shift+tab", "ticket", "Ticket"),
        ("ctrl+r", "parked", "Parked"),
        ("ctrl+q", "app.quit", "Leave"),
        ("f1", "keys", "Keys"),
    ]

    class Chosen(Message):
        """Walk this SOP for this ticket."""

        def __init__(self, sop: str, ticket: str) -> None:
            super().__init__()
            self.sop = sop
            self.ticket = ticket

    class ParkedAsked(Message):
        """Show the parked walks."""

    def __init__(self, shelf: Shelf, ticket: str = "", why: str = "") -> None:
        super().__init__()
        self._why = why
        self._shelf = shelf
        self._ticket = ticket
        self._found: Sequence[Offer] = shelf.offers

    def compose(self) -> ComposeResult:
        yield Bar(id="header")
        with Horizontal(id="fields"):
            yield Entry(id="find", placeholder="what is the ticket about?")
            yield Entry(id="ticket-id", placeholder="ticket id (optional)")
        yield Static(id="message")
        with Container(id="lists"):
            yield Rows(id="sops", wrap=False)
            with VerticalScroll(id="about", can_focus=False):
                yield Static()
        yield Bar(id="keys")

    def on_mount(self) -> None:
        self.query_one("#keys", Bar).show(bar_of(_KEYS))
        self.query_one("#ticket-id", Entry).value = self._ticket
        self.query_one("#find", Entry).focus()
        self._show_found("")
        if self._why:
            self.refuse(self._why)

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The page of keys."""
        return _KEYS

    def refuse(self, why: str) -> None:
        """Say in place why nothing was begun."""
        self.query_one("#message", Static).update(line(why))

    @on(Entry.Changed, "#find")
    def narrow(self, event: Input.Changed) -> None:
        """Find while typing."""
        self._show_found(event.value)

    def _show_found(self, text: str) -> None:
        self._found = self._shelf.find(text)
        self.refuse("" if self._found else _nothing(text))
        count = f"{len(self._found)} of {len(self._shelf.offers)}"
        self.query_one("#header", Bar).show(
            line("Which procedure does the ticket need?", "bold"), line(count, "$muted")
        )
        rows = [_row(offer) for offer in self._found]
        self.query_one("#sops", Rows).show(rows, cursor=0 if rows and text.strip() else -1)
        self._preview()

    def _preview(self) -> None:
        offer = self._pointed()
        self.query_one("#about Static", Static).update(_preview(offer) if offer else _HINT)

    def _pointed(self) -> Offer | None:
        cursor = self.query_one("#sops", Rows).cursor
        return self._found[cursor] if 0 <= cursor < len(self._found) else None

    def list_in_hand(self) -> Rows:
        return self.query_one("#sops", Rows)

    def field_in_hand(self) -> Entry:
        return self.query_one("#find", Entry)

    def action_move(self, by: int) -> None:
        super().action_move(by)
        self._preview()

    def action_page(self, by: int) -> None:
        super().action_page(by)
        self._preview()

    def on_input_submitted(self) -> None:
        self.action_walk()

    @on(Rows.Clicked)
    def point_or_walk(self, event: Rows.Clicked) -> None:
        """A first click shows what it is, a second one walks it."""
        if event.rows.cursor == event.index:
            self.action_walk()
        else:
            event.rows.point(event.index)
            self._preview()

    def action_walk(self) -> None:
        """Walk the SOP under the cursor."""
        offer = self._pointed()
        if offer is None:
            self.refuse("Find an SOP first, or point at one with the arrows")
        elif offer.why_not:
            self.refuse(f"{offer.sop} cannot be walked: {offer.why_not}")
        else:
            ticket = self.query_one("#ticket-id", Entry).value.strip()
            self.post_message(self.Chosen(offer.sop, ticket))

    def action_clear(self) -> None:
        """Empty the field that has the focus."""
        if isinstance(self.focused, Entry):
            self.focused.value = ""

    def action_ticket(self) -> None:
        """From one field to the other."""
        find = self.query_one("#find", Entry)
        (self.query_one("#ticket-id", Entry) if find.has_focus else find).focus()

    def action_parked(self) -> None:
        self.post_message(self.ParkedAsked())

    def action_keys(self) -> None:
        from sopguide.tui.screens.pages import keys_page

        self.app.push_screen(keys_page(_KEYS))


def _nothing(text: str) -> str:
    return f"No SOP fits `{text}`: try other words" if text.strip() else "No SOP is live now"


def _row(offer: Offer) -> Row:
    note = "! has errors" if offer.why_not else offer.version
    return Row(offer.title, mark=offer.sop, note=note, enabled=not offer.why_not)


def _preview(offer: Offer) -> Content:
    parts = [line(f"{offer.title}", "bold")]
    if offer.why_not:
        parts.append(shown(f"Cannot be walked: {offer.why_not}", "$error"))
    parts.append(shown(offer.about))
    parts.append(line(f"{offer.sop} {offer.version} · owner {offer.owner}", "$muted"))
    if offer.keywords:
        parts.append(line(f"keywords: {', '.join(offer.keywords)}", "$muted"))
    return Content("\n").join(parts)
