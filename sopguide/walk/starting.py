"""The start of a walk: from what the ticket gives to where a person is needed first."""

from datetime import datetime

from sopguide.facts.times import as_date, write_time
from sopguide.facts.values import to_json
from sopguide.walk.course import Course
from sopguide.walk.events import WALK_STARTED, Event, Moment
from sopguide.walk.path import Place
from sopguide.walk.private import conceal
from sopguide.walk.procedure import Procedure
from sopguide.walk.state import first_state
from sopguide.walk.ticket import Given, hold_to_limits
from sopguide.walk.walk import Origin, Turn, Walk


def start(
    procedure: Procedure,
    given: Given,
    *,
    now: datetime,
    at: Moment,
    locale: str | None = None,
    channel: str | None = None,
    mode: str = "live",
) -> Turn:
    """Start a walk: `now` is an aware datetime, the clock that `today` and `now` mean."""
    given = hold_to_limits(given, procedure, now)
    origin = Origin(given, now, mode, locale or procedure.locales[0], channel)
    walk, events = set_out(procedure, origin, frozenset(), at)
    return Turn(walk, (_started(walk, at), *events))


def set_out(
    procedure: Procedure, origin: Origin, held: frozenset[Place], at: Moment
) -> tuple[Walk, list[Event]]:
    """Return a walk where a person is needed first; `held`: places to ask at in any case."""
    course = Course(procedure, origin.given, first_state(procedure, origin.now), held, at)
    course.begin()
    course.go_on()
    return Walk(procedure, origin, course.state(), held=held), course.events


def _started(walk: Walk, at: Moment) -> Event:
    origin, procedure = walk.origin, walk.procedure
    facts = {}
    for key, value in origin.given.facts.items():
        fact = procedure.fact_at(key)
        if fact is not None:
            facts[key] = conceal(fact, to_json(value))
    data = {
        "facts": facts,
        "misfits": sorted(misfit.name for misfit in origin.given.misfits),
        "today": as_date(origin.now, procedure.zone).isoformat(),
        "now": write_time(origin.now),
    }
    return Event(WALK_STARTED, data, at)
