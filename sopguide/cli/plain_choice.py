"""Choosing an SOP in lines: by the ticket's words, or by words typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.clean import clean
from sopguide.cli.plain_parked import list_parked, resumed
from sopguide.desk.asking import numbered
from sopguide.desk.choosing import Choosing
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sopguide.cli.plain import Ask, Say
    from sopguide.desk.hand import Desk, WalkInHand
    from sopguide.desk.intake import Intake, Next
    from sopguide.desk.shelf import Ranked

_MOST_LISTED = 9
_MOST_WORDS = 4
_END = "."

Chosen = tuple[str, "Mapping[str, Any]"]


class PlainChoice:
    """One ticket, until an SOP is chosen for it."""

    def __init__(self, desk: Desk, intake: Intake, given: Next, ask: Ask, say: Say) -> None:
        self._desk = desk
        self._intake = intake
        self._ask = ask
        self._tell = say
        self._choosing = Choosing(desk, given)
        self._listed: Sequence[Ranked] = ()
        self.resumed: WalkInHand | None = None
        """A parked walk that was taken up instead of choosing."""

    def _say(self, text: str) -> None:
        self._tell(clean(text))

    def chosen(self) -> Chosen | None:
        """The SOP, and the ticket as it stands by then; None when the agent leaves."""
        self._offer()
        while (typed := self._ask(_("SOP: a number, or words to find it; quit> "))) is not None:
            words = typed.strip()
            command = words.casefold().removeprefix("/")
            if command in {"quit", "q"}:
                return None
            if command in _COMMANDS:
                self._obey(command)
                continue
            if self._resumed(command):
                return None
            ranked = self._named(words)
            if ranked is None:
                self._search(words)
            elif why := ranked.offer.why_not:
                self._say(_("{sop} cannot be walked: {why}").format(sop=ranked.offer.sop, why=why))
            else:
                return ranked.offer.sop, self._choosing.ticket
        return None

    def _resumed(self, command: str) -> bool:
        """`parked 2`: whether that parked walk is taken up again instead."""
        word, _space, number = command.partition(" ")
        parked = numbered(self._desk.parked(), number) if word == "parked" else None
        self.resumed = resumed(self._desk, parked, self._say) if parked else None
        return self.resumed is not None

    def _obey(self, command: str) -> None:
        match command:
            case "?" | "help":
                for text in _help():
                    self._say(text)
            case "ticket":
                self._say(self._choosing.text or _("Nothing came with this ticket"))
            case "paste":
                self._paste()
            case "later":
                self._later()
            case _:
                list_parked(self._desk.parked(), self._tell, "parked")

    def _offer(self) -> None:
        if self._choosing.text:
            self._say(self._choosing.text)
        self._search("")

    def _search(self, words: str) -> None:
        self._choosing.search(words)
        found = self._choosing.found
        self._listed = ([each for each in found if each.words] or found)[:_MOST_LISTED]
        if self._choosing.points or self._choosing.text or not found:
            self._say(self._choosing.told)
        for number, ranked in enumerate(self._listed, 1):
            self._tell(clean(_line(number, ranked), keep_newlines=False))
        if more := len(found) - len(self._listed):
            self._say(_("  and {n} more: type words to find them").format(n=more))

    def _named(self, typed: str) -> Ranked | None:
        found = (each for each in self._choosing.found if each.offer.sop == typed)
        return numbered(self._listed, typed) or next(found, None)

    def _paste(self) -> None:
        """Lines of a ticket, until one that holds a full stop only."""
        self._say(_("The ticket, its subject first; a line with only a full stop ends it"))
        lines = []
        while (typed := self._ask("")) is not None and typed.strip() != _END:
            lines.append(typed)
        own = str(self._choosing.ticket.get("id", ""))
        if why := self._choosing.read("\n".join(lines), own):
            self._say(why)
        else:
            self._search("")

    def _later(self) -> None:
        if not self._intake.later():
            self._say(_("There is no other ticket in the queue"))
            return
        given = self._intake.next()
        self._say(_("Ticket {id}, {place}").format(id=given.ticket.get("id"), place=given.place))
        self._choosing = Choosing(self._desk, given)
        self._offer()


_COMMANDS = frozenset({"?", "help", "ticket", "paste", "later", "parked"})


def _help() -> Iterator[str]:
    yield _("Type the number or the id of an SOP, or words to find one. Commands:")
    yield _("  paste    type or paste the ticket's text; its words rank the SOPs")
    yield _("  ticket   read the ticket")
    yield _("  later    put this ticket of the queue last")
    yield _("  parked   the parked tickets; parked 2: go on with that one")
    yield _("  quit     leave")


def _line(number: int, ranked: Ranked) -> str:
    offer = ranked.offer
    note = ", ".join(ranked.words[:_MOST_WORDS])
    if offer.why_not:
        note = _("has errors")
    return f"  {number}  {offer.sop}  {offer.title}" + (f" ({note})" if note else "")
