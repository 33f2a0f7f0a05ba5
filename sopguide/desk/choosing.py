"""Choosing an SOP for a ticket: what is ranked or found, and which ticket it will be for.

Screens and lines show what this says. As long as nothing is typed, the ticket's own words rank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.desk.incoming import TicketError, read_ticket, words_of
from sopguide.desk.known import Known
from sopguide.desk.shelf import Offer, Ranked
from sopguide.messages import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sopguide.desk.hand import Desk
    from sopguide.desk.intake import Next


class Choosing:
    """A ticket, which may still change, and the SOPs that are offered for it."""

    def __init__(self, desk: Desk, given: Next) -> None:
        self._desk = desk
        self.place = given.place
        self.ticket: Mapping[str, Any] = given.ticket
        self.found: Sequence[Ranked] = ()
        self.told = ""
        """What the list is, or why it is empty."""
        self.points = False
        """Whether the first one is more than the first of a list."""

    @property
    def text(self) -> str:
        """What was written in the ticket."""
        return words_of(self.ticket)

    def read(self, text: str, own_id: str = "") -> str | None:
        """Take a text as the ticket: JSON or plain, with this id unless it brings one."""
        try:
            ticket = read_ticket(text)
        except TicketError as error:
            return _("This is no ticket: {why}").format(why=error)
        self.ticket = {**({"id": own_id} if own_id else {}), **ticket}
        return None

    def put_away(self) -> None:
        """Forget what the ticket says; a ticket of the queue stays."""
        if not self.place:
            own = self.ticket.get("id")
            self.ticket = {} if own is None else {"id": own}

    def called(self, own_id: str) -> Mapping[str, Any]:
        """The ticket under this id. If it had another, this is another ticket, not yet known."""
        before = str(self.ticket.get("id", ""))
        if own_id == before:
            return self.ticket
        known = {} if before else self.ticket
        return {**known, "id": own_id} if own_id else known

    def search(self, typed: str) -> None:
        """Offer what fits what is typed; else what the ticket's words speak for; else all."""
        shelf, words = self._desk.shelf, typed.strip()
        if words or not self.text:
            self.found = [Ranked(offer, ()) for offer in shelf.find(words)]
            self.points = bool(self.found and words)
            self.told = self._count(words)
            return
        ranked = shelf.rank(self.text)
        chosen = {each.offer.sop for each in ranked}
        others = (Ranked(offer, ()) for offer in shelf.offers if offer.sop not in chosen)
        self.found = [*ranked, *others]
        self.points = bool(ranked)
        self.told = _(_RANKED if ranked else _UNRANKED)

    def known(self, offer: Offer, ticket: Mapping[str, Any]) -> Known:
        """What the ticket would fill in."""
        return self._desk.known(offer.sop, ticket) if offer.why_not is None else Known()

    def _count(self, words: str) -> str:
        if self.found:
            all_of_them = len(self._desk.shelf.offers)
            return _("{found} of {all}").format(found=len(self.found), all=all_of_them)
        if words:
            return _("No SOP fits `{words}`: try other words").format(words=words)
        return _("No SOP is live now")


_RANKED = N_("By the words of the ticket, the likeliest first")
_UNRANKED = N_("No word of the ticket names an SOP: type a few words of your own")
