"""Steps that may come next are drawn while the agent reads this one.

A piece at a time, and only after all that is shown was painted: a key that comes meanwhile waits
for a piece or two, a millisecond each. What is shown does not hang on it, only how soon.
"""

from __future__ import annotations

from asyncio import get_running_loop
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from sopguide.desk.asking import Asking
from sopguide.desk.hand import Foresees
from sopguide.tui import sheet
from sopguide.tui.answers import answer_rows
from sopguide.tui.keys import face
from sopguide.tui.screens.walking import WalkScreen
from sopguide.tui.widgets.bar import Bar
from sopguide.tui.widgets.hanging import Hanging
from sopguide.tui.widgets.rows import Rows
from sopguide.tui.widgets.words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sopguide.tui.sheet import Sheet
    from sopguide.walk.ahead import Ahead
    from sopguide.walk.view import View

_PAINTED = 0.02
"""Seconds after which what was drawn is written, by a thread that waits for this one."""
_MOST = 12
"""So many answers are looked behind; longer lists are filtered first, so there is time later."""


class ForeseeingScreen(WalkScreen):
    """Draws steps, and those behind their answers."""

    _foreseen: tuple[Sheet, ...] = ()
    _to_see: Iterator[None] | None = None

    def sheet(self, view: View, ahead: Ahead) -> Sheet:
        """A step as it is drawn on this terminal, now or before."""
        for drawn in self._foreseen:
            if drawn.view is view:
                return drawn
        size, wide = self.size or self.app.size, self.has_class("-wide")
        key = face(self.keymap.key("help", typing=Asking(view).typed))
        return sheet.draw(view, ahead, help_key=key, width=size.width, wide=wide)

    def look_ahead(self, asking: Asking) -> None:
        """Begin to draw what the answers to this question lead to, once it has been painted."""
        self._foreseen, self._to_see = (), None
        if isinstance(self._walk, Foresees):
            values = [each.value for each in asking.options if not asking.has_tick(each)]
            self._to_see = self._pieces(self._walk, values[:_MOST])
            self.set_timer(_PAINTED, partial(self._see, self._to_see))

    def _see(self, pieces: Iterator[None]) -> None:
        """Draw the next piece, and come back for the others."""
        if self._to_see is not pieces:
            return
        for _ in pieces:
            # A queue that is never empty lets nobody else have a turn: by way of the loop, keys do.
            get_running_loop().call_soon(self.call_later, self._see, pieces)
            return
        self._to_see = None

    def _pieces(self, walk: Foresees, choices: Iterable[Any]) -> Iterator[None]:
        """Draw where each answer leads; stops wherever a key may come in between."""
        for choice in choices:
            sight = walk.foresee(choice)
            if sight is not None:
                yield
                drawn = self.sheet(*sight)
                self._foreseen = (*self._foreseen, drawn)
                for make_ready in self._paintings(drawn, Asking(sight.view)):
                    yield
                    make_ready()
            yield

    def _paintings(self, drawn: Sheet, asking: Asking) -> tuple[Callable[[], None], ...]:
        """What paints the parts of a step that may be shown next, out of sight."""
        hanging, words = self.query_one("#help", Hanging), self.query_one("#question", Words)
        trail, still = self.query_one("#trail", Bar), self.query_one("#ahead", Bar)
        answers = self.query_one("#answers", Rows)
        return (
            lambda: hanging.make_ready([*chain.from_iterable(drawn.help)]),
            lambda: trail.make_ready(drawn.trail),
            lambda: still.make_ready(drawn.still),
            lambda: words.make_ready([drawn.question]),
            lambda: answers.make_ready(answer_rows(asking), asking.start),
        )
