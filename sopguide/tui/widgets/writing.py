"""A text to write in: nothing blinks, nothing is markup, and what is pasted is cleaned first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import TextArea

from sopguide.clean import clean

if TYPE_CHECKING:
    from textual import events
    from textual.timer import Timer

_MOMENT = 0.5


class Writing(TextArea):
    """A `TextArea` with a limit; where Enter is no new line, it says that the text is done."""

    class Done(Message):
        """Enter, where it makes no new line."""

    class Rested(Message):
        """What was written a moment ago, told once for many keys."""

    class TooLong(Message):
        """What was typed or pasted went over the limit: so many characters were left out."""

        def __init__(self, left_out: int = 1) -> None:
            super().__init__()
            self.left_out = left_out

    DEFAULT_CSS = """
    Writing { height: 1fr; border: none; padding: 0; background: $background; }
    Writing:focus { border: none; background-tint: $foreground 0%; }
    """

    def __init__(
        self,
        text: str = "",
        *,
        limit: int,
        lines: bool = True,
        id: str | None = None,  # noqa: A002
        placeholder: str = "",
    ) -> None:
        """`lines`: whether Enter makes a new line."""
        super().__init__(
            clean(text), soft_wrap=True, show_line_numbers=False, id=id, placeholder=placeholder
        )
        self.cursor_blink = False
        self._limit = limit
        self._lines = lines
        self._rest: Timer | None = None

    @property
    def room(self) -> int:
        """How many characters may still be written."""
        return self._limit - len(self.text) + len(self.selected_text)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and not self._lines:
            event.stop()
            event.prevent_default()
            self.post_message(self.Done())
        elif event.is_printable and self.room <= 0:
            event.stop()
            event.prevent_default()
            self.post_message(self.TooLong())

    def on_text_area_changed(self) -> None:
        """Tell of many keys once."""
        if self._rest is None:
            self._rest = self.set_timer(_MOMENT, self._tell)

    def _tell(self) -> None:
        self._rest = None
        self.post_message(self.Rested())

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text, room = clean(event.text), max(0, self.room)
        self.replace(text[:room], *self.selection, maintain_selection_offset=False)
        if len(text) > room:
            self.post_message(self.TooLong(len(text) - room))
