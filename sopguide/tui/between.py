"""Between walks: the next ticket is taken, a parked walk taken up again, the one in hand parked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.desk.intake import Gone
from sopguide.messages import N_, _
from sopguide.tui.finding import Finding
from sopguide.tui.keys import face

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sopguide.desk.actions import KeyMap
    from sopguide.desk.hand import WalkInHand
    from sopguide.desk.intake import Intake
    from sopguide.tui.screens.base import DeskScreen
    from sopguide.tui.screens.choose import ChooseScreen
    from sopguide.tui.screens.resume import ResumeScreen

_LAST = N_("This is the last ticket of the queue")


class Between(Finding):
    """The part of the desk that changes from walk to walk."""

    _intake: Intake
    keymap: KeyMap

    def _in_hand(self, walk: WalkInHand) -> DeskScreen[None]:
        """Take a walk in hand: the screen to show it on."""
        raise NotImplementedError

    def _instead(self, screen: DeskScreen[None]) -> None:
        """Show another screen."""
        raise NotImplementedError

    def _next(self) -> DeskScreen[None]:
        """The next ticket: its walk, where it goes on or its SOP was named, else the choice."""
        given = self._intake.next()
        if given.walk:
            return self._taken(self._desk.resume(given.walk), given.ticket)
        if given.sop:
            walk = self._intake.begin(given.sop, given.ticket)
            if isinstance(walk, Gone):
                return self._next()
            return self._choose(walk) if isinstance(walk, str) else self._in_hand(walk)
        return self._choose()

    def _taken(self, walk: WalkInHand | str, ticket: Mapping[str, Any]) -> DeskScreen[None]:
        """A walk in hand, or the choice with the reason why there is none."""
        if isinstance(walk, str):
            return self._choose(walk)
        self._intake.begun(ticket)
        return self._in_hand(walk)

    def _choose(self, why: str = "") -> DeskScreen[None]:
        from sopguide.tui.screens.choose import ChooseScreen

        why = why or self._intake.passed_over() or self._intake.told()
        return ChooseScreen(self._desk, self._intake.next(), why)

    def _take_next(self) -> None:
        self._instead(self._next())

    def _begin(self, sop: str, ticket: Mapping[str, Any]) -> None:
        self._instead(self._taken(self._desk.open(sop, ticket), ticket))

    # What the choice asks for

    def on_choose_screen_chosen(self, event: ChooseScreen.Chosen) -> None:
        """Begin a walk of the ticket on the screen."""
        if self._walk is not None:  # Enter, pressed twice
            return
        walk = self._intake.begin(event.sop, event.ticket)
        if isinstance(walk, Gone):
            self._instead(self._choose(walk.why))
        else:
            self._begun(walk)

    def on_choose_screen_later_asked(self) -> None:
        """The ticket of the queue that is shown is put last."""
        if self._walk is None:
            self._instead(self._next() if self._intake.later() else self._choose(_(_LAST)))

    def _open_later(self, _walk: WalkInHand | None) -> None:
        """Another ticket of the queue first, where one is being chosen for."""
        from sopguide.tui.screens.choose import ChooseScreen

        if isinstance(self.screen, ChooseScreen):
            self.screen.action_later()
        else:
            key = face(self.keymap.key("later"))
            self._refuse(_("Esc closes this list, then {key}").format(key=key))

    def on_choose_screen_parked_asked(self) -> None:
        self._open_parked(None)

    def _begun(self, walk: WalkInHand | str) -> bool:
        if isinstance(walk, str):
            self._refuse(walk)
            return False
        self._instead(self._in_hand(walk))
        return True

    # Parked walks

    def _open_parked(self, _walk: WalkInHand | None) -> None:
        """The parked walks, over the walk in hand or instead of the choice."""
        if self._desk.parked():
            self._offer_parked()
        else:
            self._refuse(_("No walk is parked"))

    def _offer_parked(self) -> None:
        from sopguide.tui.screens.resume import ResumeScreen

        parked = self._desk.parked()
        if isinstance(self.screen, ResumeScreen):
            if parked:
                self.screen.show(parked)
            else:
                self.on_resume_screen_skipped()
            return
        screen = ResumeScreen(parked)
        if self._walk is None:
            self._instead(screen)
        else:
            screen.fold(self.size)
            self.push_screen(screen)

    def on_resume_screen_chosen(self, event: ResumeScreen.Chosen) -> None:
        """Go on with a parked walk; the one in hand is parked instead."""
        from sopguide.tui.screens.resume import ResumeScreen

        if not isinstance(self.screen, ResumeScreen):  # Enter, pressed twice
            return
        before, walk = self._walk, self._desk.resume(event.walk)
        if isinstance(walk, str):
            self._refuse(walk)
        elif before is None:
            self._begun(walk)
        elif why := before.suspend():
            walk.suspend()
            self._refuse(why)
        else:
            self.pop_screen()
            self._begun(walk)

    def on_resume_screen_dropped(self, event: ResumeScreen.Dropped) -> None:
        """A parked walk is given up; the others stay offered."""
        if why := self._desk.abandon(event.walk):
            self._refuse(why)
            return
        self._offer_parked()

    def on_resume_screen_skipped(self) -> None:
        """Back to the walk in hand; without one, to the next ticket."""
        from sopguide.tui.screens.resume import ResumeScreen

        if not isinstance(self.screen, ResumeScreen):  # Escape, pressed twice
            return
        if self._walk is None:
            self._instead(self._next())
        else:
            self.pop_screen()
