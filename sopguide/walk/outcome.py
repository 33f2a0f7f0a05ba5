"""What becomes of a ticket: how it ends, the macro, the label, the hand-off."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.walk.events import OUTCOME_RECOMMENDED, Event, Moment

if TYPE_CHECKING:
    from sopguide.walk.step import Step

NONE = "none"
"""Of a macro or a label: that there is none is a decision."""

ENDS = ("resolved", "pending", "duplicate", "rejected", "escalated")
"""How a walk may end, in the order in which outcomes are told."""


class Escalation(NamedTuple):
    """A hand-off: to whom, and within which time."""

    to: str
    within: str | None


class Outcome(NamedTuple):
    """Where a walk ended. `macro` is `none` where no reply is the decision."""

    end: str
    macro: str
    label: str
    escalate: Escalation | None

    def to_json(self) -> dict[str, Any]:
        """Return it in JSON: end, macro, label, and escalate, which may be None."""
        handoff = None
        if self.escalate is not None:
            handoff = {key: value for key, value in self.escalate._asdict().items() if value}
        return {**self._asdict(), "escalate": handoff}

    def told(self) -> dict[str, Any]:
        """Return what an event says of it: no hand-off where there is none."""
        return {key: value for key, value in self.to_json().items() if value is not None}


class Applied(NamedTuple):
    """How the reply was used: its locale, if it was edited, which placeholders were typed."""

    locale: str
    edited: bool = False
    filled: tuple[str, ...] = ()


class Overruled(NamedTuple):
    """The outcome that the agent chose instead of the SOP's, and why, as a code."""

    outcome: Outcome
    reason: str


def outcome_of(form: Mapping[str, Any]) -> Outcome:
    """Return the outcome that the form of an end, or an event, tells.

    Raises KeyError where a part of it is missing.
    """
    escalate = form.get("escalate")
    handoff = Escalation(escalate["to"], escalate.get("within")) if escalate else None
    return Outcome(form["end"], form["macro"], form["label"], handoff)


def applied_json(outcome: Outcome, applied: Applied | None) -> dict[str, Any]:
    """Return what the event of an applied outcome says; of the reply never a text."""
    data = outcome.told()
    if applied is None:
        return data
    data |= {"locale": applied.locale, "edited": applied.edited}
    return data | {"filled": list(applied.filled)} if applied.filled else data


def recommend(step: "Step", at: Moment) -> Event:
    """Return the event that says what an end recommends."""
    told = ("end", "macro", "label", "escalate")
    data = {"step": step.ref, **{name: step.form[name] for name in told if name in step.form}}
    return Event(OUTCOME_RECOMMENDED, data, at)
