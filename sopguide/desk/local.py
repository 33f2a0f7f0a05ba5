"""The desk of one machine: the library's SOPs, and the walks in the data folder's log."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

import orjson

from sopguide.desk.foreseeing import ForeseeingWalk
from sopguide.desk.parked import GIVEN_UP, LIVE
from sopguide.languages import nearest
from sopguide.log.faults import LogError
from sopguide.log.logged_walk import system_clock
from sopguide.messages import _
from sopguide.walk.events import WALK_ABANDONED, Event
from sopguide.walk.procedure import Procedure
from sopguide.walk.saying import AS_WRITTEN, Words
from sopguide.walk.ticket import read_ticket

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sopguide.desk.day import Day, DayBook
    from sopguide.desk.known import Known
    from sopguide.desk.left import LeftWalks
    from sopguide.desk.parked import Parked
    from sopguide.desk.shelf import Shelf
    from sopguide.graph.library import Library
    from sopguide.log.identity import Identity
    from sopguide.log.local import LocalLog
    from sopguide.log.logged_walk import Clock


class LocalDesk:
    """Opens walks on this machine's log. What fails for want of disk or rights is told in words."""

    def __init__(
        self,
        library: Library,
        log: LocalLog,
        identity: Identity,
        *,
        locale: str | None = None,
        language: str | None = None,
        clock: Clock = system_clock,
    ) -> None:
        self._library = library
        self._log = log
        self._identity = identity
        self._locale = locale
        self._language = language
        self._clock = clock
        self._procedures: dict[str, Procedure] = {}

    @cached_property
    def shelf(self) -> Shelf:
        """The SOPs that may be walked when the desk is opened."""
        from sopguide.desk.shelf import shelve

        library = self._library
        others = (Words(library.names_in(each), "", marked=False) for each in library.languages)
        return shelve(
            library.sops.values(),
            self._now(),
            lambda entry: self._fault_of(entry.id),
            self._words,
            (AS_WRITTEN, *others),
        )

    @cached_property
    def _words(self) -> Words:
        """The names of the library's SOPs in the agent's language."""
        library = self._library
        if self._language is None or not (library.languages and library.locales):
            return AS_WRITTEN
        written_in = library.locales[0]
        language = nearest(self._language, (written_in, *library.languages)) or written_in
        return Words(library.names_in(language), written_in)

    def procedure(self, sop: str) -> Procedure:
        """A compiled SOP of the library; linked steps stay linked for the next walk."""
        if sop not in self._procedures:
            found = self._library.sops[sop].hash
            assert found is not None  # noqa: S101 - only an SOP without errors is asked for
            self._procedures[sop] = Procedure(self._library.form(sop), found)
        return self._procedures[sop]

    def open(self, sop: str, ticket: Mapping[str, Any]) -> ForeseeingWalk | str:
        """Begin a walk; text says why not."""
        procedure = self.procedure(sop)
        try:
            return ForeseeingWalk.begin(
                self._log,
                procedure,
                self._library.form_bytes(sop),
                read_ticket(ticket, procedure),
                ticket,
                self._identity,
                mode=LIVE,
                locale=self._reply_locale(ticket),
                language=self._language,
                clock=self._clock,
            )
        except LogError as error:
            return _("The walk cannot begin: {why}").format(why=error)

    def open_once(self, sop: str, ticket: Mapping[str, Any]) -> ForeseeingWalk | str | None:
        """Begin a walk of a ticket that others may take too; None where somebody has it."""
        try:
            with self._log.in_turn():
                if self.settled({str(ticket.get("id", ""))}):
                    return None
                return self.open(sop, ticket)
        except LogError as error:
            return _("The walk cannot begin: {why}").format(why=error)

    def _reply_locale(self, ticket: Mapping[str, Any]) -> str | None:
        """The customer's language, else the one named for this desk, else the agent's own."""
        from sopguide.desk.incoming import locale_of

        own = nearest(self._language, self._library.locales) if self._language else None
        return locale_of(ticket) or self._locale or own

    def parked(self) -> list[Parked]:
        """The walks left before their end: those with a limit that runs first, then the latest."""
        return self._left.in_order()

    @cached_property
    def _left(self) -> LeftWalks:
        from sopguide.desk.left import LeftWalks

        return LeftWalks(self._log, self._title, self._now, self._language)

    def resume(self, walk: str) -> ForeseeingWalk | str:
        """Go on where a walk was left, on the version it started on."""
        from sopguide.walk.fold import FoldError

        left = next((each for each in self._log.unfinished() if each.walk == walk), None)
        if left is None:
            return _("This walk has gone on elsewhere, or has ended")
        try:
            procedure = Procedure(orjson.loads(self._log.form(left.hash)), left.hash)
            return ForeseeingWalk.resume(
                self._log,
                walk,
                procedure,
                left.private,
                language=self._language,
                clock=self._clock,
            )
        except (LogError, FoldError) as error:
            return _("The walk cannot go on: {why}").format(why=error)

    def abandon(self, walk: str) -> str | None:
        """Give a parked walk up; its record stays."""
        try:
            recorder = self._log.reopen(walk)
            recorder.close([Event(WALK_ABANDONED, {"reason": GIVEN_UP}, self._clock())])
        except LogError as error:
            return _("The walk could not be given up: {why}").format(why=error)
        return None

    def known(self, sop: str, ticket: Mapping[str, Any]) -> Known:
        """What the ticket would bring to a walk by this SOP."""
        from sopguide.desk.known import Known, known

        if not self._library.sops[sop].walkable:
            return Known()
        procedure = self.procedure(sop)
        language = procedure.language(self._language)
        return known(procedure, ticket, self._now(), self._clock(), language)

    def due(self, ticket: Mapping[str, Any], sop: str | None = None) -> datetime | None:
        """When the first clock of an SOP, else of the one the ticket seems to need, runs out."""
        from sopguide.desk.incoming import words_of

        if sop is None:
            ranked = (each.offer for each in self.shelf.rank(words_of(ticket)))
            sop = next((offer.sop for offer in ranked if offer.why_not is None), None)
        return self.known(sop, ticket).due if sop else None

    def day(self) -> Day:
        """What was done today."""
        return self._book.day(self._now().astimezone(), self._left.listed())

    def settled(self, tickets: Collection[str]) -> frozenset[str]:
        """Those of these tickets that need not be begun: finished today, parked, in other hands."""
        return self._book.settled(self._now().astimezone(), self._left.listed(), tickets)

    @cached_property
    def _book(self) -> DayBook:
        from sopguide.desk.day import DayBook

        return DayBook(self._log, self._identity.agent, LIVE)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock().wall_ms / 1000, UTC)

    def _title(self, sop: str) -> str:
        entry = self._library.sops.get(sop)
        return (
            self._words.say(entry.title, sop, "title") if entry else _("no longer in the library")
        )

    def _fault_of(self, sop: str) -> str:
        """The first error of an SOP, and how many there are."""
        found = [each for each in self._library.diagnostics_of(sop) if each.severity == "error"]
        if not found:
            return _("it has errors")
        more = " " + _("(and {n} more)").format(n=len(found) - 1) if len(found) > 1 else ""
        return f"{found[0].headline} [{found[0].code}]{more}"
