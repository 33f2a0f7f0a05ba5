"""Texts painted alone while they keep their height: what stands around them is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.visual import VisualType


def entitle(widget: Widget, title: Content) -> None:
    """Put a title on a frame; the same again would paint all that is in the frame."""
    if widget.border_title != title.markup:
        widget.border_title = title


class Steady(Widget):
    """A widget that is not laid out for each text, but for each width."""

    _width_before = 0

    def on_resize(self) -> None:
        """At a width of before, Textual would take the height of the text of then."""
        width, self._width_before = self._width_before, self.content_size.width
        if width and width != self._width_before:
            self.refresh(layout=True)


class Words(Static, Steady):
    """A `Static` that has the screen laid out only where its number of rows changes."""

    _text = Content("")

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another text; nothing is drawn where it is the same."""
        text = content if isinstance(content, Content) else Content(str(content))
        if text.is_same(self._text):
            return
        before, self._text = self._rows(), text
        super().update(text, layout=False)
        if layout and (not before or self._rows() != before):
            self.refresh(layout=True)

    def _rows(self) -> int:
        """How many rows the text takes; before there is a width, none."""
        width = self.content_size.width
        return len(self._text.wrap(width)) if width else 0
