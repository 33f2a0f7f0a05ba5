"""Choosing another outcome than the SOP's, wherever the walk stands.

What may be chosen is what the SOP ends in elsewhere, and always a hand-off. The walk has ended
then; going back, or undoing, takes the choice away again. Which reasons there are is fixed, so
that they can be counted; a text about it is a remark and never an event.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from sopguide.phrases import Phrase
from sopguide.walk.events import OUTCOME_OVERRIDDEN, Event, Moment
from sopguide.walk.outcome import ENDS, NONE, Escalation, Outcome, Overruled, outcome_of
from sopguide.walk.saying import LABELS, MACROS
from sopguide.walk.walk import Turn, Walk

REASONS = ("policy-gap", "sop-wrong", "context", "customer-asked", "system-problem")
"""Why an agent may choose another outcome."""

HAND_OFF = "hand-off"


class OfferedOutcome(NamedTuple):
    """An outcome that may be chosen: the id of the step that ends so, or `hand-off`."""

    id: str
    end: str
    macro: str | None
    macro_title: str
    label: str | None
    label_title: str
    to: str | None
    within: str | None


def offered(walk: Walk, language: str | None = None) -> tuple[OfferedOutcome, ...]:
    """Return the outcomes that may be chosen instead, each once: those without a hand-off first."""
    form = walk.procedure.form
    words = walk.procedure.words(language or walk.procedure.locales[0])
    return tuple(
        OfferedOutcome(
            id=name,
            end=one.end,
            macro=_unless_none(one.macro),
            macro_title=words.title(form, MACROS, one.macro),
            label=_unless_none(one.label),
            label_title=words.title(form, LABELS, one.label),
            to=one.escalate.to if one.escalate else None,
            within=one.escalate.within if one.escalate else None,
        )
        for name, one in sorted(_choices(walk), key=lambda pair: ENDS.index(pair[1].end))
    )


def overrule(walk: Walk, choice: str, reason: str, *, at: Moment) -> Turn:
    """Choose an offered outcome, by its id; the walk has ended then."""
    if reason not in REASONS:
        told = "`{code}` is no reason: give one of {reasons}"
        return Turn(walk, (), Phrase(told, code=reason, reasons=", ".join(REASONS)))
    outcome = dict(_choices(walk)).get(choice)
    if outcome is None:
        told = "`{choice}` is no outcome that can be chosen here"
        return Turn(walk, (), Phrase(told, choice=choice))
    after = overruled(walk, outcome, reason)
    return Turn(after, (Event(OUTCOME_OVERRIDDEN, override_json(after), at),))


def overruled(walk: Walk, outcome: Outcome, reason: str) -> Walk:
    """Return the walk, ended with an outcome that the agent chose."""
    return replace(walk, overruled=Overruled(outcome, reason), undo_to=walk, redo_to=None)


def override_json(walk: Walk) -> dict[str, Any]:
    """Return what the event says of a walk that was overruled."""
    if walk.overruled is None:
        raise ValueError("the walk was not overruled")
    chosen = walk.overruled.outcome.told()
    data = {"step": walk.step.ref, **chosen, "reason": walk.overruled.reason}
    instead = walk.recommended
    return data if instead is None else {**data, "recommended": instead.told()}


def _choices(walk: Walk) -> Iterator[tuple[str, Outcome]]:
    """Yield the SOP's own outcomes but those at hand, and one hand-off where none is left."""
    seen = {walk.outcome, walk.recommended}
    handed = False
    root = walk.procedure.root
    for name, form in root.form["steps"].items():
        if form["kind"] != "end":
            continue
        outcome = outcome_of(form)
        if outcome not in seen:
            seen.add(outcome)
            handed = handed or outcome.escalate is not None
            yield name, outcome
    owner = Outcome("escalated", NONE, NONE, Escalation(walk.procedure.form["owner"], None))
    if not handed and owner not in seen:
        yield HAND_OFF if HAND_OFF not in root.form["steps"] else f"{HAND_OFF}.owner", owner


def _unless_none(name: str) -> str | None:
    return None if name == NONE else name
