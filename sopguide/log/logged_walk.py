"""A walk and its record, kept in step: nothing is shown before it is on disk.

What a person does goes to the walk, what comes of it to the log, and only
when the log has it does the walk move. Desk, line mode and drills walk
through here. Whatever a person should read (a refused answer, a full disk)
comes back as text; None means done, and on disk.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Self

from sopguide.log.beside import BESIDE, Keeping
from sopguide.log.deadlines import present
from sopguide.log.faults import LogError
from sopguide.log.looking import Looking
from sopguide.log.opening import (
    channel_of,
    locale_of,
    no_reason,
    not_stored,
)
from sopguide.log.record_in_hand import begin_record, reopen_record
from sopguide.log.remarking import Remarking
from sopguide.messages import _, said
from sopguide.walk.events import (
    HELP_OPENED,
    NOTE_ADDED,
    OUTCOME_APPLIED,
    WALK_ABANDONED,
    WALK_COMPLETED,
    WALK_SUSPENDED,
    Event,
    Moment,
)
from sopguide.walk.outcome import Applied, applied_json
from sopguide.walk.overruling import overrule
from sopguide.walk.private import ask_again
from sopguide.walk.starting import start
from sopguide.walk.walk import WAIT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sopguide.log.identity import Identity
    from sopguide.log.protocol import WalkLog
    from sopguide.log.record_in_hand import RecordInHand
    from sopguide.log.remarks import Remarks
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
        record: RecordInHand,
        ticket: Mapping[str, Any],
        clock: Clock,
        remarks: Remarks,
        language: str,
    ) -> None:
        """`language`: of the SOP's own wording."""
        self.walk = walk
        self.ticket = ticket
        self.language = language
        self.beside = {}
        self._record = record
        self._recorder = record.recorder
        self._clock = clock
        self._kept = remarks
        self._notes = []
        self._ahead = None

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
        turn = start(
            procedure,
            given,
            now=now or present(at),
            at=at,
            locale=locale or locale_of(ticket),
            channel=channel_of(ticket),
            mode=mode,
        )
        shown_in = procedure.language(language)
        record = begin_record(log, turn, form, ticket, identity, shown_in, at)
        return cls(turn.walk, record, ticket, clock, log.remarks, shown_in)

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
        ticket, shown_in = _mapping(private.get("ticket")), procedure.language(language)
        recorder = log.reopen(walk_id)
        try:
            records = log.walk(walk_id)
            walk, record = reopen_record(recorder, records, procedure, ticket, shown_in, clock())
        except BaseException:
            recorder.release()
            raise
        resumed = cls(ask_again(walk), record, ticket, clock, log.remarks, shown_in)
        resumed._notes = [each["data"]["remark"] for each in records if each["type"] == NOTE_ADDED]
        resumed.beside = _mapping(private.get(BESIDE))
        return resumed

    @property
    def id(self) -> str:
        """The walk's id in the log."""
        return self._recorder.walk

    @property
    def spent(self) -> float:
        """Seconds worked on it so far; while it waits for others the time stands still."""
        if self.walk.status == WAIT:
            return self._record.seconds
        return self._record.seconds_until(self._clock())

    def answer(self, choice: Any) -> str | None:
        """Answer what is asked; a text says why not."""
        return self._move(self.walk.answer(choice, at=self._clock()))

    def back(self, to: int | None = None) -> str | None:
        """Return to the last answer, or to a row of the path."""
        from sopguide.walk.back import go_back

        return self._return(go_back(self.walk, at=self._clock(), to=to))

    def clocks(self) -> tuple[Countdown, ...]:
        """What has to be done in time, the first to run out first.

        One that has run out is put down as missed when it is first seen to have; where that
        cannot be stored, the next answer says so.
        """
        at = self._clock()
        if missed := self._record.missed(self.walk, at):
            self._store(missed)
        return self._record.countdowns(self.walk, at)

    def undo(self) -> str | None:
        """Take back the last thing done: an answer, a return, an override."""
        from sopguide.walk.undoing import undo

        return self._return(undo(self.walk, at=self._clock()))

    def redo(self) -> str | None:
        """Do again what was undone last."""
        from sopguide.walk.undoing import redo

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
        missed = self._record.missed(self.walk, at)
        noted = [*missed, *(Event(kind, told, at) for kind, told in more)]
        return self._end([*noted, Event(OUTCOME_APPLIED, data, at), Event(WALK_COMPLETED, {}, at)])

    def abandon(self, reason: str) -> str | None:
        """Leave the walk for good; `reason` is a code, not a text."""
        return self._end([Event(WALK_ABANDONED, {"reason": reason}, self._clock())])

    def suspend(self, reason: str = LEFT) -> str | None:
        """Leave the walk, to be resumed; `reason` is a code, not a text."""
        if reason not in PARK_REASONS:
            return no_reason(reason, PARK_REASONS)
        left = Event(WALK_SUSPENDED, {"reason": reason}, self._clock())
        return _stored(self._record.release, [left])

    def _move(self, turn: Turn) -> str | None:
        if turn.refused is not None:
            return said(turn.refused)
        missed = self._record.missed(self.walk, turn.events[0].at)
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

    def _store(self, events: Sequence[Event]) -> str | None:
        return _stored(self._record.append, events)

    def _end(self, events: Sequence[Event]) -> str | None:
        return _stored(self._record.close, events)


def _stored(store: Callable[[Sequence[Event]], None], events: Sequence[Event]) -> str | None:
    """Store the events; a text says why not."""
    try:
        store(events)
    except LogError as error:
        return not_stored(error)
    return None


def _mapping(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}
