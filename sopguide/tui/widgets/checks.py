"""A short checklist that runs on like a sentence and wraps between its items, never inside one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from sopguide.tui.answers import TICKED, UNTICKED
from sopguide.tui.text import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Size

_GAP = 3


class Checks(Widget):
    """Items with a number and a tick; a click on one does what its number does."""

    DEFAULT_CSS = """
    Checks {
        height: auto;
        link-style: none;
        link-color: $text;
        link-background: transparent;
        link-style-hover: underline;
        link-color-hover: $text;
        link-background-hover: transparent;
    }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._parts: Sequence[Content] = ()

    def show(self, title: str, items: Sequence[tuple[str, bool]]) -> None:
        """Show other items, each with whether it is ticked."""
        parts = [_item(number, *item) for number, item in enumerate(items, 1)]
        self._parts = [line(title, "$muted"), *parts]
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for part in self._parts:
            room = width - lines[-1].cell_length - _GAP if lines else -1
            if part.cell_length <= room:
                lines[-1] = lines[-1] + " " * _GAP + part
            else:
                lines.append(part.truncate(max(1, width), ellipsis=True))
        return lines


def _item(number: int, text: str, done: bool) -> Content:  # noqa: FBT001 - a pair, taken apart
    sign = TICKED if done else UNTICKED
    item = Content.assemble((f"{number} {sign}", "$success bold" if done else "bold"), " ")
    item += line(text, "$muted" if done else "")
    return item.stylize(Style.from_meta({"@click": f"screen.digit({number})"}))
