"""The desk in a terminal: it puts on the screen what the walk says, and passes answers to it.

Every answer goes through the walk in hand, which has it on disk before this app shows what comes
next; where that fails, the screen stays as it is and says why. What keys do is in `acting`.
"""

from __future__ import annotations

import gc
import os
from time import monotonic
from typing import TYPE_CHECKING, Any

from sopguide.desk.intake import Intake
from sopguide.desk.settings import Settings
from sopguide.messages import _
from sopguide.tui import drawing, themes
from sopguide.tui.between import Between
from sopguide.tui.keys import pressed
from sopguide.tui.screens.base import DeskScreen, TakesKeys
from sopguide.tui.screens.step import StepScreen
from sopguide.walk.walk import ENDED, WAIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual.events import Key

    from sopguide.desk.hand import Desk, WalkInHand
    from sopguide.desk.queue import Queue


_FAULTS = 2
"""So many mistakes in the settings are told above the question."""


class DeskApp(Between):
    """Ends with a line to say to the agent, or None."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "sopguide"

    def __init__(
        self,
        desk: Desk,
        *,
        sop: str | None = None,
        ticket: Mapping[str, Any] | None = None,
        walk: WalkInHand | None = None,
        queue: Queue | None = None,
        resume: bool = True,
        settings: Settings | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`sop` and `ticket`: what to begin with, or a `walk` that is going on already.

        `queue`: the tickets to work; `resume`: offer what was left unfinished.
        """
        super().__init__()
        self.animation_level = "none"
        self.settings = settings or Settings()
        self.keymap = self.settings.keymap
        themes.put_on(self, self.settings.theme or themes.fits_terminal(os.environ))
        self._desk = desk
        self._walk: WalkInHand | None = None
        self._intake = Intake(desk, sop, ticket, queue)
        self._begin_in = walk
        self._resume = resume
        self._clock = clock
        self._step_since = clock()

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
        parked = self._desk.parked() if self._resume else ()
        if not all(each.waits for each in parked):
            from sopguide.tui.screens.resume import ResumeScreen

            return ResumeScreen(parked)
        return self._next()

    def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)

    def on_ready(self) -> None:
        """The first frame is painted: what was imported till here is never garbage."""
        gc.freeze()
        gc.enable()
        if self.settings.faults:
            self.screen.refuse(_briefly(self.settings.faults))  # type: ignore[attr-defined]

    def on_key(self, event: Key) -> None:
        """A key that no text field wanted: the screen's, by the table of actions."""
        screen = self.screen
        if self.takes(event):
            event.prevent_default()
            return
        name = self.keymap.actions.get(pressed(event))
        if name in {"theme", "find"} and isinstance(screen, DeskScreen):
            event.prevent_default()
            getattr(self, f"_open_{name}")(None)

    def takes(self, event: Key) -> bool:
        """Give a key to the screen, which knows what it means there."""
        screen = self.screen
        return isinstance(screen, TakesKeys) and screen.take_key(event)

    def _outcome(self) -> DeskScreen[None]:
        from sopguide.tui.screens.outcome import OutcomeScreen

        assert self._walk is not None  # noqa: S101 - there is no outcome without a walk
        outcome = self._walk.view().outcome
        assert outcome is not None  # noqa: S101 - asked for only at the end
        return OutcomeScreen(self._walk, self._act, outcome)

    def _tick(self) -> None:
        """Show the time on the screen in view, be there a page over it."""
        if self._walk is None:
            return
        now = self._clock()
        for screen in reversed(self.screen_stack):
            if tick := getattr(screen, "tick", None):
                waits = screen.view.status == WAIT
                tick(drawing.times(self._walk.spent, None if waits else now - self._step_since))
                return

    # The walk in hand

    def _in_hand(self, walk: WalkInHand) -> DeskScreen[None]:
        """Take a walk in hand: the screen to show it on."""
        self._walk = walk
        self._step_since = self._clock()
        return self._outcome() if _ended(walk) else StepScreen(walk, self._act)

    def _show(self) -> None:
        """Show where the walk stands, on the screen that is there where it fits."""
        assert self._walk is not None  # noqa: S101 - screens of a walk alone lead here
        self._step_since = self._clock()
        if _ended(self._walk):
            self._instead(self._outcome())
        elif isinstance(self.screen, StepScreen):
            self.screen.show(self._walk)
            self._tick()
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

    # The app

    def _open_theme(self, _walk: WalkInHand | None) -> None:
        """The next colours."""
        name = themes.after(self.theme)
        themes.put_on(self, name)
        self._say(_("Colours: {name}").format(name=name))

    async def action_quit(self) -> None:
        """Leave; a walk in hand is kept for resuming."""
        self._open_leave(self._walk)

    def _open_leave(self, walk: WalkInHand | None) -> None:
        if walk is None:
            self.exit()
        else:
            super()._open_leave(walk)


def _briefly(faults: Sequence[str]) -> str:
    """The first faults, so that what they stand above is still seen; at the end all are told."""
    more = len(faults) - _FAULTS
    last = [_("(and {n} more)").format(n=more)] if more > 0 else []
    return "\n".join([*faults[:_FAULTS], *last])


def _ended(walk: WalkInHand) -> bool:
    return walk.view().status == ENDED
