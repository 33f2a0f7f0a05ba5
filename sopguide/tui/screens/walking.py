"""What the screens of a walk in hand share: asking the app for things, and the reply's keys.

A screen of a walk calls the app at once instead of posting it a message. A key pressed before the
next question is drawn then belongs to that question, never to the one before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual.widgets import Static

from sopguide.tui import drawing
from sopguide.tui.keys import Key
from sopguide.tui.screens.base import DeskScreen
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.bar import Bar

if TYPE_CHECKING:
    from textual.binding import BindingType

    from sopguide.desk.hand import WalkInHand
    from sopguide.walk.view import OutcomeView, View

PATH = Key(
    "g", "path", "The path so far: return to any step and answer it again", "screen.want('path')"
)
HELP = Key(
    "i", "help", "Help and policy references of this step in full (also h)", "screen.want('help')"
)
TICKET = Key("v", "ticket", "The ticket: what was written, what is known", "screen.want('ticket')")
PARK = Key("w", "park", "Park this ticket and take another; it is kept", "screen.want('park')")
GIVE_UP = Key("x", "", "Give this walk up: it ends without an outcome")
LEAVE = Key(
    "q", "leave", "Leave; the walk is kept and offered again (also Ctrl+Q)", "screen.want('leave')"
)
KEYS = Key("?", "keys", "This page", "screen.want('keys')")
COPY = Key("c", "copy", "Copy the reply", "screen.copy")
LABEL = Key("y", "label", "Copy the label", "screen.copy_label")
LOCALE = Key("l", "locale", "The reply in the next language", "screen.locale")
THEME = Key("t", "", "Dark or light (also Ctrl+T)")


class Act(Protocol):
    """What the app does for a screen: `answer`, `finish`, `back`, `ticket`, `park`, …."""

    def __call__(self, what: str, choice: Any = None) -> None: ...


class WalkScreen(DeskScreen[None]):
    """A screen that shows a walk in hand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("backspace", "want('back')", "Back"),
        ("g,f3", "want('path')", "Path"),
        ("i,h,f2", "want('help')", "Help"),
        ("v,f4", "want('ticket')", "Ticket"),
        ("w", "want('park')", "Park"),
        ("x", "want('give up')", "Give up"),
        ("q,ctrl+q", "want('leave')", "Leave"),
        ("question_mark,f1", "want('keys')", "Keys"),
        ("c", "copy", "Copy the reply"),
        ("y", "copy_label", "Copy the label"),
        ("l", "locale", "Language"),
    ]

    def __init__(self, walk: WalkInHand, act: Act) -> None:
        super().__init__()
        self.view: View = walk.view()
        self._walk = walk
        self._act = act
        self._locale = walk.locale
        self._elapsed = "00:00"

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The page of keys."""
        raise NotImplementedError

    def action_want(self, what: str) -> None:
        """Ask the app for something."""
        self._act(what)

    def tick(self, elapsed: str) -> None:
        """Show the time on this ticket; the clock also runs while a screen comes and goes."""
        self._elapsed = elapsed
        for bar in self.query("#header").results(Bar):
            bar.show(drawing.header(self.view), drawing.ticket(self._walk, elapsed))

    def refuse(self, why: str) -> None:
        """Say in place why something was not done."""
        self.query_one("#message", Static).update(shown(why))

    def say(self, what: str) -> None:
        """Say in place what was done."""
        self.query_one("#message", Static).update(line(what, "$success"))

    # The reply

    @property
    def sent(self) -> OutcomeView | None:
        """What is sent at this step: the reply and the label; None where nothing is."""
        return self.view.outcome

    def show_reply(self) -> None:
        """Show the reply in the locale in hand."""
        raise NotImplementedError

    def action_copy(self) -> None:
        """Copy the reply."""
        rendered = self._walk.macro(self._locale)
        if rendered is None:
            self.refuse("There is no reply to copy at this step")
        else:
            self.app.copy_to_clipboard(rendered.text)
            self.say(drawing.copied("reply"))

    def action_copy_label(self) -> None:
        """Copy the label."""
        if self.sent is None or self.sent.label is None:
            self.refuse("There is no label to copy at this step")
        else:
            self.app.copy_to_clipboard(self.sent.label)
            self.say(drawing.copied("label"))

    def action_locale(self) -> None:
        """The reply in the next language."""
        if self.sent is None or self.sent.macro is None:
            self.refuse("There is no reply to change the language of at this step")
            return
        locales = self._walk.locales
        here = locales.index(self._locale) if self._locale in locales else -1
        self._locale = locales[(here + 1) % len(locales)]
        self.show_reply()
