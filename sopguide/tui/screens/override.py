"""Choosing another outcome than the SOP's: first which, by number or a few words, then why."""

from __future__ import annotations

from os.path import commonprefix
from typing import TYPE_CHECKING, ClassVar

from textual import on

from sopguide.desk.hand import OVERRIDE_REASONS
from sopguide.desk.wording import end_word, offered_line, override_reason
from sopguide.messages import _
from sopguide.tui.screens.picking import PickPage
from sopguide.tui.widgets.entry import Entry
from sopguide.walk.walk import ENDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.binding import BindingType
    from textual.events import Key

    from sopguide.desk.hand import OfferedOutcome, WalkInHand


class Sought(Entry):
    """A field for words, on one line: numbers choose."""

    DEFAULT_CSS = """
    Sought, Sought:focus { height: 1; border: none; padding: 0; margin-bottom: 1; }
    Sought { background: $panel; }
    """

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell Textual which keys are text here."""
        return not key.isdigit() and super().check_consume_key(key, character)

    async def _on_key(self, event: Key) -> None:
        if event.key.isdigit():
            event.prevent_default()


class OverridePage(PickPage[tuple[str, str]]):
    """Dismissed with the id of an outcome and the code of a reason, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [("backspace", "again", "Back to the outcomes")]

    def __init__(self, walk: WalkInHand) -> None:
        super().__init__()
        self._view = walk.view()
        self._offered = self.order(walk.offered())
        self._found: Sequence[OfferedOutcome] = self._offered
        self._chosen: OfferedOutcome | None = None
        labels = [each.label or "" for each in self._offered]
        self._shared = commonprefix(labels).rfind("/") + 1  # noqa: RUF071 - cut at the last slash

    def order(self, offered: Sequence[OfferedOutcome]) -> Sequence[OfferedOutcome]:
        """The outcomes in the order in which they are offered here."""
        return offered

    def title_of(self) -> str:
        return _("Another outcome")

    def question(self) -> str:
        """What is asked first."""
        outcome = self._view.outcome
        if outcome is None or self._view.status != ENDED:
            return _("Which outcome does this ticket need?")
        return _("Which outcome in place of: {outcome}?").format(outcome=end_word(outcome.end))

    def fields(self) -> Iterator[Sought]:
        yield Sought(id="sought", placeholder=_("a number, or a few words and Enter"))

    def on_mount(self) -> None:
        self._ask_which()

    def _ask_which(self) -> None:
        self._chosen = None
        self.ask(self.question(), ())
        self._find(self.query_one(Entry).value)
        entry = self.query_one(Entry)
        entry.display = True
        self.set_focus(entry)

    @on(Entry.Changed)
    def find(self, event: Entry.Changed) -> None:
        """Typing narrows the list."""
        if self._chosen is None:
            self._find(event.value)

    def _find(self, typed: str) -> None:
        words = typed.casefold().split()
        self._found = [each for each in self._offered if all(word in _said(each) for word in words)]
        self.show([self.row(each) for each in self._found])
        self.refuse("" if self._found else _("No outcome has these words; Backspace shows all"))

    def row(self, offered: OfferedOutcome) -> tuple[str, str]:
        """An outcome, and of its label what sets it apart."""
        return offered_line(offered._replace(label=None)), (offered.label or "")[self._shared :]

    def on_input_submitted(self) -> None:
        self.action_take()

    def choose(self, place: int) -> None:
        if self._chosen is not None:
            self.dismiss((self._chosen.id, OVERRIDE_REASONS[place]))
            return
        self._chosen = self._found[place]
        self.query_one(Entry).display = False
        self.set_focus(None)
        reasons = [override_reason(code) for code in OVERRIDE_REASONS]
        self.ask(
            _("Why: {outcome}?").format(outcome=offered_line(self._chosen)), reasons, cursor=-1
        )

    def action_again(self) -> None:
        """From the reasons back to the outcomes."""
        if self._chosen is not None:
            self._ask_which()


def _said(offered: OfferedOutcome) -> str:
    parts = (offered_line(offered), offered.id, offered.macro, offered.label_title)
    return " ".join(part for part in parts if part).casefold()
