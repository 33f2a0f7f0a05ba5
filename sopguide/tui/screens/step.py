"""One step of a walk: the keys that answer it, and what else can be done at it.

It shows a `View` and hands on what the agent wants; the app asks the walk and shows what comes of
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on

from sopguide.desk.actions import ACTIONS
from sopguide.desk.asking import Given, Manner, Unready, no_answer
from sopguide.messages import _
from sopguide.tui import answers
from sopguide.tui.keys import Key
from sopguide.tui.screens.standing import StandingScreen
from sopguide.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.events import Key as Pressed

    from sopguide.desk.asking import Option

_MOVES = ("back", "undo", "find", "note", "feedback", "escalate", "park", "override")
_OUT = ("back", "escalate", "give-up", "undo", "find", "note", "park", "ticket")
_NUMBERS = frozenset("123456789")
_OF_REPLY = {"copy", "label", "locale", "edit"}


class StepScreen(StandingScreen):
    """Answers by number, by the arrows, by typing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "confirm", "Confirm"),
        ("space", "tick_here", "Tick"),
        ("escape", "clear", "Clear"),
    ]

    def keys(self) -> tuple[Key, ...]:
        """The keys that do something at this step, for the last line."""
        typing = self.asking.typed
        ticket = ("ticket",) if self._walk.ticket.keys() - {"id"} else ()
        reads = ("help", "path", *ticket)
        if self.asking.manner is Manner.STUCK:
            return self.bar_keys((*_OUT, "leave", "keys"))
        copy = ("copy",) if self.sends() else ()
        names = (*_MOVES, *reads, *copy, "leave", "keys")
        return (*answers.answer_keys(self.asking), *self.bar_keys(names, typing=typing))

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The page of keys."""
        without = {"later"} if self.sends() else {"later", *_OF_REPLY}
        names = (each.name for each in ACTIONS if each.name not in without)
        scroll = Key("PgUp PgDn", "", _("Scroll the reply, or the answers"))
        return (*answers.answer_keys(self.asking), *self.page_keys(names), scroll)

    # What the agent does

    def _pointed(self) -> Any:
        cursor = self.query_one("#answers", Rows).cursor
        return self.asking.shown[cursor] if 0 <= cursor < len(self.asking.shown) else None

    def take_key(self, event: Pressed) -> bool:
        """Answer by number, or do what the key means on all screens of a walk."""
        if event.key in _NUMBERS and self.means(event) is None:
            self.action_digit(int(event.key))
            return True
        return super().take_key(event)

    def action_digit(self, number: int) -> None:
        """Answer or tick by number."""
        if number <= len(self.asking.shown):
            self._choose(number - 1)
        else:
            self.refuse(_("There is no answer {number} here").format(number=number))

    def _choose(self, index: int) -> None:
        given = self.asking.choose(self.asking.shown[index])
        if given is not None:
            self._answer(given)
        else:
            self.refuse("")
            self._show_answers(index)

    def action_tick_here(self) -> None:
        """Set or take away the tick under the cursor."""
        option = self._pointed()
        if option is not None and self.asking.has_tick(option):
            self._choose(self.query_one("#answers", Rows).cursor)
            self._show_all(option)
        else:
            self.refuse(_("There is nothing to tick here"))

    def _show_all(self, option: Option) -> None:
        """Take the filter away; what was found with it stays in view, with its tick."""
        entry = self.field_in_hand()
        if entry is None or not self.asking.filtered:
            return
        with entry.prevent(entry.Changed):
            entry.value = self.asking.filter = ""
        self._show_answers(list(self.asking.shown).index(option))

    def action_confirm(self) -> None:
        """Enter: answer with what is marked, typed or pointed at."""
        entry = self.field_in_hand()
        given = self.asking.confirm(self._pointed(), entry.value if entry else "")
        if isinstance(given, Unready):
            self.refuse(given.why)
        else:
            self._answer(given)

    def _answer(self, given: Given) -> None:
        self._act("answer", given.value)

    def action_clear(self) -> None:
        """Escape: an empty filter, no message."""
        if self._message and self.asking.manner is not Manner.STUCK:
            self.refuse("")
        entry = self.field_in_hand()
        if entry is not None and self.asking.filtered:
            entry.value = ""

    def on_input_changed(self, event: Any) -> None:
        """Typing narrows a long list, and takes a refusal away."""
        asking = self.asking
        if asking.filtered:
            asking.filter = event.value
            self._show_answers(0 if event.value and asking.shown else asking.start)
        self.refuse("" if asking.shown or not asking.filtered else no_answer(event.value))

    def on_input_submitted(self) -> None:
        self.action_confirm()

    def on_entry_back_asked(self) -> None:
        self._act("back")

    @on(Rows.Clicked, "#answers")
    def choose_by_click(self, event: Rows.Clicked) -> None:
        """A click answers as a number key does."""
        self._choose(event.index)

    @on(Rows.Clicked, "#path")
    def open_path_by_click(self) -> None:
        """A click on the path opens it, so that nothing is redone by a slip."""
        self._act("path")

    def list_in_hand(self) -> Rows:
        return self.query_one("#answers", Rows)

    def action_page(self, by: int) -> None:
        """Page through the reply where there is one, else through the answers."""
        if not self.sends():
            super().action_page(by)
            return
        from sopguide.tui.widgets.reply import Reply

        self.query_one("#reply", Reply).page(by)
