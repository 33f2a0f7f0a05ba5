"""The end of a walk: the outcome, the reply, the label, and what is left to do in the helpdesk.

Enter ends the walk. Where something is not ticked, or open in the reply, it says so once first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from sopguide.desk.actions import ACTIONS
from sopguide.desk.helpdesk import checklist_of, hand_off, todo
from sopguide.desk.unfinished import unfinished, unticked
from sopguide.desk.wording import end_word, override_reason, sentence
from sopguide.messages import _
from sopguide.tui import drawing
from sopguide.tui.keys import Key, bar_of, face, fit
from sopguide.tui.screens.walking import WalkScreen
from sopguide.tui.text import line
from sopguide.tui.widgets.bar import Bar
from sopguide.tui.widgets.checks import Checks
from sopguide.tui.widgets.reply import Reply

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.events import Resize

    from sopguide.desk.hand import WalkInHand
    from sopguide.tui.screens.walking import Act
    from sopguide.walk.view import OutcomeView

_BAR = ("back", "undo", "override", "note", "feedback", "find", "park", "path", "leave", "keys")
_ORDER = ("keys", "back", "override", "undo", "note", "park", "find", "feedback", "path", "leave")
_WIDER = 160
_MARGINS = 5
_OF_REPLY = {"copy", "locale", "edit"}
_SIGNS = {"resolved": "✓", "rejected": "✗", "escalated": "↗", "pending": "…", "duplicate": "="}


class OutcomeScreen(WalkScreen):
    """Shows an outcome, and hands on what the agent wants done with it."""

    CSS_PATH = "outcome.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        ("enter", "done", "Done"),
        ("escape", "clear", "Clear"),
        *((str(n), f"digit({n})", f"Tick {n}") for n in range(1, 10)),
    ]

    def __init__(self, walk: WalkInHand, act: Act, outcome: OutcomeView) -> None:
        super().__init__(walk, act)
        self._outcome = outcome
        self._todo = todo(outcome)
        self._checklist = checklist_of(walk)
        self._seen = False

    def compose(self) -> ComposeResult:
        yield Bar(id="header")
        with Horizontal(id="zones"), Vertical(id="middle"):
            yield Bar(id="trail", parted_by=drawing.NEXT)
            yield Bar(id="outcome")
            yield Bar(id="hand-off")
            yield Bar(id="chosen")
            yield Static(id="message")
            yield Reply(id="reply")
            yield Checks(id="todo")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        if self.gone:
            return
        self._fold_out()
        self.query_one("#trail", Bar).show(drawing.trail(self.view))
        self.query_one("#outcome", Bar).show(self._end(), self._label())
        self._show_if("#hand-off", hand_off(self._outcome), self._hint("hand-off", _("copies")))
        self._show_if("#chosen", self._chosen(), self._hint("undo", _("takes it back")))
        self.tick(self._elapsed)
        self._show_keys()
        self.show_reply()
        self._show_todo()
        self.call_after_refresh(self._be_seen)

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._fold_out()
        self._show_keys()

    def _fold_out(self) -> None:
        """Put the ticket beside the reply, and the path, once there is room for them."""
        self.set_class((self.size.width or self.app.size.width) >= _WIDER, "-wider")
        if not self.has_class("-wide") or self.query("#ticket"):
            return
        from sopguide.tui.widgets.sides import PathSide, TicketSide

        ticket, path, zones = TicketSide(), PathSide(), self.query_one("#zones")
        zones.mount(ticket, before=0)
        zones.mount(path)
        self.call_after_refresh(ticket.show, self._walk, self.view)
        self.call_after_refresh(path.show, self.view, self._walk.kept(), self._walk.ahead())
        self.call_after_refresh(self.tick, self._elapsed)

    # What is shown

    def _end(self) -> Content:
        end = self._outcome.end
        return line(f"{_SIGNS.get(end, '•')} {end_word(end)}", "bold $accent")

    def _label(self) -> Content:
        label = line(self._outcome.label or _("none"), "bold")
        told = line(_("label"), "$muted") + "  " + label
        return told + "  " + self._hint("label", _("copies")) if self._outcome.label else told

    def _hint(self, name: str, word: str) -> Content:
        return line(f"{face(self.keymap.key(name))} {word}", "$muted")

    def _show_if(self, place: str, told: str, hint: Content) -> None:
        bar = self.query_one(place, Bar)
        bar.display = bool(told)
        text = line(sentence(told), "bold")
        room = (self.size.width or self.app.size.width) - _MARGINS - text.cell_length
        bar.show(text, hint if hint.cell_length < room else None)

    def _chosen(self) -> str:
        reason = self.view.overruled
        told = _("chosen by you: {reason}")
        return told.format(reason=override_reason(reason)) if reason else ""

    def _show_keys(self) -> None:
        width = self.size.width or self.app.size.width
        keys = (self._done_key(), *self._tick_key(), *self.bar_keys(_BAR))
        self.query_one("#keys", Bar).show(bar_of(fit(keys, width, _ORDER)))

    @property
    def all_keys(self) -> tuple[Key, ...]:
        """The page of keys; those of the reply and the label where there is one."""
        outcome = self._outcome
        without = {"later"} if outcome.macro else {"later", *_OF_REPLY}
        without |= set() if outcome.label else {"label"}
        without |= set() if outcome.escalate else {"hand-off"}
        names = (action.name for action in ACTIONS if action.name not in without)
        scroll = Key("↑↓", "", _("Scroll the reply"))
        return (self._done_key(), *self._tick_key(), *self.page_keys(names), scroll)

    def _done_key(self) -> Key:
        about = _("The outcome is applied: log it, next ticket")
        return Key("Enter", _("done, next ticket"), about, "screen.done")

    def _tick_key(self) -> Iterator[Key]:
        last = len(self._todo)
        if last:
            yield Key(f"1-{last}" if last > 1 else "1", _("tick"), _("Tick what is done"))

    def _be_seen(self) -> None:
        self._seen = True

    def show_reply(self) -> None:
        """The reply, or that there is none."""
        self.query_one(Reply).show(self._outcome, self.draft, self.keymap)

    def _show_todo(self) -> None:
        items = [(item.text, self._checklist.is_done(item)) for item in self._todo]
        self.query_one(Checks).show(_("To do in the helpdesk:"), items)

    # What the agent does

    def action_digit(self, number: int) -> None:
        """Tick what is done."""
        if number > len(self._todo):
            self.refuse(_("There is nothing to tick at {number}").format(number=number))
            return
        self._checklist.tick(self._todo[number - 1])
        self.refuse("")
        self._show_todo()

    def action_clear(self) -> None:
        """Escape takes a message away."""
        self.refuse("")

    def action_move(self, by: int) -> None:
        self.query_one(Reply).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        self.query_one(Reply).page(by)

    def action_done(self) -> None:
        """Finish; an Enter from before the outcome was seen does not."""
        if not self._seen:
            return
        left = (*unticked(self._walk, self._outcome), *unfinished(self._walk, self.draft))
        if left and self.warns(("done", left, self.draft.text)):
            self.refuse(". ".join([*left, _("Enter again: done all the same")]))
        else:
            self._act("finish", self.draft.applied)
