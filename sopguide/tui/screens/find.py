"""Find anything: type a few words, Enter takes what is under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical

from sopguide.desk.palette import COMMAND, SOP, Hit
from sopguide.messages import N_, _
from sopguide.tui.keys import face
from sopguide.tui.screens.base import MOVES, Page
from sopguide.tui.widgets.entry import Entry
from sopguide.tui.widgets.rows import Row, Rows
from sopguide.walk.catalogue import LABEL, MACRO, STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key as Pressed

    from sopguide.desk.palette import Palette

_KINDS = {
    COMMAND: N_("do"),
    STEP: N_("step"),
    SOP: N_("SOP"),
    MACRO: N_("macro"),
    LABEL: N_("label"),
}


class FindPage(Page[Hit]):
    """Dismissed with what was chosen, or None."""

    CSS = """
    FindPage { align: center top; }
    FindPage > .page { margin-top: 2; }
    FindPage Rows { height: auto; max-height: 65vh; min-height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*MOVES, ("enter", "choose", "Choose")]

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette
        self._found: Sequence[Hit] = ()

    def compose(self) -> ComposeResult:
        with Vertical(classes="page") as page:
            page.border_title = _("Find")
            page.border_subtitle = _("Enter takes it · Esc closes")
            yield Entry(id="sought", placeholder=_("an SOP, a step, a macro, a label, what to do"))
            yield Rows(wrap=False)

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Entry))
        self._find("")

    def take_key(self, event: Pressed) -> bool:
        """The key that opened it closes it too."""
        if self.means(event) == "find":
            self.dismiss(None)
            return True
        return super().take_key(event)

    @on(Entry.Changed)
    def find_it(self, event: Entry.Changed) -> None:
        """Find while typing."""
        self._find(event.value)

    def _find(self, text: str) -> None:
        self._found = self._palette.find(text)
        rows = [self._row(hit) for hit in self._found]
        nothing = Row(_("Nothing fits: try other words"), enabled=False)
        self.query_one(Rows).show(rows or [nothing], cursor=0 if rows else -1)

    def _row(self, hit: Hit) -> Row:
        kind = _(_KINDS[hit.kind])
        if hit.kind == COMMAND:
            keys = " ".join(face(key) for key in self.keymap.keys(hit.id))
            return Row(hit.title, mark=kind, note=keys)
        named = hit.id if hit.title in {"", hit.id} else f"{hit.id} · {hit.title}"
        return Row(named, mark=kind, note=hit.detail)

    def action_move(self, by: int) -> None:
        self.query_one(Rows).move(by)

    def action_page(self, by: int) -> None:
        self.query_one(Rows).page(by)

    def on_input_submitted(self) -> None:
        self.action_choose()

    @on(Rows.Clicked)
    def choose_by_click(self, event: Rows.Clicked) -> None:
        self._choose(event.index)

    def action_choose(self) -> None:
        """Take what is under the cursor."""
        self._choose(self.query_one(Rows).cursor)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._found):
            self.dismiss(self._found[place])
