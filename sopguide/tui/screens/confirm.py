"""A question to the agent about the walk itself, answered with y or n."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Static

from sopguide.tui.keys import Key, bar_of
from sopguide.tui.screens.base import Page
from sopguide.tui.text import shown

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class ConfirmPage(Page[bool]):
    """Dismissed with True for yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("y", "close(True)", "Yes"),
        ("n,escape", "close(False)", "No"),
    ]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        keys = bar_of(
            [
                Key("y", "yes", "Yes", "screen.close(True)"),
                Key("n", "no", "No", "screen.close(False)"),
            ]
        )
        with Vertical(classes="page"):
            yield Static(shown(self._text))
            yield Static(keys)

    def action_close(self, yes: bool = False) -> None:  # noqa: FBT001, FBT002 - a Textual action
        self.dismiss(yes)
