"""What the screens of a walk in hand share: the keys of the table.

A screen of a walk calls the app at once instead of posting it a message. A key pressed before the
next question is drawn then belongs to that question, never to the one before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Protocol

from textual.widgets import Static

from sopguide.desk.actions import FIXED, is_text
from sopguide.messages import _
from sopguide.tui import drawing
from sopguide.tui.keys import Key, face, key_for, keys_for, pressed
from sopguide.tui.screens.replying import Replying
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.events import Key as Pressed

    from sopguide.desk.countdown import Countdown
    from sopguide.desk.hand import WalkInHand
    from sopguide.walk.view import OutcomeView, View

_MEANT = re.compile(r"f\d+|ctrl\+[a-z]")


class Act(Protocol):
    """What the app does for a screen: `answer`, `finish`, and all that the table of keys names."""

    def __call__(self, what: str, choice: Any = None) -> None: ...


class WalkScreen(Replying):
    """A screen that shows a walk in hand.

    For each action of the table there is a `do_…` method here, or else the app is asked.
    """

    def __init__(self, walk: WalkInHand, act: Act) -> None:
        super().__init__()
        self.view: View = walk.view()
        self._walk = walk
        self._act = act
        self._elapsed = drawing.times(0, 0)

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The page of keys."""
        raise NotImplementedError

    # Keys

    def take_key(self, event: Pressed) -> bool:
        """Do what the key means; one that could mean something, and does not, says so."""
        key = pressed(event)
        if key == "backspace" and self.focused is not None:
            return False
        name = self.means(event)
        if name is not None:
            self.action_do(name)
        elif _is_named(key) and event.key not in self.active_bindings:
            keys = face(self.keymap.key("keys"))
            said = _("`{key}` does nothing here; {keys} shows the keys")
            self.refuse(said.format(key=face(key), keys=keys))
        else:
            return False
        return True

    def action_do(self, name: str) -> None:
        """Do what the table of actions names so."""
        own = getattr(self, f"do_{name.replace('-', '_')}", None)
        if own is None:
            self._act(name)
        else:
            own()

    def do_later(self) -> None:
        """A ticket in hand is no longer in the queue."""
        park = face(self.keymap.key("park"))
        told = _("This ticket is in hand, no longer in the queue: {park} parks it")
        self.refuse(told.format(park=park))

    def bar_keys(self, names: Iterable[str], *, typing: bool = False) -> tuple[Key, ...]:
        """Actions for the last line."""
        return tuple(key_for(self.keymap, name, typing=typing) for name in names)

    def page_keys(self, names: Iterable[str]) -> tuple[Key, ...]:
        """Actions for the page of keys."""
        return keys_for(self.keymap, names)

    # What all of them show

    def tick(self, elapsed: str) -> None:
        """Show the time on this ticket; the clock also runs while a screen comes and goes."""
        self._elapsed = elapsed
        clocks = self._walk.clocks()
        if (bar := self.query_one_optional("#header", Bar)) is not None:
            bar.show(drawing.header(self.view), drawing.ticket(self._walk, elapsed, clocks))
        self.show_clocks(clocks)

    def show_clocks(self, clocks: Sequence[Countdown]) -> None:
        """Show all limits that run in the ticket's zone, where there is room for it."""
        if not self.has_class("-wide"):
            return
        from sopguide.tui.widgets.sides import TicketSide

        if (side := self.query_one_optional("#ticket", TicketSide)) is not None:
            side.show_clocks(clocks)

    def refuse(self, why: str) -> None:
        """Say in place why something was not done."""
        self.query_one("#message", Static).update(shown(why))

    def say(self, what: str) -> None:
        """Say in place what was done."""
        self.query_one("#message", Static).update(line(what, "$success"))

    @property
    def sent(self) -> OutcomeView | None:
        """What is sent at this step: the reply and the label; None where nothing is."""
        return self.view.outcome


def _is_named(key: str) -> bool:
    """Whether a key is one that people give a meaning to: not those of lists and of text."""
    return is_text(key) or (key not in FIXED and bool(_MEANT.fullmatch(key)))
