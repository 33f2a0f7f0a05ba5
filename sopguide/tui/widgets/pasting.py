"""A text field that tells a pasted ticket from a few pasted words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

from sopguide.tui.widgets.entry import Entry

if TYPE_CHECKING:
    from textual import events

_MOST_WORDS = 80  # characters; whatever is longer, or has several lines, is a ticket


class PasteEntry(Entry):
    """Short pastes go into the field; others are posted whole."""

    class Pasted(Message):
        """A text that is too long to be words to search for."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def _on_paste(self, event: events.Paste) -> None:
        text = event.text.strip()
        if "\n" in text or "\r" in text or len(text) > _MOST_WORDS or text.startswith("{"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(text.replace("\r\n", "\n").replace("\r", "\n")))
