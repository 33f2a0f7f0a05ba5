"""A walk and its record, kept in step: nothing is shown before it is on disk.

What a person does goes to the walk, what comes of it to the log, and only
when the log has it does the walk move. Desk, line mode and drills walk
through here. Whatever a person should read (a refused answer, a full disk)
comes back as text; None means done, and on disk.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from sopguide.log.active import ActiveTime
from sopguide.log.beside import BESIDE, Keeping
from sopguide.log.deadlines import Deadlines, present
from sopguide.log.faults import LogError
from sopguide.log.looking import Looking
from sopguide.log.opening import (
    channel_of,
    header_of,
    language_told,
    locale_of,
    no_reason,
    not_stored,
    text_of,
)
from sopguide.log.record import uuid7
from sopguide.log.remarking import Remarking
from sopguide.messages import _, said
from sopguide.walk.back import go_back
from sopguide.walk.events import (
    HELP_OPENED,
    NOTE_ADDED,
    OUTCOME_APPLIED,
    WALK_ABANDONED,
    WALK_COMPLETED,
    WALK_RESUMED,
    WALK_SUSPENDED,
    Event,
    Moment,
)
from sopguide.walk.fold import fold
from sopguide.walk.overruling import Applied, applied_json, overrule
from sopguide.walk.private import ask_again
from sopguide.walk.starting import start
from sopguide.walk.undoing import redo, undo
from sopguide.walk.walk import WAIT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sopguide.log.identity import Identity
    from sopguide.log.protocol import Recorder, WalkLog
    from sopguide.log.record import Record
    from sopguide.log.remarks import Remarks
    from sopguide.walk.ahead import Ahead
    from sopguide.walk.countdown import Countdown
    from sopguide.walk.procedure import Procedure
    from sopguide.walk.ticket import Given
    from sopguide.walk.walk import Turn, Walk

    Clock = Callable[[], Moment]

LEFT = "left"
PARK_REASONS = ("waiting", "break", "handover", LEFT)
"""Why a walk is left before its end: the customer's turn, a break, another agent, or just so."""


def system_clock() -> Moment:
    """The two clocks of this machine."""
    return Moment(time.time_ns() // 1_000_000, time.monotonic_ns() // 1_000_000)


class LoggedWalk(Looking, Remarking, Keeping):
    """One walk in progress; every change of it is durable before the method returns."""

    def __init__(
        self,
        walk: Walk,
        recorder: Recorder,
        ticket: Mapping[str, Any],
        clock: Clock,
        remarks: Remarks,
        language: str | None = None,
        records: Sequence[Record] = (),
    ) -> None:
        """`records`: from before it was taken in hand.

        `language`: of the SOP's own wording; the library's first where none is named.
        """
        self.walk = walk
        self.ticket = ticket
        self._time = ActiveTime(records)
        self.language = walk.procedure.language(language)
        self._recorder = recorder
        self._clock = clock
        self._kept = remarks
        self.beside = {}
        self._notes = [
            record["data"]["remark"] for record in records if record["type"] == NOTE_ADDED
        ]
        self._ahead: tuple[Walk, Ahead] | None = None
        first = Moment(records[0]["wall"], records[0]["mono"]) if records else None
        shift = walk.origin.now - present(first) if first else timedelta()
        self._deadlines = Deadlines(ticket, self.language, shift, records)

    @classmethod
    def begin(  # noqa: PLR0913  all that a walk starts from
        cls,
        log: WalkLog,
        procedure: Procedure,
        form: bytes,
        given: Given,
        ticket: Mapping[str, Any],
        identity: Identity,
        *,
        mode: str = "live",
        locale: str | None = None,
        language: str | None = None,
        now: datetime | None = None,
        clock: Clock = system_clock,
    ) -> Self:
        """Start a walk; raises LogError where it could not be stored.

        `now` is the clock that the SOP's `today` means, where it is not the present.
        """
        at = clock()
        moment = now or present(at)
        locale = locale or locale_of(ticket)
        channel = channel_of(ticket)
        turn = start(procedure, given, now=moment, at=at, locale=locale, channel=channel, mode=mode)
        name = text_of(ticket, "id")
        header = header_of(turn.walk, identity, log.ticket_hash(name) if name else None)
        recorder = log.begin(uuid7(at.wall_ms), header, form, {"ticket": dict(ticket)})
        started, *events = turn.events
        told = started._replace(data={**started.data, **language_told(procedure, language)})
        recorder.append((told, *events))
        begun = cls(turn.walk, recorder, ticket, clock, log.remarks, language=language)
        begun._deadlines = Deadlines(ticket, begun.language, moment - present(at))
        begun._count((told, *events))
        return begun

    @classmethod
    def resume(
        cls,
        log: WalkLog,
        walk_id: str,
        procedure: Procedure,
        private: Mapping[str, Any],
        *,
        language: str | None = None,
        clock: Clock = system_clock,
    ) -> Self:
        """Go on with an unfinished walk, on the version it started on.

        Raises LogError where it cannot be held or stored, FoldError where its
        records are not those of such a walk.
        """
        recorder = log.reopen(walk_id)
        try:
            header = recorder.header
            records = log.walk(walk_id)
            walk = fold(
                procedure,
                [
                    Event(record["type"], record["data"], Moment(record["wall"], record["mono"]))
                    for record in records
                ],
                locale=header.locale,
                channel=header.channel,
                mode=header.mode,
            )
            again = Event(WALK_RESUMED, language_told(procedure, language), clock())
            recorder.append([again])
        except BaseException:
            recorder.release()
            raise
        ticket = private.get("ticket")
        known = ticket if isinstance(ticket, dict) else {}
        walk, remarks = ask_again(walk), log.remarks
        resumed = cls(walk, recorder, known, clock, remarks, language, records)
        resumed._count([again])
        beside = private.get(BESIDE)
        resumed.beside = beside if isinstance(beside, dict) else {}
        return resumed

    @property
    def id(self) -> str:
        """The walk's id in the log."""
        return self._recorder.walk

    @property
    def spent(self) -> float:
        """Seconds worked on it so far; while it waits for others the time stands still."""
        if self.walk.status == WAIT:
            return self._time.seconds
        return self._time.until(self._clock())

    def answer(self, choice: Any) -> str | None:
        """Answer what is asked; a text says why not."""
        return self._move(self.walk.answer(choice, at=self._clock()))

    def back(self, to: int | None = None) -> str | None:
        """Return to the last answer, or to a row of the path."""
        return self._return(go_back(self.walk, at=self._clock(), to=to))

    def clocks(self) -> tuple[Countdown, ...]:
        """What has to be done in time, the first to run out first.

        One that has run out is put down as missed when it is first seen to have; where that
        cannot be stored, the next answer says so.
        """
        at = self._clock()
        if missed := self._deadlines.missed(self.walk, at):
            self._store(missed)
        return self._deadlines.countdowns(self.walk, at)

    def undo(self) -> str | None:
        """Take back the last thing done: an answer, a return, an override."""
        return self._return(undo(self.walk, at=self._clock()))

    def redo(self) -> str | None:
        """Do again what was undone last."""
        return self._return(redo(self.walk, at=self._clock()))

    def overrule(self, outcome: str, reason: str) -> str | None:
        """Choose an offered outcome, by its id; the walk has ended then."""
        return self._move(overrule(self.walk, outcome, reason, at=self._clock()))

    def help_opened(self) -> str | None:
        """Note that the help of this step was read."""
        return self.note(HELP_OPENED, {"step": self.walk.step.ref})

    def note(self, kind: str, data: dict[str, Any]) -> str | None:
        """Put down something that happened without moving the walk."""
        return self._store([Event(kind, data, self._clock())])

    def finish(
        self, applied: Applied | None = None, *more: tuple[str, dict[str, Any]]
    ) -> str | None:
        """The outcome was applied, and the walk is complete; `more` is put down before that."""
        if self.walk.outcome is None:
            return _("the walk has not reached an outcome yet")
        data = applied_json(self.walk.outcome, applied)
        at = self._clock()
        missed = self._deadlines.missed(self.walk, at)
        noted = [*missed, *(Event(kind, told, at) for kind, told in more)]
        return self._end([*noted, Event(OUTCOME_APPLIED, data, at), Event(WALK_COMPLETED, {}, at)])

    def abandon(self, reason: str) -> str | None:
        """Leave the walk for good; `reason` is a code, not a text."""
        return self._end([Event(WALK_ABANDONED, {"reason": reason}, self._clock())])

    def suspend(self, reason: str = LEFT) -> str | None:
        """Leave the walk, to be resumed; `reason` is a code, not a text."""
        if reason not in PARK_REASONS:
            return no_reason(reason, PARK_REASONS)
        try:
            self._recorder.release([Event(WALK_SUSPENDED, {"reason": reason}, self._clock())])
        except LogError as error:
            return not_stored(error)
        self._deadlines.leave()
        return None

    def _move(self, turn: Turn) -> str | None:
        if turn.refused is not None:
            return said(turn.refused)
        missed = self._deadlines.missed(self.walk, turn.events[0].at)
        refused = self._store((*missed, *turn.events))
        if refused is None:
            self.walk = turn.walk
        return refused

    def _return(self, turn: Turn) -> str | None:
        """Move to where the walk has been; what is kept nowhere is asked for again first."""
        refused = self._move(turn)
        if refused is None:
            self.walk = ask_again(self.walk)
        return refused

    def _store(self, events: list[Event] | tuple[Event, ...]) -> str | None:
        try:
            self._recorder.append(events)
        except LogError as error:
            return not_stored(error)
        self._deadlines.told(events)
        self._count(events)
        return None

    def _count(self, events: Iterable[Event]) -> None:
        for event in events:
            self._time.add(event.type, event.data, event.at)

    def _end(self, events: list[Event]) -> str | None:
        try:
            self._recorder.close(events)
        except LogError as error:
            return not_stored(error)
        self._deadlines.leave()
        return None
