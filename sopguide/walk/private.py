"""Texts that are kept nowhere but in the walk in progress.

An event says that a `text` fact was given, never what it says. A walk that is
resumed therefore knows the fact without its text, and asks for it again.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sopguide.facts.fact import TEXT, Fact
from sopguide.walk.events import STEP_ANSWERED, Event, Moment
from sopguide.walk.path import AGENT

if TYPE_CHECKING:
    from sopguide.walk.answering import Accepted
    from sopguide.walk.walk import Walk

GIVEN: Final[dict[str, bool]] = {"given": True}
"""What events say in place of a text."""


class LostText(str):
    """A text that was given, and that no record holds."""

    __slots__ = ()


LOST: Final = LostText("⟦given earlier⟧")


def conceal(fact: Fact, data: Any) -> Any:
    """Return the JSON form of a value as an event may carry it."""
    return GIVEN if fact.type == TEXT and data is not None else data


def ask_again(walk: "Walk") -> "Walk":
    """Return the walk, asking first for every text that was given and is kept nowhere."""
    lost = tuple(key for key, value in walk.facts.items() if value is LOST)
    return replace(walk, lost=lost) if lost and walk.is_open else walk


def give_again(walk: "Walk", accepted: "Accepted", at: Moment) -> tuple["Walk", Event]:
    """Return the walk with the text that it asked for, and the event that says so."""
    key, need = walk.lost[0], walk.need
    data = {
        "step": walk.step.ref,
        "fact": need.name if need else key,
        "answer": GIVEN,
        "by": AGENT,
        "again": True,
    }
    state = walk.state._replace(facts={**walk.facts, key: accepted.value})
    return replace(walk, state=state, lost=walk.lost[1:]), Event(STEP_ANSWERED, data, at)


def carry_over(walk: "Walk", other: "Walk") -> "Walk":
    """Return another walk of this passage, with the texts that were given again since then."""
    gone = [key for key, value in other.facts.items() if value is LOST]
    known = {key: walk.facts[key] for key in gone if walk.facts.get(key, LOST) is not LOST}
    state = other.state._replace(facts={**other.facts, **known}) if known else other.state
    return replace(other, state=state, lost=tuple(key for key in walk.lost if key in gone))
