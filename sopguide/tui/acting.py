"""What the keys do to the walk in hand, and which page each of them opens.

Screens ask by the names of the table of actions; the walk decides. What it refuses is said in
place, on the screen in view.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.desk.parked import GIVEN_UP
from sopguide.desk.wording import sentence, taken_out
from sopguide.messages import _
from sopguide.tui.in_turn import InTurn

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopguide.desk.hand import Remarked, WalkInHand


class Opened(NamedTuple):
    """A page: where it is, what it is given beside the walk, and what is done with its answer."""

    module: str
    page: str
    given: tuple[str, ...]
    then: str


PAGES = {
    "override": Opened("sopguide.tui.screens.override", "OverridePage", (), "_overrule"),
    "escalate": Opened("sopguide.tui.screens.escalate", "EscalatePage", (), "_overrule"),
    "note": Opened("sopguide.tui.screens.remark", "RemarkPage", ("note",), "_remark"),
    "feedback": Opened("sopguide.tui.screens.remark", "RemarkPage", ("feedback",), "_remark"),
    "park": Opened("sopguide.tui.screens.park", "ParkPage", (), "_park"),
}
"""The pages that ask for something before it is done, each imported when it is first opened."""

_MOVES: dict[str, Callable[[WalkInHand, Any], str | None]] = {
    "answer": lambda walk, choice: walk.answer(choice),
    "back": lambda walk, choice: walk.back(choice),
    "undo": lambda walk, _choice: walk.undo(),
    "redo": lambda walk, _choice: walk.redo(),
}


class Acting(InTurn):
    """The part of the desk that acts on the walk in hand."""

    _walk: WalkInHand | None

    def _act(self, what: str, choice: Any = None) -> None:
        """Do what a screen of the walk in hand asks for."""
        walk = self._walk
        if walk is None:  # a key from before the screen was changed
            return
        if what in _MOVES:
            self._shown_or_refused(_MOVES[what](walk, choice))
        elif what in PAGES:
            self._open(PAGES[what], walk)
        elif what == "finish":
            self._left_or_refused(walk.finish(choice))
        else:
            getattr(self, f"_open_{what.replace('-', '_')}")(walk)

    def _open(self, opened: Opened, walk: WalkInHand) -> None:
        """Open a page; where it is dismissed with something, do that."""
        page = getattr(import_module(opened.module), opened.page)(walk, *opened.given)

        def then(answer: Any) -> None:
            if answer is not None:
                getattr(self, opened.then)(walk, answer)

        self.push_screen(page, then)

    def _overrule(self, walk: WalkInHand, answer: tuple[str, str]) -> None:
        self._shown_or_refused(walk.overrule(*answer))

    def _remark(self, _walk: WalkInHand, answer: tuple[str, Remarked]) -> None:
        kind, kept = answer
        said = _("Your note is kept.") if kind == "note" else _("Kept for the owner of the SOP.")
        if kept.removed:
            said += " " + taken_out(kept.removed)
        self._say(said)

    def _park(self, walk: WalkInHand, reason: str) -> None:
        self._left_or_refused(walk.suspend(reason))

    # What comes of it

    def _show(self) -> None:
        """Show where the walk stands."""
        raise NotImplementedError

    def _take_next(self) -> None:
        """The walk is out of hand: the next ticket."""
        raise NotImplementedError

    def _shown_or_refused(self, why: str | None) -> None:
        if why is None:
            self._show()
        else:
            self._refuse(why)

    def _left_or_refused(self, why: str | None) -> None:
        if why is not None:
            self._refuse(why)
            return
        self._walk = None
        self._take_next()

    def _refuse(self, why: str) -> None:
        """Say why not, on the screen in view: each has a place for it."""
        self.screen.refuse(sentence(why))  # type: ignore[attr-defined]

    def _say(self, what: str) -> None:
        """Say what was done, where the screen in view has a place for it."""
        if say := getattr(self.screen, "say", None):
            say(what)

    # Pages to look at

    def _open_path(self, walk: WalkInHand) -> None:
        from sopguide.tui.screens.path import PathPage

        def go(to: int | None) -> None:
            if to is not None:
                self._act("back", to)

        self.push_screen(PathPage(walk.view().path, walk.returning), go)

    def _open_help(self, walk: WalkInHand) -> None:
        from sopguide.tui.screens.pages import help_page

        if why := walk.help_opened():
            self._refuse(why)
        self.push_screen(help_page(walk.view()))

    def _open_ticket(self, walk: WalkInHand) -> None:
        from sopguide.tui.screens.pages import ticket_page

        self.push_screen(ticket_page(walk))

    def _open_keys(self, _walk: WalkInHand) -> None:
        from sopguide.tui.screens.pages import keys_page

        self.push_screen(keys_page(getattr(self.screen, "all_keys", ())))

    def _open_give_up(self, walk: WalkInHand) -> None:
        from sopguide.tui.screens.confirm import ConfirmPage

        def give_up(yes: bool | None) -> None:  # noqa: FBT001 - Textual's callback
            if yes:
                self._left_or_refused(walk.abandon(GIVEN_UP))

        asked = _("Give this walk up? It ends without an outcome.")
        self.push_screen(ConfirmPage(asked), give_up)

    def _open_leave(self, walk: WalkInHand) -> None:
        """Leave the program; the walk is kept for resuming, and what is being written."""
        for screen in self.screen_stack:
            if put_down := getattr(screen, "put_down", None):
                put_down()
        if why := walk.suspend():
            self.exit(
                _("The walk is kept, but its leaving could not be noted: {why}").format(why=why)
            )
            return
        said = _("The walk in {sop} is kept and offered at the next start.")
        if walk.ticket_id:
            said = _("The walk of {ticket} in {sop} is kept and offered at the next start.")
        self.exit(said.format(ticket=walk.ticket_id, sop=walk.view().sop))
