"""A walk from its events: the one fold behind resuming, replaying, scoring and review.

Only what a person did is read from the events; all else follows again from
the SOP, on the version the walk started on.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sopguide.facts.fault import Fault
from sopguide.facts.values import Value, from_json
from sopguide.walk.back import go_back, index_of
from sopguide.walk.events import (
    OUTCOME_OVERRIDDEN,
    STEP_ANSWERED,
    STEP_BACK,
    STEP_REDONE,
    STEP_UNDONE,
    WALK_STARTED,
    Event,
)
from sopguide.walk.outcome import outcome_of
from sopguide.walk.overruling import overruled
from sopguide.walk.path import AGENT, Place
from sopguide.walk.private import GIVEN, LOST
from sopguide.walk.procedure import Procedure
from sopguide.walk.starting import start
from sopguide.walk.ticket import Given
from sopguide.walk.undoing import redo, undo
from sopguide.walk.walk import Walk


class FoldError(ValueError):
    """The events are not those of a walk through this procedure."""


def fold(
    procedure: Procedure,
    events: Iterable[Event],
    *,
    locale: str | None = None,
    channel: str | None = None,
    mode: str = "live",
) -> Walk:
    """Return the walk that the events tell, as it stands after the last of them.

    Raises FoldError where the events do not fit the procedure.
    """
    walk: Walk | None = None
    for event in events:
        if event.type == WALK_STARTED:
            now = datetime.fromisoformat(event.data["now"])
            given = _given(event.data["facts"], procedure)
            turn = start(
                procedure, given, now=now, at=event.at, locale=locale, channel=channel, mode=mode
            )
            walk = turn.walk
        elif walk is None:
            raise FoldError(f"`{event.type}` comes before the walk has started")
        else:
            walk = apply(walk, event)
    if walk is None:
        raise FoldError("there are no events")
    return walk


def apply(walk: Walk, event: Event) -> Walk:
    """Return the walk after one more of its own events."""
    data = event.data
    if event.type == STEP_ANSWERED and data["by"] == AGENT and "kept" not in data:
        if "again" in data:
            return walk
        turn = walk.answer(data["answer"], at=event.at)
    elif event.type == STEP_BACK:
        place = Place(data["step"], data["visit"], data.get("fact"))
        turn = go_back(walk, at=event.at, to=index_of(walk, place))
    elif event.type in _HISTORY:
        turn = _HISTORY[event.type](walk, at=event.at)
    elif event.type == OUTCOME_OVERRIDDEN and "again" not in data:
        return _overrule(walk, data)
    else:
        return walk
    if turn.refused is not None:
        raise FoldError(f"`{event.type}` at step `{data['step']}`: {turn.refused}")
    return turn.walk


_HISTORY = {STEP_UNDONE: undo, STEP_REDONE: redo}


def _overrule(walk: Walk, data: Mapping[str, Any]) -> Walk:
    """Return the walk with the outcome that was chosen, whether or not it is still offered."""
    try:
        return overruled(walk, outcome_of(data), data["reason"])
    except KeyError as error:
        raise FoldError(f"`{OUTCOME_OVERRIDDEN}` has no {error}") from error


def _given(facts: Mapping[str, Any], procedure: Procedure) -> Given:
    found: dict[str, Value | None] = {}
    for key, data in facts.items():
        fact = procedure.fact_at(key)
        if fact is None:
            raise FoldError(f"the SOP knows no fact `{key}`")
        value = LOST if data == GIVEN else from_json(data, fact, procedure.zone)
        if isinstance(value, Fault):
            raise FoldError(value.message)
        found[key] = value
    return Given(found)
