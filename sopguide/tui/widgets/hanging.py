"""Paragraphs with a mark in the margin: lines that wrap begin under the text, not the mark."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from sopguide.tui.widgets.words import Steady, value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.geometry import Size


class Paragraph(NamedTuple):
    """A text, and the mark before its first line."""

    text: Content
    mark: Content


class Hanging(Steady):
    """As high as its text; where it has no room for all of it, it ends in an ellipsis."""

    DEFAULT_CSS = "Hanging { height: auto; }"

    def __init__(self, margin: int, *, id: str | None = None) -> None:  # noqa: A002
        """`margin`: the columns that marks stand in."""
        super().__init__(id=id)
        self._margin = margin

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show other text; nothing is drawn where nothing changed, nor around it at one height."""
        texts = list(chain.from_iterable(paragraphs))
        if list(map(value, texts)) != list(map(value, self._texts)):
            width = self.content_size.width
            before, self._texts = self._lines(self._texts, width), texts
            self.refresh(layout=not width or len(before) != len(self._lines(texts, width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines(self._texts, width))

    def drawn(self, texts: Sequence[Content]) -> Content:
        width, height = self.content_size
        lines = self._lines(texts, width)
        if len(lines) > height > 0:
            cut = lines[height - 1].truncate(max(0, width - 2)).rstrip()
            lines = [*lines[: height - 1], cut + " …"]
        return Content("\n").join(lines)

    def _lines(self, texts: Sequence[Content], width: int) -> list[Content]:
        return self.once(lambda: self._wrapped(texts, width), width, *map(value, texts))

    def _wrapped(self, texts: Sequence[Content], width: int) -> list[Content]:
        room = max(1, width - self._margin)
        blank = Content(" " * self._margin)
        return [
            (mark.pad_right(self._margin - mark.cell_length) if first else blank) + part
            for text, mark in zip(texts[::2], texts[1::2], strict=True)
            for first, part in _firsts(text.wrap(room))
        ]


def _firsts(lines: Sequence[Content]) -> list[tuple[bool, Content]]:
    return [(number == 0, line) for number, line in enumerate(lines)]
