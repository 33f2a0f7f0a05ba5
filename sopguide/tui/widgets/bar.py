"""One line with a left and a right end; the left gives way where both do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sopguide.tui.widgets.words import Steady

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 8


class Bar(Steady):
    """A line such as a header, a trail or the keys."""

    DEFAULT_CSS = """
    Bar {
        height: 1;
        link-style: none;
        link-color: $text;
        link-background: transparent;
        link-style-hover: underline;
        link-color-hover: $text;
        link-background-hover: transparent;
    }
    """

    def __init__(self, *, keep_end: bool = False, id: str | None = None) -> None:  # noqa: A002
        """`keep_end`: where the left end is too long, its beginning goes."""
        super().__init__(id=id)
        self._texts = Content(""), Content("")
        self._keep_end = keep_end

    def show(self, left: Content, right: Content | None = None) -> None:
        """Show other text; nothing is drawn where nothing changed."""
        texts = left, right or Content("")
        if not all(one.is_same(other) for one, other in zip(texts, self._texts, strict=True)):
            self._texts = texts
            self.refresh()

    @property
    def plain(self) -> str:
        """What the line says, without its style."""
        return "  ".join(text.plain for text in self._texts).rstrip()

    def drawn(self, texts: Sequence[Content]) -> Content:
        left, right = texts
        width = self.content_size.width
        right = right.truncate(max(0, width - _LEAST), ellipsis=True)
        room = width - right.cell_length - (2 if right else 0)
        if left.cell_length > room and self._keep_end:
            left = Content("…") + _end_of(left, max(0, room - 1))
        left = left.truncate(max(0, room), ellipsis=True)
        if not right:
            return left
        return left.pad_right(width - left.cell_length - right.cell_length) + right


def _end_of(text: Content, width: int) -> Content:
    """As much of a text's end as has room."""
    start = len(text) - min(len(text), width)
    while text[start:].cell_length > width:
        start += 1
    return text[start:]
