"""The desk in lines: what was left unfinished, then one ticket after another."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from sopguide.clean import clean
from sopguide.cli.exits import EnvironmentFault, tell
from sopguide.cli.plain import Ending, PlainWalk
from sopguide.cli.plain_choice import PlainChoice
from sopguide.cli.plain_parked import list_parked, resumed
from sopguide.desk.asking import numbered
from sopguide.desk.intake import Gone
from sopguide.desk.wording import SPOKEN, day_line
from sopguide.messages import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from sopguide.cli.plain import Ask, Say
    from sopguide.desk.hand import Desk, WalkInHand
    from sopguide.desk.intake import Intake, Next
    from sopguide.desk.parked import Parked
    from sopguide.desk.settings import Settings


class Lines:
    """Standard input and output as lines. Nothing in them can end the program but Ctrl+C."""

    def __init__(self) -> None:
        for stream in (sys.stdin, sys.stdout):
            if reconfigure := getattr(stream, "reconfigure", None):
                reconfigure(errors="replace")
        self.interactive = sys.stdin.isatty()

    def ask(self, prompt: str) -> str | None:
        """One line typed; None at the end of the input."""
        click.echo(clean(prompt), nl=not self.interactive)
        typed = sys.stdin.readline()
        return typed.rstrip("\r\n") if typed else None

    def say(self, text: str) -> None:
        """One line, or several."""
        click.echo(text)


class PlainDesk:
    """Works until the input ends, the agent leaves, or what was named at the start is done."""

    def __init__(self, desk: Desk, ask: Ask, say: Say, settings: Settings | None = None) -> None:
        self._desk = desk
        self._settings = settings
        self._ask = ask
        self._say = say

    def work(self, intake: Intake, *, resume: bool) -> None:
        """Walk ticket after ticket; with an SOP named, and no queue, for one walk."""
        if resume and (walk := self._resumed()) is not None:
            if self._walk(walk) is Ending.SUSPENDED:
                return
            self._say_day()
        goes_on = True
        while goes_on:
            given = intake.next()
            if told := intake.told():
                self._say(clean(told))
            walk = self._taken(intake, given)
            if walk is None:
                return
            if self._walk(walk) is Ending.SUSPENDED:
                return
            goes_on = intake.goes_on
            if goes_on or given.place:
                self._say_day()
        if told := intake.told():
            self._say(clean(told))

    def _taken(self, intake: Intake, given: Next) -> WalkInHand | None:
        """The walk of the next ticket; None when the agent leaves."""
        if given.place:
            name = _("Ticket {id}, {place}").format(id=given.ticket.get("id"), place=given.place)
            self._say(clean(name, keep_newlines=False))
        if given.walk:
            walk = _or_fault(self._desk.resume(given.walk))
            intake.begun(given.ticket)
            return walk
        if given.sop:
            return self._begun(intake, given.sop, given.ticket)
        choice = PlainChoice(self._desk, intake, given, self._ask, self._say)
        chosen = choice.chosen()
        if chosen is None:
            return choice.resumed
        return self._begun(intake, *chosen)

    def _begun(self, intake: Intake, sop: str, ticket: Mapping[str, Any]) -> WalkInHand | None:
        """The walk, or that of the next ticket where somebody else has this one by now."""
        walk = intake.begin(sop, ticket)
        if not isinstance(walk, Gone):
            return _or_fault(walk)
        self._say(clean(walk.why))
        return self._taken(intake, intake.next()) if intake.goes_on else None

    def _walk(self, walk: WalkInHand) -> Ending:
        plain = PlainWalk(walk, self._ask, self._say, self._desk, self._settings)
        try:
            ending = plain.walk()
        except (KeyboardInterrupt, click.Abort):
            plain.hand.suspend()
            tell(_(_KEPT))
            raise
        if ending is Ending.SUSPENDED:
            tell(_(_KEPT))
        return ending

    def _say_day(self) -> None:
        self._say(clean(day_line(self._desk.day(), SPOKEN)))

    # What was left unfinished

    def _resumed(self) -> WalkInHand | None:
        parked = self._desk.parked()
        if all(each.waits for each in parked):
            return None
        self._say(_("Walks left before their end:"))
        list_parked(parked, self._say)
        prompt = _("number to resume, `give up` and a number, Enter for a new ticket> ")
        while typed := self._ask(prompt):
            done = self._take_up(parked, typed)
            if done is not None:
                return done
        return None

    def _take_up(self, parked: Sequence[Parked], typed: str) -> WalkInHand | None:
        """The walk of that number, taken up again or given up."""
        give_up = typed.casefold().startswith("give up")
        number = typed.casefold().removeprefix("give up").strip()
        chosen = numbered(parked, number)
        if chosen is None:
            most = _("Type a number of 1 to {most}, or press Enter").format(most=len(parked))
            self._say(most)
            return None
        if give_up:
            self._say(self._desk.abandon(chosen.walk) or _("Given up."))
            return None
        return resumed(self._desk, chosen, self._say)


_KEPT = N_("The walk is kept; `sopguide walk` offers it at its next start in a terminal.")


def _or_fault(walk: WalkInHand | str) -> WalkInHand:
    if isinstance(walk, str):
        raise EnvironmentFault(walk)
    return walk
