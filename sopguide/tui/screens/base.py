"""What all screens of the desk share: keys that mean the same everywhere, and closing a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

from sopguide.desk.actions import KeyMap
from sopguide.messages import _
from sopguide.tui.keys import face, pressed
from sopguide.tui.text import line
from sopguide.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.events import Key as Pressed
    from textual.events import Resize
    from textual.geometry import Size
    from textual.widget import Widget

WIDE, TALL = 120, 16
Result = TypeVar("Result")

MOVES: list[BindingType] = [
    ("up", "move(-1)", "Up"),
    ("down", "move(1)", "Down"),
    ("pageup", "page(-1)", "Page up"),
    ("pagedown", "page(1)", "Page down"),
]


class TakesKeys(Screen[Result], Generic[Result]):
    """A screen that is given every key which no text field wanted, before Textual is.

    So the keys of the table can be changed, and one that does nothing here can say so.
    """

    @property
    def keymap(self) -> KeyMap:
        """Which key does what for this agent."""
        return getattr(self.app, "keymap", None) or KeyMap()

    def means(self, event: Pressed) -> str | None:
        """The action of the table that a key stands for."""
        return self.keymap.actions.get(pressed(event))

    def take_key(self, event: Pressed) -> bool:  # noqa: ARG002 - for screens that know more
        """Do what the key means here; tells whether it meant anything."""
        return False


class DeskScreen(TakesKeys[Result], Generic[Result]):
    """A screen with one list that the arrows move in, whatever has the focus."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = MOVES

    @property
    def gone(self) -> bool:
        """Whether another screen took its place, maybe before it stood."""
        return self not in self.app.screen_stack

    def fold(self, size: Size) -> None:
        """Show what has room: `-wide` zones beside each other, `-flat` only the question.

        Called before the screen is mounted too, so that nothing is styled twice.
        """
        self.set_class(size.width >= WIDE, "-wide")
        self.set_class(size.height < TALL, "-flat")

    def on_resize(self, event: Resize) -> None:
        self.fold(event.size)

    def list_in_hand(self) -> Rows:
        """The list that the arrows move in."""
        return self.query_one(Rows)

    def field_in_hand(self) -> Widget | None:
        """The text field that takes the letters, where there is one."""
        return None

    def on_descendant_blur(self) -> None:
        """A click beside the field must not turn letters into commands."""
        self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        field = self.field_in_hand()
        if field is not None and self.is_current and self.focused is None:
            field.focus()

    def action_move(self, by: int) -> None:
        self.list_in_hand().move(by)

    def action_page(self, by: int) -> None:
        self.list_in_hand().page(by)


class Page(ModalScreen[Result], TakesKeys[Result], Generic[Result]):
    """A page over a screen, closed with Escape."""

    AUTO_FOCUS = ""
    CSS_PATH = "page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "close", "Close")]

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close the page, once: the second of two Enters is not for what lies below it."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def action_close(self) -> None:
        self.dismiss(None)

    def take_key(self, event: Pressed) -> bool:
        """A key of the screen below says that this page is to be closed first."""
        if self.means(event) is None or event.key in self.active_bindings:
            return False
        key = face(pressed(event))
        for page in self.query(".page"):
            page.border_subtitle = line(_("Esc closes, then {key}").format(key=key))
        return True

    def on_click(self, event: Any) -> None:
        """A click beside the page closes it."""
        if event.widget is self:
            self.dismiss(None)
