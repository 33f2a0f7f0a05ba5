"""Where a walk stands, drawn: the question in the middle, ticket and path beside it or folded away.

The same rows hold the question, the first answer and the keys at every step, so the eye stays
where it is. What is typed stays typed while the terminal changes its size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical

from sopguide.desk.asking import Asking, Manner
from sopguide.tui import answers, drawing
from sopguide.tui.keys import bar_of, fit
from sopguide.tui.screens.foreseeing import ForeseeingScreen
from sopguide.tui.text import line
from sopguide.tui.widgets.bar import Bar
from sopguide.tui.widgets.hanging import Hanging
from sopguide.tui.widgets.rows import Rows
from sopguide.tui.widgets.words import Words, entitle

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize

    from sopguide.desk.hand import WalkInHand
    from sopguide.tui.keys import Key
    from sopguide.tui.screens.walking import Act
    from sopguide.tui.sheet import Sheet
    from sopguide.tui.widgets.entry import Entry
    from sopguide.tui.widgets.reply import Reply

_ORDER = (
    *("keys", "back", "undo", "copy", "ticket", "find", "note", "park", "help", "override"),
    *("feedback", "escalate", "path", "leave", "redo"),
)
"""What has its word on a narrow last line first; the page of keys has them all."""

_ROWS = 24
"""On a terminal of so many rows one is left for what the customer wrote; a third of all above."""


class StandingScreen(ForeseeingScreen):
    """Shows where a walk stands; `show` puts the next step on the same screen."""

    CSS_PATH = "step.tcss"

    def __init__(self, walk: WalkInHand, act: Act) -> None:
        super().__init__(walk, act)
        self._message = ""
        self._keys_shown: object = None
        self._entry: Entry | None = None
        self._reply: Reply | None = None
        self.asking = Asking(self.view)
        self.ahead = walk.ahead()

    def compose(self) -> ComposeResult:
        yield Bar(id="header")
        if drawing.first_line(self._walk):
            yield Hanging(0, id="told")
        with Horizontal(id="zones"), Vertical(id="middle"):
            yield Bar(id="trail", parted_by=drawing.NEXT)
            yield Words(id="question")
            yield Words(id="message")
            yield Rows(id="answers")
            yield Hanging(drawing.HELP_MARGIN, id="help")
        yield Bar(id="ahead")
        yield Bar(id="keys")

    def on_mount(self) -> None:
        if self.gone:
            return
        self._fold_out()
        self.tick(self._elapsed)
        self._draw()

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._fold_out()
        self.look_ahead(self.asking)
        self._show_zones(self.sheet(self.view, self.ahead))
        self._show_keys()

    def _fold_out(self) -> None:
        """Make the zones at the sides, once there is room for them."""
        for told in self.query("#told").results(Hanging):
            rows = (self.size.height or self.app.size.height) - _ROWS
            told.styles.max_height = max(1, 1 + rows // 3)
            told.display = rows >= 0 and not self.has_class("-wide")
            told.show(drawing.first_line(self._walk))
        if not self.has_class("-wide") or self.query("#ticket"):
            return
        from sopguide.tui.widgets.sides import PathSide, TicketSide

        zones = self.query_one("#zones")
        zones.mount(TicketSide(), before=0)
        zones.mount(PathSide())

    # What is shown

    def show(self, walk: WalkInHand) -> None:
        """Show where a walk stands now."""
        self._walk = walk
        self.view = walk.view()
        self.ahead = walk.ahead()
        self.asking = Asking(self.view)
        self._draw()

    def _draw(self) -> None:
        drawn = self.sheet(self.view, self.ahead)
        self.set_class(self.asking.typed, "-typing")
        self.query_one("#help", Hanging).show(drawn.help)
        self._show_zones(drawn)
        self._show_keys()
        self.query_one("#question", Words).update(drawn.question)
        self.refuse(drawing.first_words(self.view))
        self._show_answers(self.asking.start)
        self._show_entry()
        self.show_reply()
        self.look_ahead(self.asking)

    def refuse(self, why: str) -> None:
        """Say in place why the answer was not taken; it stays as it was typed."""
        self._message = why
        super().refuse(why)

    def _show_keys(self) -> None:
        keys, width = self.keys(), self.size.width or self.app.size.width
        if (keys, width) != self._keys_shown:
            self._keys_shown = keys, width
            self.query_one("#keys", Bar).show(bar_of(fit(keys, width, _ORDER)))

    def _show_zones(self, drawn: Sheet) -> None:
        """The ticket and the path, where there is room beside the question."""
        self.query_one("#trail", Bar).show(*drawn.trail)
        if not self.has_class("-wide"):
            self.query_one("#ahead", Bar).show(*drawn.still)
            return
        from sopguide.tui.widgets.sides import PathSide, TicketSide

        view = self.view
        entitle(self.query_one("#middle"), line(view.sop))
        self.query_one(TicketSide).show(self._walk, view)
        self.query_one(PathSide).show(view, self._walk.kept(), self.ahead)

    def keys(self) -> tuple[Key, ...]:
        """The keys for the last line."""
        raise NotImplementedError

    def _show_answers(self, cursor: int) -> None:
        self.query_one("#answers", Rows).show(answers.answer_rows(self.asking), cursor)

    def _show_entry(self) -> None:
        if not self.asking.typed:
            if self._entry is not None:
                self._entry.display = False
                self.set_focus(None)
            return
        from sopguide.tui.widgets.entry import Entry

        found, entry = self._entry, self._entry or Entry(id="entry")
        with entry.prevent(Entry.Changed):
            entry.value = self.asking.typed_before
        entry.placeholder = self.asking.hint
        entry.space_is_a_command = self.asking.manner is Manner.MARK
        entry.display = True
        if found is None:
            self._entry = entry
            self.query_one("#middle").mount(entry, before="#answers")
        self.set_focus(entry)

    def field_in_hand(self) -> Entry | None:
        return self._entry if self.asking.typed else None

    def sends(self) -> bool:
        """Whether a reply is to be sent at this step."""
        return self.view.outcome is not None and self.view.outcome.macro is not None

    def show_reply(self) -> None:
        """What is to be sent at a wait."""
        outcome, found = self.view.outcome, self._reply
        if found is not None:
            found.display = self.sends()
        if outcome is None or outcome.macro is None:
            return
        from sopguide.tui.widgets.reply import Reply

        reply = self._reply = found or Reply(id="reply")
        reply.show(outcome, self.draft, self.keymap, outcome.label)
        if found is None:
            self.query_one("#middle").mount(reply, before="#help")
