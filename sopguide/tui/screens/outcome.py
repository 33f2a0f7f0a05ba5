"""The end of a walk: the outcome, the reply, the label, and what is left to do in the helpdesk."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.widgets import Static

from sopguide.tui import drawing
from sopguide.tui.keys import Key, bar_of
from sopguide.tui.screens.walking import WalkScreen
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.bar import Bar
from sopguide.tui.widgets.reply import Reply
from sopguide.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sopguide.desk.hand import WalkInHand
    from sopguide.tui.screens.walking import Act
    from sopguide.walk.view import OutcomeView

_DONE = Key("Enter", "next ticket", "The outcome is applied: log it, next ticket", "screen.done")
_REST = (
    *("undo", "redo", "find", "note", "feedback", "escalate", "override", "park", "parked"),
    *("path", "help", "ticket", "give-up", "theme"),
)
_SIGNS = {"resolved": "✓", "rejected": "✗", "escalated": "↗", "pending": "…", "duplicate": "="}


class OutcomeScreen(WalkScreen):
    """Shows an outcome, and hands on what the agent wants done with it."""

    CSS_PATH = "outcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "done", "Done"),
        *((str(n), f"digit({n})", f"Tick {n}") for n in range(1, 10)),
    ]

    def __init__(self, walk: WalkInHand, act: Act, outcome: OutcomeView) -> None:
        super().__init__(walk, act)
        self._outcome = outcome
        self._ticked: set[int] = set()
        self._todo = _todo(outcome)
        self._seen = False

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
        self.query_one("#trail", Bar).show(drawing.trail(self.view))
        self.query_one("#keys", Bar).show(bar_of(self.all_keys))
        outcome = self._outcome
        sign = f"{_SIGNS.get(outcome.end, '•')} {outcome.end}"
        label = Content.assemble(("label  ", "$muted"), line(outcome.label or "none", "bold"))
        self.query_one("#outcome", Bar).show(line(sign, "bold $accent"), label)
        self.query_one("#handoff", Static).update(shown(_handoff(outcome)))
        self.query_one("#handoff").display = outcome.escalate is not None
        self.tick(self._elapsed)
        self.show_reply()
        self._show_todo()
        self.call_after_refresh(self._be_seen)

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The page of keys; those of the reply and the label where there is one."""
        outcome = self._outcome
        last = len(self._todo)
        tick = Key(f"1-{last}" if last > 1 else "1", "tick", "Tick what is done in the helpdesk")
        reply, label = ("copy", "locale"), ("label",)
        sends = (*(reply if outcome.macro else ()), *(label if outcome.label else ()))
        return (
            _DONE,
            *self.bar_keys(sends),
            *((tick,) if last else ()),
            *self.bar_keys(("back", "leave", "keys")),
            *self.page_keys(_REST),
            Key("↑↓", "", "Scroll the reply"),
        )

    def _be_seen(self) -> None:
        self._seen = True

    def show_reply(self) -> None:
        """The reply, or that there is none."""
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

    def action_move(self, by: int) -> None:
        self.query_one(Reply).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        self.query_one(Reply).page(by)

    def action_done(self) -> None:
        """Finish; an Enter from before the outcome was seen does not."""
        if self._seen:
            self._act("finish")


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
