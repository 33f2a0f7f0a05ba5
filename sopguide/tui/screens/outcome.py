"""The end of a walk: the outcome, the reply, the label, and what is left to do in the helpdesk."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from sopguide.tui import drawing
from sopguide.tui.keys import Key, bar_of
from sopguide.tui.screens.base import DeskScreen
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.bar import Bar
from sopguide.tui.widgets.reply import Reply
from sopguide.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sopguide.desk.hand import WalkInHand
    from sopguide.walk.view import OutcomeView

_KEYS = (
    Key("Enter", "next ticket", "The outcome is applied: log it, next ticket", "screen.done"),
    Key("c", "copy", "Copy the reply", "screen.copy"),
    Key("y", "label", "Copy the label", "screen.copy_label"),
    Key("l", "locale", "The reply in the next language", "screen.locale"),
    Key("1-3", "tick", "Tick what is done in the helpdesk"),
    Key("⌫", "back", "Back into the procedure", "screen.back"),
    Key("g", "", "The path: return to any step", "screen.path"),
    Key("i", "", "Help and policy references of this outcome (also h)", "screen.help"),
    Key("w", "", "Park this ticket and take another; it is kept", "screen.park"),
    Key("q", "leave", "Leave; the walk is kept and offered again (also Ctrl+Q)", "screen.leave"),
    Key("?", "keys", "This page", "screen.keys"),
    Key("↑↓", "", "Scroll the reply"),
    Key("t", "", "Dark or light (also Ctrl+T)"),
)
_SIGNS = {"resolved": "✓", "rejected": "✗", "escalated": "↗", "pending": "…", "duplicate": "="}


class OutcomeScreen(DeskScreen[None]):
    """Shows an outcome; posts what the agent wants done with it."""

    CSS_PATH = "outcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "done", "Done"),
        ("c", "copy", "Copy the reply"),
        ("y", "copy_label", "Copy the label"),
        ("l", "locale", "Language"),
        ("backspace", "back", "Back"),
        ("g,f3", "path", "Path"),
        ("i,h,f2", "help", "Help"),
        ("w", "park", "Park"),
        ("q,ctrl+q", "leave", "Leave"),
        ("question_mark,f1", "keys", "Keys"),
        *((str(n), f"digit({n})", f"Tick {n}") for n in range(1, 10)),
    ]

    class Done(Message):
        """The outcome was applied."""

    class Wanted(Message):
        """Something else: `back`, `path`, `help`, `park`, `leave`, `keys`."""

        def __init__(self, what: str) -> None:
            super().__init__()
            self.what = what

    def __init__(self, walk: WalkInHand, outcome: OutcomeView, elapsed: str) -> None:
        super().__init__()
        self._walk = walk
        self._outcome = outcome
        self._elapsed = elapsed
        self._locale = walk.locale
        self._ticked: set[int] = set()
        self._todo = _todo(outcome)

    def compose(self) -> ComposeResult:
        yield Bar(id="header")
        yield Bar(id="trail", keep_end=True)
        yield Bar(id="outcome")
        yield Static(id="handoff")
        yield Static(id="message")
        yield Reply(id="reply")
        yield Static(line("Left to do in the helpdesk:", "$muted"), id="todo-title")
        yield Rows(id="todo")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        view = self._walk.view()
        self.query_one("#trail", Bar).show(drawing.trail(view))
        self.query_one("#keys", Bar).show(bar_of(_KEYS))
        outcome = self._outcome
        sign = f"{_SIGNS.get(outcome.end, '•')} {outcome.end}"
        label = Content.assemble(("label  ", "$muted"), line(outcome.label or "none", "bold"))
        self.query_one("#outcome", Bar).show(line(sign, "bold $accent"), label)
        self.query_one("#handoff", Static).update(shown(_handoff(outcome)))
        self.query_one("#handoff").display = outcome.escalate is not None
        self.tick(self._elapsed)
        self._show_reply()
        self._show_todo()

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The page of keys."""
        return _KEYS

    def tick(self, elapsed: str) -> None:
        """Show the time on this ticket."""
        self._elapsed = elapsed
        header = drawing.header(self._walk.view())
        self.query_one("#header", Bar).show(header, drawing.ticket(self._walk, elapsed))

    def refuse(self, why: str) -> None:
        """Say in place why something was not done."""
        self.query_one("#message", Static).update(shown(why))

    def _show_reply(self) -> None:
        rendered = self._walk.macro(self._locale)
        self.query_one(Reply).show(self._outcome, self._locale, rendered)

    def _show_todo(self) -> None:
        rows = [
            Row(text, f"{n} {drawing.TICKED if n in self._ticked else drawing.UNTICKED}")
            for n, text in enumerate(self._todo, 1)
        ]
        self.query_one("#todo", Rows).show(rows)

    def action_digit(self, number: int) -> None:
        """Tick what is done."""
        if number <= len(self._todo):
            self._ticked ^= {number}
            self._show_todo()

    @on(Rows.Clicked)
    def tick_by_click(self, event: Rows.Clicked) -> None:
        self.action_digit(event.index + 1)

    def action_copy(self) -> None:
        """Copy the reply, saying so if something is still missing in it."""
        reply = self.query_one(Reply)
        if not reply.text:
            self.refuse("There is no reply to copy: this outcome is closed without one")
            return
        self._copy(reply.text, "reply")

    def action_copy_label(self) -> None:
        """Copy the label."""
        if self._outcome.label:
            self._copy(self._outcome.label, "label")
        else:
            self.refuse("There is no label to copy")

    def _copy(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)
        self.query_one("#message", Static).update(line(drawing.copied(what), "$success"))

    def action_locale(self) -> None:
        """The reply in the next language."""
        locales = self._walk.locales
        self._locale = locales[(locales.index(self._locale) + 1) % len(locales)]
        self._show_reply()

    def action_move(self, by: int) -> None:
        self.query_one(Reply).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        self.query_one(Reply).page(by)

    def action_done(self) -> None:
        self.post_message(self.Done())

    def action_back(self) -> None:
        self.post_message(self.Wanted("back"))

    def action_path(self) -> None:
        self.post_message(self.Wanted("path"))

    def action_help(self) -> None:
        self.post_message(self.Wanted("help"))

    def action_park(self) -> None:
        self.post_message(self.Wanted("park"))

    def action_leave(self) -> None:
        self.post_message(self.Wanted("leave"))

    def action_keys(self) -> None:
        self.post_message(self.Wanted("keys"))


def _todo(outcome: OutcomeView) -> tuple[str, ...]:
    items = []
    if outcome.label:
        items.append(f"set the label {outcome.label}")
    if outcome.macro:
        items.append("send the reply")
    if outcome.escalate:
        items.append(f"hand off to {outcome.escalate.to}")
    return (
        (*items, "close the ticket")
        if outcome.end not in {"pending", "escalated"}
        else tuple(items)
    )


def _handoff(outcome: OutcomeView) -> str:
    if outcome.escalate is None:
        return ""
    within = f" within {outcome.escalate.within}" if outcome.escalate.within else ""
    return f"Hand off to {outcome.escalate.to}{within}"
