"""One line with a left and a right end; the left gives way where both do not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sopguide.tui.widgets.words import Steady

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 8
_LEAST_PART = 16


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

    def __init__(self, *, parted_by: str = "", id: str | None = None) -> None:  # noqa: A002
        """`parted_by`: where the left end is too long, its first parts go."""
        super().__init__(id=id)
        self._texts = Content(""), Content("")
        self._parted_by = parted_by

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
        if self._parted_by:
            left = last_parts(left, room, self._parted_by)
        left = left.truncate(max(0, room), ellipsis=True)
        if not right:
            return left
        return left.pad_right(width - left.cell_length - right.cell_length) + right


def last_parts(text: Content, width: int, parted_by: str) -> Content:
    """As many of a text's last parts as have room; the first of them may lose its end."""
    if text.cell_length <= width:
        return text
    *earlier, kept = text.split(parted_by)
    start = Content(f"…{parted_by}")
    while earlier:
        part = earlier.pop() + parted_by
        room = width - start.cell_length - kept.cell_length
        if part.cell_length > room:
            cut = part[: -len(parted_by)].truncate(room - len(parted_by), ellipsis=True)
            kept = cut + parted_by + kept if room >= _LEAST_PART else kept
            break
        kept = part + kept
    whole = start + kept
    return (whole if whole.cell_length <= width else kept).truncate(max(0, width), ellipsis=True)
