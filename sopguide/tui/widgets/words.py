"""Texts painted alone while they keep their height: what stands around them is left as it is.

What was painted before, or made ready, is painted again from memory: nothing is wrapped twice.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from textual.cache import LRUCache
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from textual.geometry import Region
    from textual.visual import VisualType

Made = TypeVar("Made")
_REMEMBERED = 64
"""So many things a widget knows by heart: those of the next step, whatever the answer, and more."""


def value(text: Content) -> Hashable:
    """A text and its styles, to be compared."""
    return text.plain, tuple(text.spans)


def entitle(widget: Widget, title: Content) -> None:
    """Put a title on a frame; the same again would paint all that is in the frame."""
    if widget.border_title != title.markup:
        widget.border_title = title


class Remembering(Widget):
    """A widget that does what costs time once."""

    @cached_property
    def _made(self) -> LRUCache[Hashable, Any]:
        return LRUCache(_REMEMBERED)

    def once(self, make: Callable[[], Made], *of: Hashable) -> Made:
        """What was made of this before, else made now."""
        found: Made | None = self._made.get(of)
        if found is None:
            found = self._made[of] = make()
        return found


class Steady(Remembering):
    """Shows texts. It is not laid out for each of them, but for each width."""

    _width_before = 0
    _texts: Sequence[Content] = ()
    _painted: Sequence[Strip] | None = None

    def drawn(self, texts: Sequence[Content]) -> Content:
        """What these texts look like in this widget."""
        raise NotImplementedError

    def make_ready(self, texts: Sequence[Content]) -> None:
        """Draw texts that may be shown next."""
        self._strips(texts)

    def on_resize(self) -> None:
        """At a width of before, Textual would take the height of the text of then."""
        width, self._width_before = self._width_before, self.content_size.width
        if width and width != self._width_before and self.styles.is_auto_height:
            self.refresh(layout=True)

    def render(self) -> Content:
        return self.drawn(self._texts)

    def render_lines(self, crop: Region) -> list[Strip]:
        self._painted = None
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        if self._painted is None:  # found once for all lines, where one of them has changed
            self._painted = self._strips(self._texts)
        if y < len(self._painted):
            return self._painted[y]
        return Strip.blank(self.content_size.width, self.visual_style.rich_style)

    def _strips(self, texts: Sequence[Content]) -> list[Strip]:
        size, style = self.content_size, self.visual_style

        def make() -> list[Strip]:
            return Visual.to_strips(self, self.drawn(texts), size.width, size.height, style)

        if self.text_selection is not None:
            return make()
        return self.once(make, size, style, self.app.theme, *map(value, texts))


class Words(Static, Steady):
    """A `Static` that has the screen laid out only where its number of rows changes."""

    _texts = (Content(""),)

    def drawn(self, texts: Sequence[Content]) -> Content:
        [text] = texts
        return text

    def render(self) -> Content:
        return self.drawn(self._texts)

    def make_ready(self, texts: Sequence[Content]) -> None:
        super().make_ready(texts)
        self._rows(texts)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show another text; nothing is drawn where it is the same."""
        text = content if isinstance(content, Content) else Content(str(content))
        if text.is_same(*self._texts):
            return
        before, self._texts = self._rows(self._texts), (text,)
        super().update(text, layout=False)
        if layout and (not before or self._rows(self._texts) != before):
            self.refresh(layout=True)

    def _rows(self, texts: Sequence[Content]) -> int:
        """How many rows a text takes; before there is a width, none."""
        width, [text] = self.content_size.width, texts
        return self.once(lambda: len(text.wrap(width)), width, value(text)) if width else 0
