"""One step of a walk: the question, its answers, the path so far.

It shows a `View` and hands on what the agent wants; the app asks the walk and shows what comes of
it. The same rows hold the question, the first answer and the keys at every step, so the eye
stays where it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from sopguide.desk.asking import Asking, Given, Manner, Unready
from sopguide.tui import drawing
from sopguide.tui.keys import Key, bar_of, fit
from sopguide.tui.screens.walking import (
    COPY,
    GIVE_UP,
    HELP,
    KEYS,
    LABEL,
    LEAVE,
    LOCALE,
    PARK,
    PATH,
    THEME,
    TICKET,
    WalkScreen,
)
from sopguide.tui.text import line
from sopguide.tui.widgets.bar import Bar
from sopguide.tui.widgets.hanging import Hanging
from sopguide.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from sopguide.desk.hand import WalkInHand
    from sopguide.tui.screens.walking import Act
    from sopguide.tui.widgets.entry import Entry

_BACK = Key(
    "⌫", "back", "Back to the last answer (in a text field: when empty)", "screen.want('back')"
)
_REST = (
    GIVE_UP,
    Key("PgUp PgDn", "", "Scroll the reply, or the answers"),
    THEME,
    Key("F1 to F4", "", "Keys, help, path, ticket: also while typing"),
)


_SPARE = (PARK.action, LEAVE.action, PATH.action)
"""What gives way on a narrow last line; the page of keys has it still."""


class StepScreen(WalkScreen):
    """Shows where the walk stands; `show` puts the next step on the same screen."""

    CSS_PATH = "step.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *((str(n), f"digit({n})", f"Answer {n}") for n in range(1, 10)),
        ("enter", "confirm", "Confirm"),
        ("space", "tick_here", "Tick"),
        ("escape", "clear", "Clear"),
    ]

    def __init__(self, walk: WalkInHand, act: Act) -> None:
        super().__init__(walk, act)
        self._message = ""
        self._words = Static(id="words")
        self._facts = Rows(id="facts")
        self._path = Rows(id="path")
        self.asking = Asking(self.view)

    def compose(self) -> ComposeResult:
        yield Bar(id="header")
        with Horizontal(id="zones"), Vertical(id="middle"):
            yield Bar(id="trail", keep_end=True)
            yield Static(id="question")
            yield Static(id="message")
            yield Rows(id="answers")
            yield Hanging(drawing.HELP_MARGIN, id="help")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        self._fold_out()
        self.show(self._walk)

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._fold_out()
        self._show_zones()
        self._show_keys()

    def _fold_out(self) -> None:
        """Make the zones at the sides, once there is room for them."""
        if not self.has_class("-wide") or self.query("#ticket"):
            return
        zones = self.query_one("#zones")
        zones.mount(Vertical(self._words, self._facts, id="ticket"), before=0)
        zones.mount(self._path)

    # What is shown

    def show(self, walk: WalkInHand) -> None:
        """Show where a walk stands now."""
        self._walk = walk
        self.view = view = walk.view()
        self.asking = Asking(view)
        self.set_class(self.asking.typed, "-typing")
        self._show_frame()
        self.query_one("#question", Static).update(drawing.question(view))
        self.refuse(drawing.first_words(view))
        self._show_answers(self.asking.start)
        self._show_entry()
        self.show_reply()

    def refuse(self, why: str) -> None:
        """Say in place why the answer was not taken; it stays as it was typed."""
        self._message = why
        super().refuse(why)

    def _show_frame(self) -> None:
        view = self.view
        self.tick(self._elapsed)
        self.query_one("#help", Hanging).show(drawing.help_text(view))
        self._show_zones()
        self._show_keys()

    def _show_keys(self) -> None:
        keys = fit(self.keys(), self.size.width or self.app.size.width, _SPARE)
        self.query_one("#keys", Bar).show(bar_of(keys))

    def _show_zones(self) -> None:
        """The ticket and the path, where there is room beside the question."""
        view = self.view
        trail = drawing.here(view) if self.has_class("-wide") else drawing.trail(view)
        self.query_one("#trail", Bar).show(trail, drawing.count(view))
        self.query_one("#middle").border_title = line(view.sop)
        for ticket in self.query("#ticket"):
            ticket.border_title = line(drawing.ticket_title(self._walk))
            words = drawing.words(self._walk)
            self._words.update(words)
            self._words.display = bool(words)
            self._facts.show(drawing.fact_rows(view))
            self._path.border_title = "Path"
            self._path.show(drawing.path_rows(view))
            self._path.scroll_end(animate=False)

    def keys(self) -> tuple[Key, ...]:
        """The keys that do something at this step."""
        asking = self.asking
        answer = drawing.answer_keys(asking)
        ticket = TICKET if self._ticket_aside() else TICKET._replace(word="")
        moves = (_BACK, PATH, HELP, ticket)
        if asking.typed:
            return (*answer, *(_while_typing(key) for key in (*moves, LEAVE, KEYS)))
        copy = (COPY,) if self._sends() else ()
        return (*answer, *moves, *copy, PARK, LEAVE, KEYS)

    def _ticket_aside(self) -> bool:
        """Whether there is more to the ticket than can be seen beside the question."""
        return not self.has_class("-wide") and bool(self._walk.ticket.keys() - {"id"})

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The page of keys."""
        reply = (LABEL, LOCALE) if self._sends() else ()
        return (*self.keys(), *reply, *_REST)

    def _show_answers(self, cursor: int) -> None:
        self.query_one("#answers", Rows).show(drawing.answer_rows(self.asking), cursor)

    def _show_entry(self) -> None:
        found = self.query("#entry")
        if not self.asking.typed:
            found.set(display=False)
            self.set_focus(None)
            return
        from sopguide.tui.widgets.entry import Entry

        entry = found.first(Entry) if found else Entry(id="entry")
        with entry.prevent(Entry.Changed):
            entry.value = self.asking.typed_before
        entry.placeholder = self.asking.hint
        entry.space_is_a_command = self.asking.manner is Manner.MARK
        entry.display = True
        if found:
            entry.focus()
        else:
            self.query_one("#middle").mount(entry, before="#answers")
            self.call_after_refresh(entry.focus)

    def _sends(self) -> bool:
        """Whether a reply is to be sent at this step."""
        return self.view.outcome is not None and self.view.outcome.macro is not None

    def show_reply(self) -> None:
        """What is to be sent at a wait."""
        found = self.query("#reply")
        outcome = self.view.outcome
        found.set(display=self._sends())
        if outcome is None or outcome.macro is None:
            return
        from sopguide.tui.widgets.reply import Reply

        reply = found.first(Reply) if found else Reply(id="reply")
        reply.show(outcome, self._locale, self._walk.macro(self._locale))
        reply.border_subtitle = line(f"label {outcome.label}") if outcome.label else ""
        if not found:
            self.query_one("#middle").mount(reply, before="#help")

    # What the agent does

    def _pointed(self) -> Any:
        cursor = self.query_one("#answers", Rows).cursor
        return self.asking.shown[cursor] if 0 <= cursor < len(self.asking.shown) else None

    def action_digit(self, number: int) -> None:
        """Answer or tick by number."""
        if number <= len(self.asking.shown):
            self._choose(number - 1)
        else:
            self.refuse(f"There is no answer {number} here")

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
            self.action_clear()

    def action_confirm(self) -> None:
        """Enter: answer with what is marked, typed or pointed at."""
        entry = self._entry()
        typed = entry.value if entry else ""
        given = self.asking.confirm(self._pointed(), typed)
        if isinstance(given, Unready):
            self.refuse(given.why)
        else:
            self._answer(given)

    def _answer(self, given: Given) -> None:
        self._act("answer", given.value)

    def _entry(self) -> Entry | None:
        if not self.asking.typed:
            return None
        from sopguide.tui.widgets.entry import Entry

        return self.query_one("#entry", Entry)

    def action_clear(self) -> None:
        """Escape: an empty filter, no message."""
        if self._message and self.asking.manner is not Manner.STUCK:
            self.refuse("")
        entry = self._entry()
        if entry is not None and self.asking.filtered:
            entry.value = ""

    def on_input_changed(self, event: Any) -> None:
        """Typing narrows a long list, and takes a refusal away."""
        self.refuse("")
        if self.asking.filtered:
            self.asking.filter = event.value
            self._show_answers(0 if event.value and self.asking.shown else -1)

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
        if not self._sends():
            super().action_page(by)
            return
        from sopguide.tui.widgets.reply import Reply

        self.query_one("#reply", Reply).page(by)

    def field_in_hand(self) -> Entry | None:
        return self._entry()


def _while_typing(key: Key) -> Key:
    """The same key, as it is reached while letters are text."""
    names = {"g": "F3", "i": "F2", "v": "F4", "?": "F1", "q": "^Q"}
    return Key(names.get(key.key, key.key), key.word, key.about, key.action)
