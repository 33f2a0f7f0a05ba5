"""Where a walk stands and what it knows, as a value: one moment of its course."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sopguide.facts.fact import Fact
from sopguide.facts.times import as_date
from sopguide.facts.values import Value
from sopguide.walk.path import Trail
from sopguide.walk.procedure import Procedure
from sopguide.walk.step import Go


class Frame(NamedTuple):
    """Where a walk stands: a step of an SOP, and the `run` step it came in by."""

    sop: str
    step: str
    caller: "Frame | None" = None


class State(NamedTuple):
    """Everything that a walk knows at one moment.

    `need` is the fact that is asked for; `pending` the rules that asked for it, None
    where the step itself asks; `reason` says why the walk is stuck.
    """

    frame: Frame
    facts: Mapping[str, Value | None]
    sources: Mapping[str, str]
    visits: Mapping[str, int]
    trail: Trail | None = None
    need: Fact | None = None
    pending: Go | None = None
    reason: str | None = None


def first_state(procedure: Procedure, now: datetime) -> State:
    """Return the state before the first step: only the clock is known."""
    facts = {"today": as_date(now, procedure.zone), "now": now}
    return State(Frame(procedure.sop, procedure.root.start), facts, {}, {})
