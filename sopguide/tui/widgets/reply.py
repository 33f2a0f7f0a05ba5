"""A macro as the customer will read it, with what is missing in plain sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sopguide.tui.text import line, shown

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from sopguide.walk.view import OutcomeView
    from sopguide.walk.wording import Rendered

_MISSING = r"⟦[^⟧]*⟧"


class Reply(VerticalScroll, can_focus=False):
    """The macro's text in a frame that names it and its locale."""

    DEFAULT_CSS = """
    Reply {
        border: round $rule;
        border-title-color: $text;
        border-subtitle-color: $text;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        & > Static { width: 1fr; height: auto; }
    }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.text = ""
        self._body = Static()

    def compose(self) -> ComposeResult:
        yield self._body

    def page(self, by: int) -> None:
        """Scroll by what is seen at once."""
        self.scroll_relative(y=by * max(1, self.size.height - 1), animate=False)

    def show(self, outcome: OutcomeView, locale: str, rendered: Rendered | None) -> None:
        """Show a macro; None says that no reply is sent."""
        if rendered is None:
            self.text = ""
            self.border_title = line("No reply is sent")
            self._body.update(Content.styled("This outcome is closed without a macro.", "$muted"))
            return
        self.text = rendered.text
        self.border_title = line(f"Macro: {outcome.macro_title or outcome.macro} · {locale}")
        body = shown(rendered.text).highlight_regex(_MISSING, style="reverse bold")
        if rendered.missing:
            names = ", ".join(rendered.missing)
            body = line(f"Fill in before sending: {names}", "$error bold") + "\n\n" + body
        self._body.update(body)
        self.scroll_home(animate=False)
