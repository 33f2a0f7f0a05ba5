"""Writing a note on the walk, or feedback on the step to the owner of its SOP.

What is written stays until it is kept: closing the page, or a full disk, loses nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.widgets import Static

from sopguide.desk.hand import FEEDBACK_ABOUT, Remarked
from sopguide.desk.remarking import begun_of
from sopguide.desk.wording import feedback_about, sentence
from sopguide.log.remarks import LONGEST, NOTE
from sopguide.messages import _
from sopguide.tui.keys import Key, bar_of
from sopguide.tui.screens.base import Page
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.rows import Row, Rows
from sopguide.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sopguide.desk.hand import WalkInHand


class RemarkPage(Page[tuple[str, Remarked]]):
    """Keeps what is written; dismissed with its kind and what redaction took out, or None."""

    CSS = """
    RemarkPage #asked { text-style: bold; }
    RemarkPage Rows { margin-top: 1; }
    RemarkPage Writing { height: 8; max-height: 50vh; margin-top: 1; }
    RemarkPage #message { color: $error; min-height: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        ("up", "move(-1)", "Up"),
        ("down", "move(1)", "Down"),
        ("enter", "take", "Take"),
        *((str(n), f"digit({n})", f"Choice {n}") for n in range(1, 10)),
    ]

    def __init__(self, walk: WalkInHand, kind: str) -> None:
        super().__init__()
        self._walk = walk
        self._kind = kind
        self._step = walk.view().step
        self._about: str | None = None

    def compose(self) -> ComposeResult:
        note = self._kind == NOTE
        with Vertical(classes="page") as page:
            page.border_title = line(_("Note on this walk") if note else _("Feedback on this step"))
            yield Static(id="asked")
            yield Rows()
            yield Writing(self._begun_text, limit=LONGEST, lines=False)
            yield Static(id="message")
            yield Static(id="keys")

    def on_mount(self) -> None:
        if self._kind == NOTE:
            self.query_one(Rows).display = False
            self._ask_words(_("What should be known about this ticket?"))
        else:
            self._ask_about()

    @property
    def _begun_text(self) -> str:
        return begun_of(self._walk).text(*self._place)

    @property
    def _place(self) -> tuple[str, str]:
        """What a text belongs to: the walk, or one step of it."""
        return self._kind, "" if self._kind == NOTE else self._step

    def refuse(self, why: str) -> None:
        """Say in place why something was not done."""
        self.query_one("#message", Static).update(shown(why))

    # Feedback: about what

    def _ask_about(self) -> None:
        self._about = None
        asked = _("What is amiss with `{step}`?").format(step=self._step)
        self.query_one("#asked", Static).update(line(asked))
        rows = [Row(feedback_about(code), str(n)) for n, code in enumerate(FEEDBACK_ABOUT, 1)]
        self.query_one(Rows).show(rows, cursor=0)
        self.query_one(Rows).display = True
        self.query_one(Writing).display = False
        self.set_focus(None)
        self._show_keys()

    def action_move(self, by: int) -> None:
        self.query_one(Rows).move(by)

    def action_digit(self, number: int) -> None:
        """Say what it is about."""
        if self._kind == NOTE or self._about is not None:
            return
        if number > len(FEEDBACK_ABOUT):
            self.refuse(_("There is no such choice"))
            return
        self._about = FEEDBACK_ABOUT[number - 1]
        self.query_one(Rows).display = False
        told = _("`{step}` · {about}: what should its owner know?")
        self._ask_words(told.format(step=self._step, about=feedback_about(self._about)))

    def action_take(self) -> None:
        """Take what is under the cursor."""
        self.action_digit(self.query_one(Rows).cursor + 1)

    @on(Rows.Clicked)
    def take_by_click(self, event: Rows.Clicked) -> None:
        self.action_digit(event.index + 1)

    # The words

    def _ask_words(self, asked: str) -> None:
        self.query_one("#asked", Static).update(line(asked))
        self.refuse("")
        writing = self.query_one(Writing)
        writing.display = True
        self.set_focus(writing)
        writing.move_cursor(writing.document.end)
        self._show_keys()

    @on(Writing.Changed)
    def _written_on(self) -> None:
        self.refuse("")

    @on(Writing.Rested)
    def put_down(self) -> None:
        """What is written stays, whatever becomes of this page."""
        begun_of(self._walk).remember(*self._place, self.query_one(Writing).text)

    def action_close(self) -> None:
        self.put_down()
        super().action_close()

    @on(Writing.TooLong)
    def _say_too_long(self) -> None:
        self.refuse(_("A remark has at most {n} characters").format(n=LONGEST))

    @on(Writing.Done)
    def _keep(self) -> None:
        """Keep it, once; what cannot be kept stays here, with the reason."""
        if not self.is_active:
            return
        kept = self._walk.remark(self._kind, self.query_one(Writing).text, self._about)
        if isinstance(kept, str):
            self.refuse(sentence(kept))
            return
        begun_of(self._walk).remember(*self._place, "")
        self.dismiss((self._kind, kept))

    def _show_keys(self) -> None:
        self.query_one("#keys", Static).update(bar_of(self._keys()))

    def _keys(self) -> Iterator[Key]:
        if self.query_one(Writing).display:
            yield Key("Enter", _("keep"), "")
            yield Key("Esc", _("close; what is written stays for later"), "", "screen.close")
        else:
            yield Key(f"1-{len(FEEDBACK_ABOUT)}", _("choose"), "")
            yield Key("Esc", _("close"), "", "screen.close")
