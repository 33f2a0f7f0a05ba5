"""The desk in lines: what was left unfinished, choosing an SOP, one walk after another."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from sopguide.clean import clean
from sopguide.cli.exits import EnvironmentFault, tell
from sopguide.cli.plain import Ending, walk_plain
from sopguide.facts.numbers import parse_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sopguide.cli.plain import Ask, Say
    from sopguide.desk.hand import Desk, WalkInHand
    from sopguide.desk.parked import Parked
    from sopguide.desk.shelf import Offer

_MOST_LISTED = 9
_KEPT = "The walk is kept; `sopguide walk` offers it at its next start in a terminal."


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
    """Works until the input ends or the agent leaves; with an SOP named, for one walk."""

    def __init__(self, desk: Desk, ask: Ask, say: Say) -> None:
        self._desk = desk
        self._ask = ask
        self._say = say

    def work(self, sop: str | None, ticket: Mapping[str, Any], *, resume: bool) -> None:
        """Walk the SOP named, or what is chosen, ticket after ticket."""
        if resume and (walk := self._resumed()) is not None:
            self._walk(walk)
            return
        if sop is not None:
            self._walk(self._opened(sop, ticket))
            return
        while (chosen := self._chosen()) is not None:
            if self._walk(self._opened(chosen, ticket)) is not Ending.FINISHED:
                return
            ticket = {}

    def _walk(self, walk: WalkInHand) -> Ending:
        try:
            ending = walk_plain(walk, self._ask, self._say)
        except (KeyboardInterrupt, click.Abort):
            walk.suspend()
            tell(_KEPT)
            raise
        if ending is Ending.SUSPENDED:
            tell(_KEPT)
        return ending

    def _opened(self, sop: str, ticket: Mapping[str, Any]) -> WalkInHand:
        walk = self._desk.open(sop, ticket)
        if isinstance(walk, str):
            raise EnvironmentFault(walk)
        return walk

    # What was left unfinished

    def _resumed(self) -> WalkInHand | None:
        parked = self._desk.parked()
        if not parked:
            return None
        self._say("Walks left before their end:")
        for number, each in enumerate(parked, 1):
            self._say(clean(f"  {number}  {_parked_line(each)}", keep_newlines=False))
        while typed := self._ask(
            "number to resume, `give up` and a number, Enter for a new ticket> "
        ):
            done = self._take_up(parked, typed)
            if done is not None:
                return done
        return None

    def _take_up(self, parked: Sequence[Parked], typed: str) -> WalkInHand | None:
        """The walk of that number, taken up again or given up."""
        give_up = typed.casefold().startswith("give up")
        number = typed.casefold().removeprefix("give up").strip()
        place = (parse_whole(number) or 0) - 1
        if not 0 <= place < len(parked):
            self._say(f"Type a number of 1 to {len(parked)}, or press Enter")
            return None
        if give_up:
            self._say(self._desk.abandon(parked[place].walk) or "Given up.")
            return None
        walk = self._desk.resume(parked[place].walk)
        if isinstance(walk, str):
            self._say(walk)
            return None
        return walk

    # Choosing

    def _chosen(self) -> str | None:
        """The id of an SOP; None when the agent leaves."""
        found: Sequence[Offer] = self._desk.shelf.offers
        self._list(found)
        while (typed := self._ask("SOP: a number, or words to find it; quit> ")) is not None:
            words = typed.strip()
            if words.casefold() in {"quit", "q", "/quit"}:
                return None
            offer = _pick(found, words)
            if offer is None:
                found = self._desk.shelf.find(words)
                self._list(found)
            elif offer.why_not:
                self._say(clean(f"{offer.sop} cannot be walked: {offer.why_not}"))
            else:
                return offer.sop
        return None

    def _list(self, offers: Sequence[Offer]) -> None:
        if not offers:
            self._say("No SOP fits: try other words")
        for number, offer in enumerate(offers[:_MOST_LISTED], 1):
            text = f"  {number}  {offer.sop}  {offer.title}"
            self._say(clean(f"{text} (has errors)" if offer.why_not else text, keep_newlines=False))
        if len(offers) > _MOST_LISTED:
            self._say(f"  and {len(offers) - _MOST_LISTED} more: type words to find them")


def _pick(offers: Sequence[Offer], typed: str) -> Offer | None:
    number = parse_whole(typed) or 0
    if 0 < number <= min(len(offers), _MOST_LISTED):
        return offers[number - 1]
    return next((offer for offer in offers if offer.sop == typed), None)


def _parked_line(parked: Parked) -> str:
    ticket = f"{parked.ticket}, " if parked.ticket else ""
    when = f"{parked.started:%Y-%m-%d %H:%M}"
    return f"{ticket}{parked.sop} {parked.version}, at {parked.step}, begun {when}"
