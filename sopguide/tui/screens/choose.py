"""Choosing the SOP for a ticket: by what the ticket says, or by a few words typed."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.message import Message

from sopguide.messages import _
from sopguide.tui import breath, choosing
from sopguide.tui.keys import face, pressed
from sopguide.tui.screens.choice import Choice
from sopguide.tui.widgets.entry import Entry
from sopguide.tui.widgets.pasting import PasteEntry
from sopguide.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import BindingType
    from textual.events import Key as Pressed

    from sopguide.desk.hand import Desk
    from sopguide.desk.intake import Next


class ChooseScreen(Choice):
    """Posts `Chosen`; what cannot be walked is shown with the reason and is not posted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "walk", "Walk"),
        ("escape", "clear", "Clear"),
        ("tab,shift+tab", "ticket", "Ticket"),
    ]

    class Chosen(Message):
        """Walk this SOP for this ticket."""

        def __init__(self, sop: str, ticket: Mapping[str, Any]) -> None:
            super().__init__()
            self.sop = sop
            self.ticket = ticket

    class ParkedAsked(Message):
        """Show the parked walks."""

    class LaterAsked(Message):
        """Put the ticket of the queue last."""

    def __init__(self, desk: Desk, given: Next, why: str = "") -> None:
        super().__init__(desk, given, why)
        self._be_fresh()

    def _be_fresh(self) -> None:
        """For a breath Enter begins nothing: it is of the ticket before, or of what was pasted."""
        self._fresh_until = monotonic() + breath.SECONDS

    def take_key(self, event: Pressed) -> bool:
        """A key of the table; one for walks says that there is none."""
        name = self.means(event)
        if name in choosing.ACTIONS:
            self.call_later(self.run_action, choosing.ACTIONS[name])
        elif name is None or name in {"find", "theme"}:
            return False
        else:
            self.refuse(_("{key}: choose an SOP first").format(key=face(pressed(event))))
        return True

    @on(PasteEntry.Pasted)
    def read_pasted(self, event: PasteEntry.Pasted) -> None:
        """A ticket was pasted: JSON, or plain text; an Enter at its end is not the agent's."""
        self._be_fresh()
        self._read(event.text)

    def _read(self, text: str) -> None:
        if why := self._choosing.read(text, self._own_id):
            self.refuse(why)
        else:
            self._show_ticket()

    def action_move(self, by: int) -> None:
        super().action_move(by)
        self._fresh_until = 0.0
        self._preview()

    def action_page(self, by: int) -> None:
        super().action_page(by)
        self._fresh_until = 0.0
        self._preview()

    def on_input_submitted(self) -> None:
        self.action_walk()

    @on(Rows.Clicked)
    def point_or_walk(self, event: Rows.Clicked) -> None:
        """A first click shows what it is, a second one walks it."""
        self._fresh_until = 0.0
        if event.rows.cursor == event.index:
            self.action_walk()
        else:
            event.rows.point(event.index)
            self._preview()

    def action_walk(self) -> None:
        """Walk the SOP under the cursor."""
        ranked = self._pointed()
        if ranked is None:
            self.refuse(_("Find an SOP first, or point at one with the arrows"))
        elif ranked.offer.why_not:
            why = _("{sop} cannot be walked: {why}")
            self.refuse(why.format(sop=ranked.offer.sop, why=ranked.offer.why_not))
        elif monotonic() < self._fresh_until and not self._find.value:
            self._be_fresh()
            self.refuse(_("Press Enter again to walk {sop}").format(sop=ranked.offer.sop))
        else:
            ticket = self._choosing.called(self._own_id)
            self.post_message(self.Chosen(ranked.offer.sop, ticket))

    def action_clear(self) -> None:
        """Empty the field that has the focus; an empty one puts the ticket's text away."""
        if isinstance(self.focused, Entry) and self.focused.value:
            self.focused.value = ""
        elif self._find.has_focus:
            self._choosing.put_away()
            self._show_ticket()

    def action_ticket(self) -> None:
        """From one field to the other."""
        (self.query_one("#ticket-id", Entry) if self._find.has_focus else self._find).focus()

    def action_text(self) -> None:
        """A page to type, paste or read the ticket's text in."""
        from sopguide.tui.screens.ticket_text import TicketTextPage

        def take(text: str | None) -> None:
            if text is not None:
                self._read(text)

        self.app.push_screen(TicketTextPage(self._choosing.text), take)

    def action_later(self) -> None:
        """Another ticket of the queue first."""
        if self._choosing.place:
            self.post_message(self.LaterAsked())
        else:
            self.refuse(_("No queue is worked: there is no other ticket"))

    def action_parked(self) -> None:
        self.post_message(self.ParkedAsked())

    def action_keys(self) -> None:
        from sopguide.tui.screens.pages import keys_page

        self.app.push_screen(keys_page(self.all_keys))
