"""Whether a choice fits what the walk asks, before anything changes."""

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.facts.arithmetic import Uncomputable
from sopguide.facts.fact import TEXT, Fact
from sopguide.facts.fault import Fault
from sopguide.facts.values import Value, from_json, to_json
from sopguide.phrases import Phrase
from sopguide.walk.private import GIVEN, LOST

if TYPE_CHECKING:
    from sopguide.walk.walk import Walk

DONE = "done"
REPLY = "reply"
TIMEOUT = "timeout"


class Accepted(NamedTuple):
    """A choice that fits: its JSON form, and the value where a fact was asked."""

    choice: Any
    value: Value | None = None


class Refusal(NamedTuple):
    """A choice that does not fit, and why, for the person to read."""

    reason: str


def accept(walk: "Walk", choice: Any) -> Accepted | Refusal:
    """Hold a choice against what the walk asks."""
    need = walk.need
    if need is not None:
        return _accept_value(walk, need, choice)
    status = walk.status
    if status == "do":
        if choice == DONE:
            return Accepted(DONE)
        return Refusal(Phrase("this step is something to do: answer `done` when it is"))
    if status == "wait":
        if choice in (REPLY, TIMEOUT) and walk.step.way(choice) is not None:
            return Accepted(choice)
        return Refusal(Phrase("this step waits: answer `reply` or `timeout`"))
    ended = status == "ended"
    return Refusal(Phrase("the walk has ended") if ended else Phrase("the walk is stuck"))


def _accept_value(walk: "Walk", fact: Fact, choice: Any) -> Accepted | Refusal:
    if fact.type == TEXT and choice == GIVEN:
        return Accepted(GIVEN, LOST)
    value = from_json(choice, fact, walk.procedure.zone)
    if isinstance(value, Fault):
        return Refusal(value.in_full())
    try:
        for bound in walk.part.bounds(fact):
            refused = bound.refuse(walk.facts, value)
            if refused is not None:
                misfit = Phrase("`{value}` does not fit `{fact}`", value=choice, fact=fact.name)
                return Refusal(Fault(misfit, refused).in_full())
    except Uncomputable as error:
        unknown = Phrase("the limit of `{fact}` cannot be worked out", fact=fact.name)
        return Refusal(Phrase("{wrong}: {help}", wrong=unknown, help=error))
    return Accepted(to_json(value), value)
