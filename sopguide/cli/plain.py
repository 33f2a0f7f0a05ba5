"""A walk in lines: for screen readers, pipes and scripts.

The same questions, answers and log as on the desk. Every prompt is one line that says what can be
typed; nothing is redrawn and nothing depends on colour or position. What is asked and said goes
through two functions, so that a drill can use it too.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from sopguide.clean import clean
from sopguide.cli import plain_told
from sopguide.cli.plain_commands import command_in
from sopguide.desk.asking import Asking, Unready
from sopguide.desk.wording import sentence
from sopguide.messages import _
from sopguide.walk.answering import DONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sopguide.cli.plain_obeying import Obeying
    from sopguide.desk.hand import Desk, WalkInHand
    from sopguide.desk.settings import Settings
    from sopguide.walk.view import View

    Ask = Callable[[str], str | None]
    """Shows a prompt and gives the line typed; None at the end of the input."""
    Say = Callable[[str], None]


class Ending(Enum):
    """How it ended."""

    FINISHED = "the outcome was applied"
    SUSPENDED = "left, to be resumed"
    PARKED = "parked for a reason; another ticket is next"
    ABANDONED = "given up"


def walk_plain(
    walk: WalkInHand,
    ask: Ask,
    say: Say,
    *,
    desk: Desk | None = None,
    settings: Settings | None = None,
) -> Ending:
    """Walk to the end, or until the input ends, which suspends the walk.

    Without a desk it is a drill: nothing is told that is to be found out.
    """
    return PlainWalk(walk, ask, say, desk, settings).walk()


class PlainWalk:
    """One walk in hand; what the commands do is `plain_obeying`'s affair."""

    def __init__(
        self,
        walk: WalkInHand,
        ask: Ask,
        say: Say,
        desk: Desk | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.hand = walk
        self.desk = desk
        self.settings = settings
        self.ask = ask
        self._tell = say
        self._seen = 0
        self._clocks: dict[tuple[str, str], str] = {}
        self._obeying: Obeying | None = None

    def say(self, *lines: str) -> None:
        """Say lines, with nothing in them that a terminal would obey."""
        for text in lines:
            self._tell(clean(text))

    def walk(self) -> Ending:
        """Walk to an ending."""
        self.say(*plain_told.opening(self.hand.view()))
        while True:
            ended = self._step(self.hand.view())
            if ended is not None:
                return ended

    @property
    def obeying(self) -> Obeying:
        """What the commands do, imported when the first is typed or a reply is shown."""
        if self._obeying is None:
            from sopguide.cli.plain_obeying import Obeying

            self._obeying = Obeying(self)
        return self._obeying

    def _step(self, view: View) -> Ending | None:
        """Show where the walk stands, and take lines until it stands elsewhere or ends."""
        self._say_answered(view)
        self._say_clocks()
        asking = Asking(view)
        self.say(*self._standing(asking))
        while True:
            typed = self.ask(plain_told.prompt(asking))
            if typed is None:
                return self.leave()
            moved = self._take(asking, typed.strip())
            if isinstance(moved, Ending):
                return moved
            if moved:
                return None

    def _standing(self, asking: Asking) -> Iterable[str]:
        view = asking.view
        if view.outcome and plain_told.ended(view):
            yield from plain_told.outcome(view.outcome, view.overruled)
            yield from self.obeying.reply.lines()
            if self.desk is not None:
                yield from plain_told.left_to_do(view.outcome)
            return
        yield from plain_told.question(asking, hints=self.desk is not None)
        if view.outcome and view.outcome.macro:
            yield from self.obeying.reply.lines()
            yield plain_told.label(view.outcome)

    def _take(self, asking: Asking, typed: str) -> Ending | bool:
        """What a line does: True when the walk moved."""
        if not typed and not plain_told.ended(asking.view):
            self.say(_("Type an answer, or ? for help"))
            return False
        if (command := command_in(asking, typed, drill=self.desk is None)) is not None:
            return self.obeying.obey(asking.view, *command)
        if plain_told.ended(asking.view):
            if typed and typed.casefold() != DONE:
                self.say(_("Press Enter when it is done in the helpdesk, or type back or quit"))
                return False
            if not typed and (left := self._unfinished()):
                self.say(". ".join([*left, _("Type `done`: done all the same")]))
                return False
            done = self.did(self.hand.finish(self.obeying.reply.applied))
            return Ending.FINISHED if done else False
        given = asking.read(typed)
        if isinstance(given, Unready):
            self.say(given.why)
            return False
        return self.did(self.hand.answer(given.value))

    def _unfinished(self) -> Sequence[str]:
        """What Enter alone does not pass over; a drill tells nothing that is to be found out."""
        if self.desk is None:
            return ()
        from sopguide.desk.reply import draft_of
        from sopguide.desk.unfinished import unfinished

        return tuple(unfinished(self.hand, draft_of(self.hand)))

    def did(self, refused: str | None) -> bool:
        """Whether it was done; where not, it is said why."""
        if refused is not None:
            self.say(sentence(refused))
        return refused is None

    def take_up(self, walk: WalkInHand) -> None:
        """Take another one in hand, now that this one is kept."""
        self.hand, self._seen, self._clocks, self._obeying = walk, 0, {}, None
        self.say(*plain_told.opening(walk.view()))

    def leave(self) -> Ending:
        """Keep the walk for later."""
        self.did(self.hand.suspend())
        return Ending.SUSPENDED

    def _say_clocks(self) -> None:
        """The clocks that have begun to run, to be short or to be missed since the last step."""
        for one in self.hand.clocks():
            name = (one.title, one.authority)
            if self._clocks.get(name) != one.state:
                self._clocks[name] = one.state
                self.say(plain_told.clock(one))

    def _say_answered(self, view: View) -> None:
        """Steps that answered themselves since the last question."""
        answered = [row for row in view.path if row.answer]
        for row in answered[self._seen :]:
            if row.by != "agent":
                by = _("{step}: {answer} (by {who})")
                who = plain_told.by(row.by)
                self.say(by.format(step=row.step, answer=row.answer, who=who))
        self._seen = len(answered)
