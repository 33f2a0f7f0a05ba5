"""Questions to the agent about the work in hand, answered with a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Static

from sopguide.messages import _
from sopguide.tui.keys import Key, bar_of
from sopguide.tui.screens.base import Page, Result
from sopguide.tui.text import line, shown

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class _Asked(Page[Result]):
    """A question with the keys that answer it below."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(classes="page"):
            yield Static(shown(self._text))
            yield Static(bar_of(self.keys()))

    def keys(self) -> tuple[Key, ...]:
        """The keys that answer."""
        raise NotImplementedError


class ConfirmPage(_Asked[bool]):
    """Dismissed with True for yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("y", "close(True)", "Yes"),
        ("n,escape", "close(False)", "No"),
        ("enter", "say_how", "Neither"),
    ]

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("y", _("yes"), "", "screen.close(True)"),
            Key("n", _("no"), "", "screen.close(False)"),
        )

    def action_say_how(self) -> None:
        """Enter alone gives nothing up: who meant the screen below is told what is asked."""
        for page in self.query(".page"):
            page.border_subtitle = line(_("y or n?"))

    def action_close(self, yes: bool = False) -> None:  # noqa: FBT001, FBT002 - a Textual action
        self.dismiss(yes)


class KeepPage(_Asked[bool]):
    """Dismissed with True to keep what was written, False to drop it, None to go on writing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("y,enter", "decide(True)", "Keep"),
        ("n", "decide(False)", "Drop"),
    ]

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("y", _("keep"), "", "screen.decide(True)"),
            Key("n", _("drop"), "", "screen.decide(False)"),
            Key("Esc", _("go on writing"), "", "screen.close"),
        )

    def action_decide(self, keep: bool) -> None:  # noqa: FBT001 - a Textual action
        """Answer."""
        self.dismiss(keep)
