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

from sopguide.desk.parked import GIVEN_UP
from sopguide.tui import drawing
from sopguide.tui.screens.step import StepScreen
from sopguide.tui.themes import DARK, LIGHT
from sopguide.walk.walk import ENDED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.binding import BindingType

    from sopguide.desk.hand import Desk, WalkInHand
    from sopguide.tui.screens.base import DeskScreen
    from sopguide.tui.screens.choose import ChooseScreen
    from sopguide.tui.screens.outcome import OutcomeScreen
    from sopguide.tui.screens.resume import ResumeScreen


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
        resume: bool = True,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`sop` and `ticket`: what to begin with; `resume`: offer what was left unfinished."""
        super().__init__()
        self.animation_level = "none"
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = (LIGHT if light_terminal(os.environ) else DARK).name
        self._desk = desk
        self._walk: WalkInHand | None = None
        self._sop = sop
        self._ticket = dict(ticket or {})
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
        """What was left unfinished, else the SOP that was named, else the choice."""
        if self._resume and (parked := self._desk.parked()):
            from sopguide.tui.screens.resume import ResumeScreen

            return ResumeScreen(parked)
        return self._next()

    def _next(self) -> DeskScreen[None]:
        """The SOP that was named, once; then the choice."""
        sop, self._sop = self._sop, None
        if sop is None:
            return self._choose()
        walk = self._desk.open(sop, self._ticket)
        if isinstance(walk, str):
            return self._choose(walk)
        self._ticket = {}
        return self._in_hand(walk)

    def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)

    def on_ready(self) -> None:
        """The first frame is painted: what was imported till here is never garbage."""
        gc.freeze()
        gc.enable()

    def _choose(self, why: str = "") -> DeskScreen[None]:
        from sopguide.tui.screens.choose import ChooseScreen

        return ChooseScreen(self._desk.shelf, str(self._ticket.get("id", "")), why)

    def _outcome(self) -> DeskScreen[None]:
        from sopguide.tui.screens.outcome import OutcomeScreen

        assert self._walk is not None  # noqa: S101 - there is no outcome without a walk
        outcome = self._walk.view().outcome
        assert outcome is not None  # noqa: S101 - asked for only at the end
        return OutcomeScreen(self._walk, outcome, self._elapsed())

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
        self._since = self._clock()
        return self._outcome() if _ended(walk) else StepScreen(walk)

    async def _show(self) -> None:
        """Show where the walk stands, on the screen that is there where it fits."""
        assert self._walk is not None  # noqa: S101 - screens of a walk alone lead here
        screen = self.screen
        if _ended(self._walk):
            await self._instead(self._outcome())
        elif isinstance(screen, StepScreen):
            screen.show(self._walk)
        else:
            await self._instead(StepScreen(self._walk))
            self._tick()

    async def _instead(self, screen: DeskScreen[None]) -> None:
        """Show another screen. Textual cannot take the first one away, so it stays below."""
        screen.fold(self.size)
        if len(self.screen_stack) == 1:
            await self.push_screen(screen)
        else:
            await self.switch_screen(screen)

    def _refuse(self, why: str) -> None:
        refuse = getattr(self.screen, "refuse", None)
        assert refuse is not None  # noqa: S101 - each screen has a place for it
        refuse(why)

    async def _done_or_refused(self, why: str | None) -> None:
        if why is None:
            await self._show()
        else:
            self._refuse(why)

    async def on_step_screen_answered(self, event: StepScreen.Answered) -> None:
        """An answer; the screen changes once it is on disk."""
        if self._walk is not None:
            await self._done_or_refused(self._walk.answer(event.choice))

    async def on_step_screen_wanted(self, event: StepScreen.Wanted) -> None:
        await self._wanted(event.what)

    async def on_outcome_screen_wanted(self, event: OutcomeScreen.Wanted) -> None:
        await self._wanted(event.what)

    async def _wanted(self, what: str) -> None:
        match what:
            case "back":
                await self._back(None)
            case "path":
                self._open_path()
            case "help":
                self._open_help()
            case "keys":
                from sopguide.tui.screens.pages import keys_page

                self.push_screen(keys_page(getattr(self.screen, "all_keys", ())))
            case "park":
                await self._park()
            case "give up":
                self._ask_to_give_up()
            case _:
                await self.action_quit()

    async def _back(self, to: int | None) -> None:
        if self._walk is not None:
            await self._done_or_refused(self._walk.back(to))

    def _open_path(self) -> None:
        from sopguide.tui.screens.path import PathPage

        async def go(to: int | None) -> None:
            if to is not None:
                await self._back(to)

        if self._walk is not None:
            self.push_screen(PathPage(self._walk.view().path), go)

    def _open_help(self) -> None:
        from sopguide.tui.screens.pages import help_page

        if self._walk is not None:
            if why := self._walk.help_opened():
                self._refuse(why)
            self.push_screen(help_page(self._walk.view()))

    async def _park(self) -> None:
        if self._walk is None:
            return
        if why := self._walk.suspend():
            self._refuse(why)
            return
        self._walk = None
        await self._instead(self._choose())

    def _ask_to_give_up(self) -> None:
        from sopguide.tui.screens.confirm import ConfirmPage

        async def give_up(yes: bool | None) -> None:  # noqa: FBT001 - Textual's callback
            if not yes or self._walk is None:
                return
            if why := self._walk.abandon(GIVEN_UP):
                self._refuse(why)
            else:
                self._walk = None
                await self._instead(self._choose())

        self.push_screen(ConfirmPage("Give this walk up? It ends without an outcome."), give_up)

    async def on_outcome_screen_done(self) -> None:
        """The outcome is applied: the next ticket."""
        if self._walk is None:
            return
        if why := self._walk.finish():
            self._refuse(why)
            return
        self._walk = None
        await self._instead(self._choose())

    # Between walks

    async def on_choose_screen_chosen(self, event: ChooseScreen.Chosen) -> None:
        """Begin; what is known of the ticket that the program was started with is used once."""
        mine = event.ticket == str(self._ticket.get("id", ""))
        ticket = self._ticket if mine else {"id": event.ticket}
        if await self._begun(self._desk.open(event.sop, ticket)):
            self._ticket = {}

    async def on_resume_screen_chosen(self, event: ResumeScreen.Chosen) -> None:
        await self._begun(self._desk.resume(event.walk))

    async def _begun(self, walk: WalkInHand | str) -> bool:
        if isinstance(walk, str):
            self._refuse(walk)
            return False
        await self._instead(self._in_hand(walk))
        return True

    async def on_resume_screen_dropped(self, event: ResumeScreen.Dropped) -> None:
        """A parked walk is given up; the others stay offered."""
        if why := self._desk.abandon(event.walk):
            self._refuse(why)
            return
        await self._offer_parked()

    async def on_resume_screen_skipped(self) -> None:
        await self._instead(self._next())

    async def on_choose_screen_parked_asked(self) -> None:
        if self._desk.parked():
            await self._offer_parked()
        else:
            self._refuse("No walk is parked")

    async def _offer_parked(self) -> None:
        from sopguide.tui.screens.resume import ResumeScreen

        parked = self._desk.parked()
        if not parked:
            await self._instead(self._choose())
        elif isinstance(self.screen, ResumeScreen):
            self.screen.show(parked)
        else:
            await self._instead(ResumeScreen(parked))

    # The app

    def action_theme(self) -> None:
        """Dark or light."""
        self.theme = (LIGHT if self.theme == DARK.name else DARK).name

    async def action_quit(self) -> None:
        """Leave; a walk in hand is kept for resuming."""
        if self._walk is None:
            self.exit()
            return
        if why := self._walk.suspend():
            self.exit(f"The walk is kept, but its leaving could not be noted: {why}")
            return
        ticket = f" of {self._walk.ticket_id}" if self._walk.ticket_id else ""
        self.exit(
            f"The walk{ticket} in {self._walk.view().sop} is kept and offered at the next start."
        )


def _ended(walk: WalkInHand) -> bool:
    return walk.view().status == ENDED


def light_terminal(environment: Any) -> bool:
    """Whether the terminal says that its background is light (`COLORFGBG=0;15`)."""
    background = str(environment.get("COLORFGBG", "")).rpartition(";")[2]
    return background in {"7", "15"}
