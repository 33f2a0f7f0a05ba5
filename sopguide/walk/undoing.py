"""Undoing and redoing: one thing done after another, whatever it was.

An answer with all that followed from it, a return, an override: each is one thing. Nothing is
deleted; the events say that it was undone.
"""

from dataclasses import replace

from sopguide.phrases import Phrase
from sopguide.walk.back import stand
from sopguide.walk.events import OUTCOME_OVERRIDDEN, STEP_REDONE, STEP_UNDONE, Event, Moment
from sopguide.walk.overruling import override_json
from sopguide.walk.private import carry_over
from sopguide.walk.walk import Turn, Walk


def undo(walk: Walk, *, at: Moment) -> Turn:
    """Take back the last thing done."""
    if walk.undo_to is None:
        return Turn(walk, (), Phrase("there is nothing to undo"))
    before = replace(carry_over(walk, walk.undo_to), redo_to=walk)
    return Turn(before, _told(before, STEP_UNDONE, at))


def redo(walk: Walk, *, at: Moment) -> Turn:
    """Do again what was undone last."""
    if walk.redo_to is None:
        return Turn(walk, (), Phrase("there is nothing to redo"))
    after = carry_over(walk, walk.redo_to)
    return Turn(after, _told(after, STEP_REDONE, at))


def _told(walk: Walk, how: str, at: Moment) -> tuple[Event, ...]:
    events = stand(walk, how, at)
    if walk.overruled is None:
        return events
    return (*events, Event(OUTCOME_OVERRIDDEN, {**override_json(walk), "again": True}, at))
