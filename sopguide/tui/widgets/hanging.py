"""Paragraphs with a mark in the margin: lines that wrap begin under the text, not the mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from sopguide.tui.widgets.words import Steady

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
        self._paragraphs: Sequence[Paragraph] = ()

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show other text; nothing is drawn where nothing changed, nor around it at one height."""
        if not _same(paragraphs, self._paragraphs):
            width = self.content_size.width
            before, self._paragraphs = self._lines(width), paragraphs
            self.refresh(layout=not width or len(before) != len(self._lines(width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return len(self._lines(width))

    def render(self) -> Content:
        width, height = self.content_size
        lines = self._lines(width)
        if len(lines) > height > 0:
            cut = lines[height - 1].truncate(max(0, width - 2)).rstrip()
            lines = [*lines[: height - 1], cut + " …"]
        return Content("\n").join(lines)

    def _lines(self, width: int) -> list[Content]:
        room = max(1, width - self._margin)
        blank = Content(" " * self._margin)
        return [
            (mark.pad_right(self._margin - mark.cell_length) if first else blank) + part
            for text, mark in self._paragraphs
            for first, part in _firsts(text.wrap(room))
        ]


def _firsts(lines: Sequence[Content]) -> list[tuple[bool, Content]]:
    return [(number == 0, line) for number, line in enumerate(lines)]


def _same(some: Sequence[Paragraph], others: Sequence[Paragraph]) -> bool:
    return len(some) == len(others) and all(
        one.text.is_same(other.text) and one.mark.is_same(other.mark)
        for one, other in zip(some, others, strict=True)
    )
