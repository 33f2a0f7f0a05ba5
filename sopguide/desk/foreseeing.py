"""A walk in hand that looks one answer ahead, so that what comes of it need not be waited for.

Walks are values: what an answer leads to is found without giving it, and nothing is noted. What
was found counts only where that answer is then given at that very step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.logged_walk import LoggedWalk
from sopguide.messages import said
from sopguide.walk.events import TRIED_OUT
from sopguide.walk.view import view

if TYPE_CHECKING:
    from sopguide.walk.ahead import Ahead
    from sopguide.walk.view import View
    from sopguide.walk.walk import Walk


class Sight(NamedTuple):
    """Where a walk would stand."""

    view: View
    ahead: Ahead


class ForeseeingWalk(LoggedWalk):
    """Says where each answer leads, and works out once where the walk stands."""

    _viewed: tuple[Walk, View] | None = None
    _foreseen: tuple[Walk, dict[str | None, Sight]] | None = None

    def view(self) -> View:
        """Where the walk stands, ready to be drawn."""
        if self._viewed is None or self._viewed[0] is not self.walk:
            self._viewed = (self.walk, super().view())
        return self._viewed[1]

    def answer(self, choice: Any) -> str | None:
        """Answer what is asked; a text says why not."""
        before = self.walk
        refused = super().answer(choice)
        if refused is None and self._foreseen and self._foreseen[0] is before:
            sight = self._foreseen[1].get(choice) if isinstance(choice, str | None) else None
            if sight is not None:
                self._viewed, self._ahead = (self.walk, sight.view), (self.walk, sight.ahead)
        return refused

    def foresee(self, choice: str | None) -> Sight | None:
        """Where an answer would lead; None where it would be refused."""
        from sopguide.walk.ahead import ahead

        if self._foreseen is None or self._foreseen[0] is not self.walk:
            self._foreseen = (self.walk, {})
        turn = self.walk.answer(choice, at=TRIED_OUT)
        if turn.refused is not None:
            return None
        seen = view(turn.walk, self.ticket, self.language, said)
        sight = self._foreseen[1][choice] = Sight(seen, ahead(turn.walk))
        return sight
