"""The desk in a terminal: it puts on the screen what the walk says, and passes answers to it.

Every answer goes through the walk in hand, which has it on disk before this app shows what comes
next; where that fails, the screen stays as it is and says why.
"""

from __future__ import annotations

import gc
import os
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App

from sopguide.desk.intake import Intake
from sopguide.desk.parked import GIVEN_UP
from sopguide.messages import N_, _
from sopguide.tui import drawing
from sopguide.tui.screens.step import StepScreen
from sopguide.tui.themes import DARK, LIGHT
from sopguide.walk.walk import ENDED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.binding import BindingType

    from sopguide.desk.hand import Desk, WalkInHand
    from sopguide.desk.queue import Queue
    from sopguide.tui.screens.base import DeskScreen
    from sopguide.tui.screens.choose import ChooseScreen
    from sopguide.tui.screens.resume import ResumeScreen

_LAST = N_("This is the last ticket of the queue")


class DeskApp(App[str]):
    """Ends with a line to say to the agent, or None."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "sopguide"
    BINDINGS: ClassVar[list[BindingType]] = [("t,ctrl+t", "theme", "Dark or light")]

    def __init__(
        self,
        desk: Desk,
        *,
        sop: str | None = None,
        ticket: Mapping[str, Any] | None = None,
        walk: WalkInHand | None = None,
        queue: Queue | None = None,
        resume: bool = True,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`sop` and `ticket`: what to begin with, or a `walk` that is going on already.

        `queue`: the tickets to work; `resume`: offer what was left unfinished.
        """
        super().__init__()
        self.animation_level = "none"
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = (LIGHT if light_terminal(os.environ) else DARK).name
        self._desk = desk
        self._walk: WalkInHand | None = None
        self._intake = Intake(desk, sop, ticket, queue)
        self._begin_in = walk
        self._resume = resume
        self._clock = clock
        self._since = clock()

    def get_default_screen(self) -> DeskScreen[None]:
        """The first screen, with its style, which Textual loads for later screens only."""
        screen = self._first()
        screen.fold(self.size)
        for path in screen.css_path:
            self.stylesheet.read(path)
        return screen

    def _first(self) -> DeskScreen[None]:
        """The walk that goes on, else what was left, else the SOP named, else the choice."""
        if self._begin_in is not None:
            return self._in_hand(self._begin_in)
        if self._resume and (parked := self._desk.parked()):
            from sopguide.tui.screens.resume import ResumeScreen

            return ResumeScreen(parked)
        return self._next()

    def _next(self) -> DeskScreen[None]:
        """The next ticket: its walk, where it goes on or its SOP was named; else the choice."""
        given = self._intake.next()
        if given.walk:
            walk = self._desk.resume(given.walk)
        elif given.sop:
            walk = self._desk.open(given.sop, given.ticket)
        else:
            return self._choose()
        if isinstance(walk, str):
            return self._choose(walk)
        self._intake.begun(given.ticket)
        return self._in_hand(walk)

    def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)

    def on_ready(self) -> None:
        """The first frame is painted: what was imported till here is never garbage."""
        gc.freeze()
        gc.enable()

    def _choose(self, why: str = "") -> DeskScreen[None]:
        from sopguide.tui.screens.choose import ChooseScreen

        return ChooseScreen(self._desk, self._intake.next(), why or self._intake.told())

    def _outcome(self) -> DeskScreen[None]:
        from sopguide.tui.screens.outcome import OutcomeScreen

        assert self._walk is not None  # noqa: S101 - there is no outcome without a walk
        outcome = self._walk.view().outcome
        assert outcome is not None  # noqa: S101 - asked for only at the end
        return OutcomeScreen(self._walk, self._act, outcome)

    def _elapsed(self) -> str:
        return drawing.elapsed(self._clock() - self._since)

    def _tick(self) -> None:
        """Show the time on the screen in view, be there a page over it."""
        if self._walk is None:
            return
        for screen in reversed(self.screen_stack):
            if tick := getattr(screen, "tick", None):
                tick(self._elapsed())
                return

    # The walk in hand

    def _in_hand(self, walk: WalkInHand) -> DeskScreen[None]:
        """Take a walk in hand: the screen to show it on."""
        self._walk = walk
        self._since = self._clock() - walk.spent
        return self._outcome() if _ended(walk) else StepScreen(walk, self._act)

    def _show(self) -> None:
        """Show where the walk stands, on the screen that is there where it fits."""
        assert self._walk is not None  # noqa: S101 - screens of a walk alone lead here
        if _ended(self._walk):
            self._instead(self._outcome())
        elif isinstance(self.screen, StepScreen):
            self.screen.show(self._walk)
        else:
            self._instead(StepScreen(self._walk, self._act))

    def _instead(self, screen: DeskScreen[None]) -> None:
        """Show another screen. Textual cannot take the first one away, so it stays below."""
        screen.fold(self.size)
        if len(self.screen_stack) == 1:
            self.push_screen(screen)
        else:
            self.switch_screen(screen)
        self.call_later(self._tick)

    def _refuse(self, why: str) -> None:
        refuse = getattr(self.screen, "refuse", None)
        assert refuse is not None  # noqa: S101 - each screen has a place for it
        refuse(why)

    def _act(self, what: str, choice: Any = None) -> None:
        """Do what a screen of the walk in hand asks for."""
        walk = self._walk
        if walk is None:  # a key from before the screen was changed
            return
        match what:
            case "answer":
                self._shown_or_refused(walk.answer(choice))
            case "back":
                self._shown_or_refused(walk.back(choice))
            case "finish":
                self._left_or_refused(walk.finish())
            case "park":
                self._left_or_refused(walk.suspend())
            case "give up":
                self._ask_to_give_up(walk)
            case "leave":
                self._leave(walk)
            case _:
                self._open(what, walk)

    def _open(self, what: str, walk: WalkInHand) -> None:
        """Open a page over the screen."""
        match what:
            case "path":
                self._open_path(walk)
            case "help":
                self._open_help(walk)
            case "ticket":
                self._open_ticket(walk)
            case _:
                self._open_keys()

    def _shown_or_refused(self, why: str | None) -> None:
        if why is None:
            self._show()
        else:
            self._refuse(why)

    def _left_or_refused(self, why: str | None) -> None:
        """The walk is out of hand: the next ticket."""
        if why is not None:
            self._refuse(why)
            return
        self._walk = None
        self._instead(self._next())

    def _open_path(self, walk: WalkInHand) -> None:
        from sopguide.tui.screens.path import PathPage

        def go(to: int | None) -> None:
            if to is not None:
                self._act("back", to)

        self.push_screen(PathPage(walk.view().path), go)

    def _open_help(self, walk: WalkInHand) -> None:
        from sopguide.tui.screens.pages import help_page

        if why := walk.help_opened():
            self._refuse(why)
        self.push_screen(help_page(walk.view()))

    def _open_ticket(self, walk: WalkInHand) -> None:
        from sopguide.tui.screens.pages import ticket_page

        self.push_screen(ticket_page(walk))

    def _open_keys(self) -> None:
        from sopguide.tui.screens.pages import keys_page

        self.push_screen(keys_page(getattr(self.screen, "all_keys", ())))

    def _ask_to_give_up(self, walk: WalkInHand) -> None:
        from sopguide.tui.screens.confirm import ConfirmPage

        def give_up(yes: bool | None) -> None:  # noqa: FBT001 - Textual's callback
            if yes:
                self._left_or_refused(walk.abandon(GIVEN_UP))

        self.push_screen(ConfirmPage("Give this walk up? It ends without an outcome."), give_up)

    def _leave(self, walk: WalkInHand) -> None:
        """Leave the program; the walk is kept for resuming."""
        if why := walk.suspend():
            self.exit(f"The walk is kept, but its leaving could not be noted: {why}")
            return
        ticket = f" of {walk.ticket_id}" if walk.ticket_id else ""
        self.exit(f"The walk{ticket} in {walk.view().sop} is kept and offered at the next start.")

    # Between walks

    def on_choose_screen_chosen(self, event: ChooseScreen.Chosen) -> None:
        """Begin a walk of the ticket on the screen."""
        if self._walk is not None:  # Enter, pressed twice
            return
        if self._begun(self._desk.open(event.sop, event.ticket)):
            self._intake.begun(event.ticket)

    def on_choose_screen_later_asked(self) -> None:
        """The ticket of the queue that is shown is put last."""
        if self._walk is None:
            self._instead(self._next() if self._intake.later() else self._choose(_(_LAST)))

    def on_resume_screen_chosen(self, event: ResumeScreen.Chosen) -> None:
        if self._walk is None:
            self._begun(self._desk.resume(event.walk))

    def _begun(self, walk: WalkInHand | str) -> bool:
        if isinstance(walk, str):
            self._refuse(walk)
            return False
        self._instead(self._in_hand(walk))
        return True

    def on_resume_screen_dropped(self, event: ResumeScreen.Dropped) -> None:
        """A parked walk is given up; the others stay offered."""
        if why := self._desk.abandon(event.walk):
            self._refuse(why)
            return
        self._offer_parked()

    def on_resume_screen_skipped(self) -> None:
        if self._walk is None:
            self._instead(self._next())

    def on_choose_screen_parked_asked(self) -> None:
        if self._desk.parked():
            self._offer_parked()
        else:
            self._refuse("No walk is parked")

    def _offer_parked(self) -> None:
        from sopguide.tui.screens.resume import ResumeScreen

        parked = self._desk.parked()
        if not parked:
            self._instead(self._choose())
        elif isinstance(self.screen, ResumeScreen):
            self.screen.show(parked)
        else:
            self._instead(ResumeScreen(parked))

    # The app

    def action_theme(self) -> None:
        """Dark or light."""
        self.theme = (LIGHT if self.theme == DARK.name else DARK).name

    async def action_quit(self) -> None:
        """Leave; a walk in hand is kept for resuming."""
        if self._walk is None:
            self.exit()
        else:
            self._leave(self._walk)


def _ended(walk: WalkInHand) -> bool:
    return walk.view().status == ENDED


def light_terminal(environment: Any) -> bool:
    """Whether the terminal says that its background is light (`COLORFGBG=0;15`)."""
    background = str(environment.get("COLORFGBG", "")).rpartition(";")[2]
    return background in {"7", "15"}
