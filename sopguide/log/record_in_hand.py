"""The record of a walk in hand: begun or reopened, then growing with every event.

Events are durable, and the time worked and the time limits missed are kept by them. What cannot be
stored raises LogError, and then none of the events counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.log.active import ActiveTime
from sopguide.log.deadlines import Deadlines, present
from sopguide.log.opening import header_of, language_told, text_of
from sopguide.log.record import uuid7
from sopguide.walk.events import WALK_RESUMED, Event, Moment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from sopguide.log.identity import Identity
    from sopguide.log.protocol import Recorder, WalkLog
    from sopguide.log.record import Record
    from sopguide.walk.countdown import Countdown
    from sopguide.walk.procedure import Procedure
    from sopguide.walk.walk import Turn, Walk


class RecordInHand:
    """Adds to one walk's record until the walk has ended or is left."""

    def __init__(
        self, recorder: Recorder, deadlines: Deadlines, records: Sequence[Record] = ()
    ) -> None:
        """`records`: from before it was taken in hand."""
        self.recorder = recorder
        self._deadlines = deadlines
        self._time = ActiveTime(records)

    def append(self, events: Sequence[Event]) -> None:
        """Put down what happened."""
        self.recorder.append(events)
        self._deadlines.told(events)
        for event in events:
            self._time.add(event.type, event.data, event.at)

    def close(self, events: Sequence[Event]) -> None:
        """Put down how the walk ended."""
        self.recorder.close(events)
        self._deadlines.leave()

    def release(self, events: Sequence[Event]) -> None:
        """Put down that the walk is left, to be resumed."""
        self.recorder.release(events)
        self._deadlines.leave()

    def missed(self, walk: Walk, at: Moment) -> list[Event]:
        """What is to be put down of clocks that have run out, each once."""
        return self._deadlines.missed(walk, at)

    def countdowns(self, walk: Walk, at: Moment) -> tuple[Countdown, ...]:
        """How the clocks of a walk stand, the first to run out first."""
        return self._deadlines.countdowns(walk, at)

    @property
    def seconds(self) -> float:
        """The time worked up to the last event."""
        return self._time.seconds

    def seconds_until(self, at: Moment) -> float:
        """The time worked up to a moment, where somebody has been at work since the last event."""
        return self._time.until(at)


def begin_record(
    log: WalkLog,
    turn: Turn,
    form: bytes,
    ticket: Mapping[str, Any],
    identity: Identity,
    language: str,
    at: Moment,
) -> RecordInHand:
    """Return the record of a walk that starts with this turn; `form` is its compiled SOP."""
    walk, name = turn.walk, text_of(ticket, "id")
    header = header_of(walk, identity, log.ticket_hash(name) if name else None)
    recorder = log.begin(uuid7(at.wall_ms), header, form, {"ticket": dict(ticket)})
    record = RecordInHand(recorder, Deadlines(ticket, language, walk.origin.now - present(at)))
    started, *events = turn.events
    told = {**started.data, **language_told(walk.procedure, language)}
    record.append((started._replace(data=told), *events))
    return record


def reopen_record(
    recorder: Recorder,
    records: Sequence[Record],
    procedure: Procedure,
    ticket: Mapping[str, Any],
    language: str,
    at: Moment,
) -> tuple[Walk, RecordInHand]:
    """Return the walk that the records tell, and its record, which says that it goes on.

    Raises FoldError where the records are not those of a walk through this procedure.
    """
    walk = folded(procedure, records)
    shift = walk.origin.now - present(_moment(records[0]))
    record = RecordInHand(recorder, Deadlines(ticket, language, shift, records), records)
    record.append([Event(WALK_RESUMED, language_told(procedure, language), at)])
    return walk, record


def folded(procedure: Procedure, records: Sequence[Record]) -> Walk:
    """Return the walk that records tell; raises FoldError."""
    from sopguide.walk.fold import fold

    events = (Event(each["type"], each["data"], _moment(each)) for each in records)
    first = records[0]
    return fold(
        procedure, events, locale=first["locale"], channel=first["channel"], mode=first["mode"]
    )


def _moment(record: Record) -> Moment:
    return Moment(record["wall"], record["mono"])
