"""The one text field of a screen: a value to type, or a filter for long lists.

Letters and Backspace belong to the text. In an empty field Backspace asks to go back, but not in
the same breath as deleting: a key held down must not run on into the steps before.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widgets import Input

from sopguide.clean import clean

if TYPE_CHECKING:
    from textual import events

_BREATH = 0.5
_LONGEST = 400
_MOST_READ = 10 * _LONGEST
"""Of what is pasted; the characters that are cleaned away included."""


class Entry(Input):
    """An `Input` without blinking, markup or suggestions."""

    class BackAsked(Message):
        """Backspace in an empty field."""

    DEFAULT_CSS = """
    Entry { height: 3; border: round $rule; padding: 0 1; background: $background; }
    Entry:focus { border: round $accent; background-tint: $foreground 0%; }
    """

    def __init__(self, id: str | None = None, placeholder: str = "") -> None:  # noqa: A002
        super().__init__(id=id, placeholder=placeholder, max_length=_LONGEST)
        self.cursor_blink = False
        self.space_is_a_command = False
        self._deleted_at = 0.0

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell Textual which keys are text here."""
        if self.space_is_a_command and key == "space":
            return False
        return super().check_consume_key(key, character)

    def validate_value(self, value: str) -> str:
        """Whatever comes into the field steers no terminal."""
        return clean(value, keep_newlines=False)

    def _on_paste(self, event: events.Paste) -> None:
        """The first line, as much of it as has room."""
        event.stop()
        event.prevent_default()
        start, end = sorted(self.selection)
        room = _LONGEST - len(self.value) + end - start
        first, *_others = clean(event.text[:_MOST_READ]).strip("\n").split("\n")
        self.replace(clean(first, keep_newlines=False)[: max(0, room)], start, end)

    async def _on_key(self, event: events.Key) -> None:
        if self.space_is_a_command and event.key == "space":
            event.prevent_default()
            return
        await super()._on_key(event)

    def action_delete_left(self) -> None:
        """Delete, or ask to go back where there is nothing to delete."""
        if self.value:
            self._deleted_at = monotonic()
            super().action_delete_left()
        elif monotonic() - self._deleted_at > _BREATH:
            self.post_message(self.BackAsked())
        else:
            self._deleted_at = monotonic()
