"""The path so far, a row a step; choosing one returns there.

For the row under the cursor it tells which later answers would stay valid, for each answer that
could be given there instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from sopguide.messages import _
from sopguide.tui import drawing
from sopguide.tui.screens.base import MOVES, Page
from sopguide.tui.text import line
from sopguide.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key as Pressed

    from sopguide.walk.returning import Return
    from sopguide.walk.rows import PathRow

_MOST = 6


class PathPage(Page[int]):
    """Dismissed with the place of a path row to return to, or None."""

    CSS = """
    PathPage #note { color: $muted; margin-top: 1; min-height: 4; max-height: 9; }
    PathPage Rows { max-height: 70vh; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVES,
        ("enter", "go", "Go"),
        *((str(n), f"digit({n})", f"Row {n}") for n in range(1, 10)),
    ]

    def __init__(
        self, path: Sequence[PathRow], returning: Callable[[int], Sequence[Return]]
    ) -> None:
        super().__init__()
        self._path = path
        self._returning = returning

    def compose(self) -> ComposeResult:
        with Vertical(classes="page") as page:
            page.border_title = _("Path")
            page.border_subtitle = _("Enter returns there · Esc closes")
            yield Rows()
            yield Static(id="note")

    def on_mount(self) -> None:
        rows = [
            Row(_text(row), mark=str(number), note=_note(row), enabled=row.can_return)
            for number, row in enumerate(self._path, 1)
        ]
        self.query_one(Rows).show(rows, cursor=self._last())
        self._foretell()

    def take_key(self, event: Pressed) -> bool:
        """The key that opened it closes it too."""
        if self.means(event) in {"path", "leave"}:
            self.dismiss(None)
            return True
        return super().take_key(event)

    def _last(self) -> int:
        """The last step that can be returned to."""
        places = [place for place, row in enumerate(self._path) if row.can_return]
        return places[-1] if places else -1

    def _foretell(self) -> None:
        """Tell what returning to the row under the cursor would keep."""
        place = self.query_one(Rows).cursor
        if not 0 <= place < len(self._path) or self._path[place].current:
            self._say(_("This is where the walk stands."))
        elif not self._path[place].can_return:
            self._say(_why_not(self._path[place]))
        else:
            self._say(foretold(self._returning(self._path[place].place)))

    def _say(self, what: str | Content) -> None:
        self.query_one("#note", Static).update(line(what) if isinstance(what, str) else what)

    def action_move(self, by: int) -> None:
        self.query_one(Rows).move(by)
        self._foretell()

    def action_page(self, by: int) -> None:
        self.query_one(Rows).page(by)
        self._foretell()

    def action_digit(self, number: int) -> None:
        self._go(number - 1)

    def action_go(self) -> None:
        self._go(self.query_one(Rows).cursor)

    @on(Rows.Clicked)
    def go_by_click(self, event: Rows.Clicked) -> None:
        self._go(event.index)

    def _go(self, place: int) -> None:
        if not 0 <= place < len(self._path):
            self._say(_("There is no such row."))
        elif self._path[place].current:
            self.dismiss(None)
        elif not self._path[place].can_return:
            self._say(_why_not(self._path[place]))
        else:
            self.dismiss(self._path[place].place)


def foretold(returns: Sequence[Return]) -> Content:
    """Which later answers stay, an answer a line."""
    if not any(each.stays or each.left for each in returns):
        return line(_("Nothing was answered after it that could be lost."))
    lines = [line(_("Answered there, later answers stay valid:"))]
    for each in returns[:_MOST]:
        said = Content.assemble("  ", line(each.answer, "bold"))
        now = " (" + _("now") + ")" if each.now else ""
        lines.append(said + Content.assemble(now, " → ", line(_kept(each))))
    if len(returns) > _MOST:
        lines.append(line(_("… and {n} more answers").format(n=len(returns) - _MOST)))
    return Content("\n").join(lines)


def _kept(each: Return) -> str:
    if not each.left:
        return _("all of them")
    if not each.stays:
        return _("none ({left})").format(left=", ".join(each.left))
    return _("{stays}; not {left}").format(stays=", ".join(each.stays), left=", ".join(each.left))


def _why_not(row: PathRow) -> str:
    return _("`{step}` was not answered by you: choose another.").format(step=row.step)


def _text(row: PathRow) -> str:
    where = row.step if row.label == row.step.rpartition(".")[2] else f"{row.step} · {row.label}"
    return f"{where} → {row.answer}" if row.answer else where


def _note(row: PathRow) -> str:
    if row.current:
        return _("here")
    who = drawing.by(row.by) if row.answer else ""
    return _("{who}, kept").format(who=who) if row.kept else who
