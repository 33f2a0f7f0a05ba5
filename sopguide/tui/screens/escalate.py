"""Handing the ticket off: the choice of another outcome, of those that hand it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.desk.wording import offered_line
from sopguide.messages import _
from sopguide.tui.screens.override import OverridePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.desk.hand import OfferedOutcome


class EscalatePage(OverridePage):
    """Dismissed with the id of an outcome and the code of a reason, or None."""

    def order(self, offered: Sequence[OfferedOutcome]) -> Sequence[OfferedOutcome]:
        """Where nobody can be handed it, all: to say so would lead nowhere."""
        return [each for each in offered if each.to is not None] or offered

    def row(self, offered: OfferedOutcome) -> tuple[str, str]:
        """Who takes it over stands before the reply that is sent."""
        text, note = super().row(offered)
        if offered.to is None:
            return text, note
        bare = offered_line(offered._replace(macro=None, macro_title="", label=None))
        return " · ".join(part for part in (bare, offered.macro_title) if part), note

    def title_of(self) -> str:
        return _("Hand off")

    def question(self) -> str:
        return _("Who is to take this ticket over?")
