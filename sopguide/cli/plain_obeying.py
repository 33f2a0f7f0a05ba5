"""What the commands of a walk in lines do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.cli import plain_told
from sopguide.cli.plain import Ending
from sopguide.cli.plain_asked import Picker, named
from sopguide.cli.plain_commands import told
from sopguide.cli.plain_parked import list_parked, resumed
from sopguide.cli.plain_remarks import PlainRemarks
from sopguide.cli.plain_reply import PlainReply
from sopguide.desk.asking import numbered
from sopguide.desk.hand import PARK_REASONS
from sopguide.desk.parked import GIVEN_UP
from sopguide.desk.wording import ahead_line, parked_reason
from sopguide.messages import N_, _
from sopguide.walk.catalogue import LABEL, MACRO, STEP

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopguide.cli.plain import PlainWalk
    from sopguide.walk.view import View

    Done = Ending | bool
    """How the walk ended, or whether it moved."""

_KINDS = {"sop": N_("SOP"), STEP: N_("step"), MACRO: N_("macro"), LABEL: N_("label")}


class Obeying:
    """Each method does what its command says."""

    def __init__(self, plain: PlainWalk) -> None:
        self._plain = plain
        self._hand = plain.hand
        self._pick = Picker(plain.ask, plain.say)
        self._remarks = PlainRemarks(plain)
        self.reply = PlainReply(plain)

    def obey(self, view: View, word: str, rest: str) -> Done:
        """Do what a command says with what follows it."""
        commands: dict[str, Callable[[View, str], Done | None]] = {
            "?": self._help,
            "back": self._back,
            "undo": lambda _view, _rest: self._plain.did(self._hand.undo()),
            "redo": lambda _view, _rest: self._plain.did(self._hand.redo()),
            "path": lambda view, _rest: self._plain.say(*plain_told.path(view)),
            "ticket": self._ticket,
            "ahead": lambda _view, _rest: self._plain.say(ahead_line(self._hand.ahead())),
            "clocks": self._clocks,
            "find": self._find,
            "escalate": self._escalate,
            "override": self._override,
            "park": self._park,
            "parked": self._parked,
            "give": self._give_up,
            "quit": lambda _view, _rest: self._plain.leave(),
        }
        more = {**self.reply.commands, **self._remarks.commands}
        do = commands.get(word) or more[word]
        return do(view, rest) or False

    def _help(self, view: View, _rest: str) -> None:
        drill = self._plain.desk is None
        self._plain.say(*told(drill=drill))
        if not drill:
            self._hand.help_opened()
            self._plain.say(*plain_told.step_help(view))

    def _back(self, view: View, row: str) -> bool:
        if not row:
            return self._plain.did(self._hand.back())
        answered = numbered(view.path, row)
        if answered is None or not answered.can_return:
            self._plain.say(_("Type back and the number of a row you answered; path lists them"))
            return False
        return self._plain.did(self._hand.back(answered.place))

    def _ticket(self, view: View, _rest: str) -> None:
        self._plain.say(*plain_told.ticket(self._hand.ticket, view))
        notes = (each.text for each in self._hand.remarks())
        self._plain.say(*(_("Note: {text}").format(text=text) for text in notes))

    def _clocks(self, _view: View, _rest: str) -> None:
        from sopguide.desk.countdown import in_full

        clocks = self._hand.clocks()
        self._plain.say(*map(in_full, clocks) if clocks else [_("No clock runs here")])

    # Finding

    def _find(self, _view: View, words: str) -> None:
        from sopguide.desk.palette import COMMAND, SOP, Palette

        assert self._plain.desk is not None  # noqa: S101 - a drill has no such command
        hits = Palette(self._plain.desk.shelf, self._hand).find(words)
        found = [hit for hit in hits if hit.kind != COMMAND]
        for hit in found:
            detail = hit.detail if hit.kind in {SOP, STEP} else ""
            parts = (_(_KINDS[hit.kind]), hit.id, hit.title, detail)
            self._plain.say("  " + "  ".join(part for part in parts if part))
        if not found:
            self._plain.say(_("Nothing fits `{words}`").format(words=words))

    # Another outcome

    def _escalate(self, _view: View, typed: str) -> bool:
        return self._choose(typed, hand_offs=True)

    def _override(self, _view: View, typed: str) -> bool:
        return self._choose(typed, hand_offs=False)

    def _choose(self, typed: str, *, hand_offs: bool) -> bool:
        offered = [each for each in self._hand.offered() if each.to or not hand_offs]
        chosen = self._pick.outcome(offered, typed)
        return chosen is not None and self._plain.did(self._hand.overrule(*chosen))

    # Leaving

    def _park(self, _view: View, typed: str) -> Done:
        reason = named(typed, PARK_REASONS) or self._pick.pick(
            _("reason"), PARK_REASONS, parked_reason
        )
        if reason is None or not self._plain.did(self._hand.suspend(reason)):
            return False
        self._plain.say(_("Parked: {reason}").format(reason=parked_reason(reason)))
        return Ending.PARKED

    def _parked(self, _view: View, number: str) -> Done:
        """The parked tickets; with the number of one, that one, and this one is kept."""
        desk = self._plain.desk
        assert desk is not None  # noqa: S101 - a drill has no such command
        parked = desk.parked()
        chosen = numbered(parked, number)
        if chosen is None:
            list_parked(parked, self._plain.say, "parked")
            return False
        walk = resumed(desk, chosen, self._plain.say)
        if walk is None:
            return False
        if not self._plain.did(self._hand.suspend()):
            walk.suspend()
            return False
        self._plain.take_up(walk)
        return True

    def _give_up(self, _view: View, _rest: str) -> Done:
        given_up = self._plain.did(self._hand.abandon(GIVEN_UP))
        return Ending.ABANDONED if given_up else False
