"""The walks that were left before their end: resume one, give one up, or take a new ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message
from textual.widgets import Static

from sopguide.desk.wording import parked_line, parked_note
from sopguide.messages import _
from sopguide.tui.keys import Key, bar_of, face, pressed
from sopguide.tui.screens.base import DeskScreen
from sopguide.tui.screens.confirm import ConfirmPage
from sopguide.tui.text import line
from sopguide.tui.widgets.bar import Bar
from sopguide.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key as Pressed

    from sopguide.desk.actions import KeyMap
    from sopguide.desk.parked import Parked


class ResumeScreen(DeskScreen[None]):
    """Posts what to do with a parked walk; the app does it."""

    CSS_PATH = "resume.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "resume", "Resume"),
        *((str(n), f"digit({n})", f"Row {n}") for n in range(1, 10)),
        ("delete", "drop", "Give up"),
        ("escape", "skip", "New ticket"),
    ]

    class Chosen(Message):
        """Resume this walk."""

        def __init__(self, walk: str) -> None:
            super().__init__()
            self.walk = walk

    class Dropped(Message):
        """Give this walk up."""

        def __init__(self, walk: str) -> None:
            super().__init__()
            self.walk = walk

    class Skipped(Message):
        """Take a new ticket."""

    def __init__(self, parked: Sequence[Parked]) -> None:
        super().__init__()
        self._parked = parked

    def compose(self) -> ComposeResult:
        yield Bar(id="header")
        yield Static(
            line(_("Each goes on where it was left, on the version it began on.")), id="note"
        )
        yield Rows(id="parked")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        if self.gone:
            return
        self.query_one("#keys", Bar).show(bar_of(self.all_keys))
        self.show(self._parked)

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The page of keys."""
        return _keys(self.keymap)

    def take_key(self, event: Pressed) -> bool:
        """A key of the table; one for walks says that this list is to be closed first."""
        name = self.means(event)
        if name in _ACTIONS:
            self.call_later(self.run_action, _ACTIONS[name])
        elif name is None or name in {"find", "theme"}:
            return False
        else:
            told = _("Esc closes this list, then {key}")
            self.refuse(told.format(key=face(pressed(event))))
        return True

    def show(self, parked: Sequence[Parked]) -> None:
        """Show these walks."""
        self._parked = parked
        count = _("Unfinished walks: {n}").format(n=len(parked))
        self.query_one("#header", Bar).show(line(count, "bold"))
        rows = [
            Row(parked_line(each), str(n), parked_note(each)) for n, each in enumerate(parked, 1)
        ]
        self.query_one(Rows).show(rows, cursor=0)

    def refuse(self, why: str) -> None:
        """Say in place why something was not done."""
        self.query_one("#note", Static).update(line(why, "$error"))

    def action_resume(self) -> None:
        self._resume(self.query_one(Rows).cursor)

    def action_digit(self, number: int) -> None:
        """Point, and no more: who meant an answer must not take up another ticket."""
        if number <= len(self._parked):
            self.query_one(Rows).point(number - 1)

    @on(Rows.Clicked)
    def point_or_resume(self, event: Rows.Clicked) -> None:
        """A first click points, a second one resumes."""
        if event.rows.cursor == event.index:
            self._resume(event.index)
        else:
            event.rows.point(event.index)

    def _resume(self, place: int) -> None:
        if 0 <= place < len(self._parked):
            self.post_message(self.Chosen(self._parked[place].walk))

    def action_drop(self) -> None:
        """Give a walk up, once the agent has said so twice."""
        place = self.query_one(Rows).cursor
        if not 0 <= place < len(self._parked):
            return
        parked = self._parked[place]

        def drop(yes: bool | None) -> None:  # noqa: FBT001 - Textual's callback
            if yes:
                self.post_message(self.Dropped(parked.walk))

        self.app.push_screen(
            ConfirmPage(_("Give up this walk?") + f"\n{parked_line(parked)}"), drop
        )

    def action_skip(self) -> None:
        self.post_message(self.Skipped())

    def action_keys(self) -> None:
        from sopguide.tui.screens.pages import keys_page

        self.app.push_screen(keys_page(self.all_keys))


_ACTIONS = {"give-up": "screen.drop", "keys": "screen.keys", "leave": "app.quit"}


def _keys(keymap: KeyMap) -> tuple[Key, ...]:
    about = _("Give the walk under the cursor up; it is logged as abandoned")
    drop, page, leave = (face(keymap.key(name)) for name in _ACTIONS)
    return (
        Key("Enter", _("resume"), _("Go on with the walk under the cursor"), "screen.resume"),
        Key("1-9", "", _("Point at a row")),
        Key(drop, _("give up"), about, "screen.drop"),
        Key("Esc", _("new ticket"), _("Leave them parked and choose an SOP"), "screen.skip"),
        Key(leave, _("leave"), _("Leave; they are offered again"), "app.quit"),
        Key(page, _("keys"), _("This page"), "screen.keys"),
    )
