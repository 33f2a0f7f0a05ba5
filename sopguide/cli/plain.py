"""A walk in lines: for screen readers, pipes and scripts.

The same questions, answers and log as on the desk. Every prompt is one line that says what can be
typed; nothing is redrawn and nothing depends on colour or position. What is asked and said goes
through two functions, so that a drill can use it too.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from sopguide.clean import clean
from sopguide.desk.asking import Asking, Manner, Unready
from sopguide.desk.parked import GIVEN_UP
from sopguide.facts.numbers import parse_whole
from sopguide.walk.walk import ENDED

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopguide.desk.hand import WalkInHand
    from sopguide.walk.view import OutcomeView, PathRow, View

    Ask = Callable[[str], str | None]
    """Shows a prompt and gives the line typed; None at the end of the input."""
    Say = Callable[[str], None]


class Ending(Enum):
    """How it ended."""

    FINISHED = "the outcome was applied"
    SUSPENDED = "left, to be resumed"
    ABANDONED = "given up"


_HELP = """\
Type the number, the id or the wording of an answer. Commands:
  ?        this, and the help of the step      back     return to the last answer
  path     the path so far                     back 2   return to that row of the path
  macro    the reply in full                   macro de the reply in another language
  ticket   what was written, what is known     quit     leave; the walk is kept
  give up  end the walk without an outcome
Where an answer reads like a command, put a / before the command: /back"""
_BY = {"agent": "you"}


def walk_plain(walk: WalkInHand, ask: Ask, say: Say, *, hints: bool = True) -> Ending:
    """Walk to the end, or until the input ends, which suspends the walk.

    `hints`: help and policy references may be read.
    """
    return _Lines(walk, ask, say, hints=hints).walk()


class _Lines:
    def __init__(self, walk: WalkInHand, ask: Ask, say: Say, *, hints: bool) -> None:
        self._walk = walk
        self._ask = ask
        self._tell = say
        self._hints = hints
        self._locale = walk.locale
        self._seen = 0

    def _say(self, text: str) -> None:
        self._tell(clean(text))

    def walk(self) -> Ending:
        view = self._walk.view()
        self._say(f"{view.sop} {view.version}: {view.title}")
        known = ", ".join(f"{row.name} {row.label}" for row in view.facts if row.by == "ticket")
        if known:
            self._say(f"Known from the ticket: {known}")
        while True:
            ended = self._step(self._walk.view())
            if ended is not None:
                return ended

    def _step(self, view: View) -> Ending | None:
        """Show where the walk stands, and take lines until it stands elsewhere or ends."""
        self._say_answered(view)
        asking = Asking(view)
        if view.outcome and _ended(view):
            self._say_outcome(view.outcome)
        else:
            self._say_question(asking)
        while True:
            typed = self._ask(_prompt(asking))
            if typed is None:
                return self._leave()
            moved = self._take(asking, typed.strip())
            if isinstance(moved, Ending):
                return moved
            if moved:
                return None

    def _take(self, asking: Asking, typed: str) -> Ending | bool:
        """What a line does: True when the walk moved."""
        if not typed and not _ended(asking.view):
            self._say("Type an answer, or ? for help")
            return False
        if _is_command(asking, typed):
            return self._obey(asking, typed.removeprefix("/").casefold().split())
        if _ended(asking.view):
            if typed and typed.casefold() != "done":
                self._say("Press Enter when it is done in the helpdesk, or type back or quit")
                return False
            return Ending.FINISHED if self._done(self._walk.finish()) else False
        given = asking.read(typed)
        if isinstance(given, Unready):
            self._say(given.why)
            return False
        return self._done(self._walk.answer(given.value))

    def _done(self, refused: str | None) -> bool:
        if refused is not None:
            self._say(refused)
        return refused is None

    def _obey(self, asking: Asking, words: list[str]) -> Ending | bool:
        match words:
            case ["?"] | ["help"]:
                self._say_help(asking.view)
            case ["path"]:
                self._say_path(asking.view)
            case ["ticket"]:
                self._say_ticket(asking.view)
            case ["macro", *rest]:
                self._say_macro(rest[0] if rest else None)
            case ["back"]:
                return self._done(self._walk.back())
            case ["back", row]:
                return self._back_to(asking.view, row)
            case ["give", "up"]:
                return Ending.ABANDONED if self._done(self._walk.abandon(GIVEN_UP)) else False
            case _:
                return self._leave()
        return False

    def _leave(self) -> Ending:
        if why := self._walk.suspend():
            self._say(why)
        return Ending.SUSPENDED

    def _back_to(self, view: View, row: str) -> bool:
        place = (parse_whole(row) or 0) - 1
        if not 0 <= place < len(view.path) or not view.path[place].can_return:
            self._say("Type back and the number of a row you answered; path lists them")
            return False
        return self._done(self._walk.back(view.path[place].place))

    # What is said

    def _say_answered(self, view: View) -> None:
        """Steps that answered themselves since the last question."""
        answered = [row for row in view.path if row.answer]
        for row in answered[self._seen :]:
            if row.by != "agent":
                self._say(f"{row.step}: {row.answer} (by {row.by})")
        self._seen = len(answered)

    def _say_question(self, asking: Asking) -> None:
        view = asking.view
        self._say("")
        if asking.manner is Manner.STUCK:
            self._say(f"The walk is stuck: {view.reason or 'no rule holds'}")
            return
        kind = {"do": "Do: ", "wait": "Wait: "}.get(view.status, "")
        critical = "Critical. " if view.critical else ""
        self._say(f"{view.step}: {critical}{kind}{view.text}")
        for misfit in view.not_used:
            self._say(f"  From the ticket, not used: {misfit}")
        numbered = asking.manner is not Manner.TYPE
        for number, option in enumerate(asking.options, 1):
            if numbered and not (asking.manner is Manner.TICK and not view.check):
                self._say(f"  {number}  {option.label}")
        if self._hints and view.because:
            self._say(f"  Policy: {', '.join(view.because)}")
        if view.outcome and view.outcome.macro:
            self._say_macro(None)
            self._say(f"Label: {view.outcome.label or 'none'}")

    def _say_outcome(self, outcome: OutcomeView) -> None:
        self._say("")
        self._say(f"Outcome: {outcome.end}")
        self._say(f"Label: {outcome.label or 'none'}")
        if outcome.escalate:
            within = f" within {outcome.escalate.within}" if outcome.escalate.within else ""
            self._say(f"Hand off to: {outcome.escalate.to}{within}")
        self._say_macro(None)

    def _say_macro(self, locale: str | None) -> None:
        if locale is not None and locale not in self._walk.locales:
            self._say(f"The languages are {', '.join(self._walk.locales)}")
            return
        self._locale = locale or self._locale
        rendered = self._walk.macro(self._locale)
        if rendered is None:
            self._say("Reply: none")
            return
        self._say(f"Reply ({self._locale}):")
        self._say(rendered.text)
        if rendered.missing:
            self._say(f"Fill in before sending: {', '.join(rendered.missing)}")

    def _say_help(self, view: View) -> None:
        self._say(_HELP)
        if not self._hints:
            return
        self._walk.help_opened()
        if view.help:
            self._say(f"Help: {view.help}")
        if view.because:
            self._say(f"Policy: {', '.join(view.because)}")

    def _say_ticket(self, view: View) -> None:
        ticket = self._walk.ticket
        written = [str(ticket[name]) for name in ("subject", "body") if ticket.get(name)]
        facts = [f"  {row.name}: {row.label} (by {_by(row.by)})" for row in view.facts]
        for text in (*written, *facts) or ("Nothing came with this ticket",):
            self._say(text)

    def _say_path(self, view: View) -> None:
        for number, row in enumerate(view.path, 1):
            self._say(_path_line(number, row))


def _by(who: str) -> str:
    return _BY.get(who, who)


def _path_line(number: int, row: PathRow) -> str:
    if row.current:
        return f"  {number}  {row.step}: here"
    who = f" ({_by(row.by)})" if row.answer else ""
    return f"  {number}  {row.step}: {row.answer}{who}"


_COMMANDS = frozenset({"?", "help", "path", "ticket", "macro", "back", "give", "quit"})
_LONGER = frozenset({"back", "macro", "give"})


def _is_command(asking: Asking, typed: str) -> bool:
    """Commands, unless an answer reads the same; with a / before it, always a command."""
    words = typed.casefold().split()
    if not words:
        return False
    first = words[0].removeprefix("/")
    if first not in _COMMANDS or (len(words) > 1 and first not in _LONGER):
        return False
    if (first == "give") is not (words[1:] == ["up"]):
        return False
    return words[0].startswith("/") or asking.named(typed) is None


def _ended(view: View) -> bool:
    return view.status == ENDED


def _prompt(asking: Asking) -> str:
    if _ended(asking.view):
        return "Enter when done> "
    match asking.manner:
        case Manner.PICK:
            return f"1-{len(asking.options)}> "
        case Manner.MARK:
            return f"numbers of 1-{len(asking.options)}> "
        case Manner.TICK:
            return "done> "
        case Manner.TYPE:
            optional = ", or: not known" if asking.options else ""
            return f"{asking.hint}{optional}> "
        case _:
            return "back or quit> "
