"""What all screens of the desk share: keys that mean the same everywhere, and closing a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from textual.screen import ModalScreen, Screen

from sopguide.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.binding import BindingType

WIDE, TALL = 120, 16
Result = TypeVar("Result")

MOVES: list[BindingType] = [
    ("up", "move(-1)", "Up"),
    ("down", "move(1)", "Down"),
    ("pageup", "page(-1)", "Page up"),
    ("pagedown", "page(1)", "Page down"),
]


class DeskScreen(Screen[Result], Generic[Result]):
    """A screen with one list that the arrows move in, whatever has the focus."""

    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-narrow"), (WIDE, "-wide")]
    VERTICAL_BREAKPOINTS: ClassVar[list[tuple[int, str]]] = [(0, "-flat"), (TALL, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = MOVES

    def on_mount(self) -> None:
        """Fold the zones before the first paint, not after it."""
        width, height = self.app.size
        self.set_class(width >= WIDE, "-wide")
        self.set_class(height < TALL, "-flat")

    def list_in_hand(self) -> Rows:
        """The list that the arrows move in."""
        return self.query_one(Rows)

    def action_move(self, by: int) -> None:
        self.list_in_hand().move(by)

    def action_page(self, by: int) -> None:
        self.list_in_hand().page(by)


class Page(ModalScreen[Result], Generic[Result]):
    """A page over a screen, closed with Escape."""

    AUTO_FOCUS = ""
    CSS_PATH = "page.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [("escape", "close", "Close")]

    def action_close(self) -> None:
        self.dismiss(None)

    def on_click(self, event: Any) -> None:  # noqa: ANN401 - Textual's click
        """A click beside the page closes it."""
        if event.widget is self:
            self.dismiss(None)
