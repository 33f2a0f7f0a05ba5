"""What can be looked up about a walk in progress without moving it: nothing here is logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.log.opening import text_of
from sopguide.messages import _, said
from sopguide.walk.overruling import offered
from sopguide.walk.view import view
from sopguide.walk.wording import Rendered, render_macro

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sopguide.walk.ahead import Ahead
    from sopguide.walk.catalogue import Entry
    from sopguide.walk.overruling import OfferedOutcome
    from sopguide.walk.path import Passage
    from sopguide.walk.returning import Kept, Return
    from sopguide.walk.view import View
    from sopguide.walk.walk import Walk


class Looking:
    """The questions that a person may ask of a walk in progress."""

    walk: Walk
    ticket: Mapping[str, Any]
    language: str
    _ahead: tuple[Walk, Ahead] | None

    @property
    def ticket_id(self) -> str | None:
        """The ticket's id, which only this desk knows."""
        return text_of(self.ticket, "id")

    @property
    def locale(self) -> str:
        """The language that replies are first shown in."""
        return self.walk.origin.locale

    @property
    def locales(self) -> tuple[str, ...]:
        """The languages of the library."""
        return self.walk.procedure.locales

    def view(self) -> View:
        """Where the walk stands, ready to be drawn."""
        return view(self.walk, self.ticket, self.language, said)

    def macro(self, locale: str, filled: Mapping[str, str] | None = None) -> Rendered | None:
        """The reply of this step or outcome; None where there is none.

        `filled`: what was typed for placeholders that nothing else fills, by their names.
        """
        outcome = self.view().outcome
        if outcome is None or outcome.macro is None:
            return None
        return render_macro(self.walk, outcome.macro, locale, self.ticket, filled)

    def ahead(self) -> Ahead:
        """What may still come; worked out once for where the walk stands."""
        if self._ahead is None or self._ahead[0] is not self.walk:
            from sopguide.walk.ahead import ahead

            self._ahead = (self.walk, ahead(self.walk))
        return self._ahead[1]

    def offered(self) -> tuple[OfferedOutcome, ...]:
        """The outcomes that may be chosen instead of the SOP's."""
        return offered(self.walk, self.language)

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
        from sopguide.walk.rows import say_answer

        return say_answer(self.walk, passage, self.ticket, self.language, _)

    def catalogue(self) -> tuple[Entry, ...]:
        """The steps, macros and labels of the SOP."""
        from sopguide.walk.catalogue import catalogue

        return catalogue(self.walk.procedure, self.language)

    def text_of(self, macro: str, locale: str) -> Rendered:
        """A macro of the SOP, whether it is to be sent here or not."""
        return render_macro(self.walk, macro, locale, self.ticket)
