"""What happens in a walk, as events.

An event carries step ids, answer ids and typed values; never a position,
a Python name or free text. Numbering, identity and storage belong to the
log; the time is handed in by whoever drives the walk.
"""

from typing import Any, NamedTuple

WALK_STARTED = "walk.started"
STEP_SHOWN = "step.shown"
STEP_ANSWERED = "step.answered"
STEP_BACK = "step.back"
STEP_JUMPED = "step.jumped"
STEP_UNDONE = "step.undone"
STEP_REDONE = "step.redone"
HELP_OPENED = "help.opened"
WALK_SUSPENDED = "walk.suspended"
WALK_RESUMED = "walk.resumed"
OUTCOME_RECOMMENDED = "outcome.recommended"
OUTCOME_APPLIED = "outcome.applied"
OUTCOME_OVERRIDDEN = "outcome.overridden"
WALK_COMPLETED = "walk.completed"
WALK_ABANDONED = "walk.abandoned"
FEEDBACK_GIVEN = "feedback.given"
NOTE_ADDED = "note.added"
CLOCK_MISSED = "clock.missed"


class Moment(NamedTuple):
    """One instant on two clocks: UTC in milliseconds, and a monotonic one."""

    wall_ms: int
    mono_ms: int


TRIED_OUT = Moment(0, 0)
"""The time of what nobody records: where a walk leads does not hang on the hour of an answer."""


class Event(NamedTuple):
    """One thing that happened: its type, its JSON-ready data, its time."""

    type: str
    data: dict[str, Any]
    at: Moment
