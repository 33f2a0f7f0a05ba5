"""Where a case ended, told as JSON: its path, its facts, its outcome, or what it lacks."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sopguide.facts.fact import DECIMAL, TEXT, Fact
from sopguide.facts.fault import Fault
from sopguide.facts.numbers import plain, round_half_up
from sopguide.facts.values import Value, from_json, to_json
from sopguide.walk.path import AGENT, RULE, Passage
from sopguide.walk.private import GIVEN
from sopguide.walk.walk import DO, ENDED, Walk

NEEDS = "needs"
WAITING = "waiting"
INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a case ended, or what it lacks; `walk` is None where it could not start."""

    status: str
    step: str | None = None
    fact: str | None = None
    reason: str | None = None
    path: tuple[dict[str, Any], ...] = ()
    facts: Mapping[str, Any] | None = None
    outcome: dict[str, Any] | None = None
    walk: Walk | None = None

    @classmethod
    def of(cls, walk: Walk, status: str, reason: str | None = None) -> "Resolution":
        """Tell of a walk, as far as it has come."""
        outcome = walk.outcome if status == ENDED else None
        return cls(
            status,
            step=walk.step.ref,
            fact=walk.need.name if walk.need is not None else None,
            reason=reason,
            path=tuple(tell_path(walk)),
            facts=tell_facts(walk),
            outcome=outcome.to_json() if outcome else None,
            walk=walk,
        )

    def to_json(self) -> dict[str, Any]:
        """Return what `sopguide resolve` prints; decimals stay Decimals, to be written exactly."""
        return {
            "status": self.status,
            "step": self.step,
            "fact": self.fact,
            "reason": self.reason,
            "path": list(self.path),
            "facts": dict(self.facts or {}),
            "outcome": self.outcome,
        }


def tell_path(walk: Walk) -> list[dict[str, Any]]:
    """Return every step visited, in order: `{step, kind, answer?, asked?, by}`.

    `asked` holds the facts that a rule of the step asked for.
    """
    entries: list[dict[str, Any]] = []
    last = None
    for passage in walk.path:
        here = (passage.step, passage.visit)
        if here != last:
            entries.append({"step": passage.step, "kind": passage.kind})
            last = here
        entry = entries[-1]
        if passage.asked:
            entry.setdefault("by", _BY_ITSELF.get(passage.kind, AGENT))
            if passage.answered:
                entry.setdefault("asked", {})[passage.fact] = _answer(walk, passage)
            continue
        if passage.answered and passage.kind != DO:
            entry["answer"] = _answer(walk, passage)
        entry["by"] = passage.by
    return entries


def _answer(walk: Walk, passage: Passage) -> Any:
    if passage.fact is None:
        return passage.answer
    part, _ = walk.procedure.locate(passage.step)
    fact = part.fact(passage.fact)
    if passage.answer == GIVEN:
        return GIVEN
    value = (
        from_json(passage.answer, fact, walk.procedure.zone) if passage.answer is not None else None
    )
    return passage.answer if isinstance(value, Fault) else tell_value(value, fact)


def tell_facts(walk: Walk) -> dict[str, Any]:
    """Return the facts in sight of the SOP itself that somebody gave or a rule set."""
    return {fact.name: tell_value(value, fact) for fact, value, _ in walk.facts_in_sight()}


def tell_value(value: Value | None, fact: Fact) -> Any:
    """Return a value as JSON: numbers as numbers, texts only as given."""
    if value is None:
        return None
    if fact.type == TEXT:
        return GIVEN
    if fact.type == DECIMAL and not isinstance(value, str | tuple):
        exact = plain(value) if isinstance(value, Fraction) else value
        return round_half_up(exact, 20) if isinstance(exact, Fraction) else exact
    return to_json(value)


_BY_ITSELF = {"decide": RULE, "run": RULE}
