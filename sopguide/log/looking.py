"""What can be looked up about a walk in progress without moving it: nothing here is logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.messages import _
from sopguide.walk.wording import Rendered, render_macro

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sopguide.walk.catalogue import Entry
    from sopguide.walk.path import Passage
    from sopguide.walk.returning import Kept, Return
    from sopguide.walk.walk import Walk


class Looking:
    """The questions that a person may ask of a walk in progress."""

    walk: Walk
    ticket: Mapping[str, Any]
    language: str

    def kept(self) -> tuple[Kept, ...]:
        """The answers from before going back that wait for their question."""
        if not self.walk.kept:
            return ()
        from sopguide.walk.returning import kept

        return kept(self.walk, self._said)

    def returning(self, to: int) -> tuple[Return, ...]:
        """Which later answers going back to a row of the path would keep."""
        from sopguide.walk.returning import returns

        return returns(self.walk, to, self._said)

    def _said(self, passage: Passage) -> str:
        from sopguide.walk.view import say_answer

        return say_answer(self.walk, passage, self.ticket, self.language, _)

    def catalogue(self) -> tuple[Entry, ...]:
        """The steps, macros and labels of the SOP."""
        from sopguide.walk.catalogue import catalogue

        return catalogue(self.walk.procedure, self.language)

    def text_of(self, macro: str, locale: str) -> Rendered:
        """A macro of the SOP, whether it is to be sent here or not."""
        return render_macro(self.walk, macro, locale, self.ticket)
