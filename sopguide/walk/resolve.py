"""Walking without a person: the facts and answers of one case in, where it ends out.

Instructions count as done; at a wait the next answer is `reply` or `timeout`.
Scenarios, batches and drills all run their cases through here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Protocol

from sopguide.facts.fact import DECIMAL, TEXT, Fact
from sopguide.facts.fault import Fault
from sopguide.facts.numbers import plain, round_half_up
from sopguide.facts.values import Value, from_json, to_json
from sopguide.walk.answering import DONE
from sopguide.walk.events import TRIED_OUT
from sopguide.walk.path import AGENT, Passage
from sopguide.walk.private import GIVEN
from sopguide.walk.procedure import Procedure
from sopguide.walk.ticket import Given, hold_to_limits
from sopguide.walk.walk import ASK, DO, ENDED, STUCK, WAIT, Walk, start

if TYPE_CHECKING:
    from sopguide.walk.course import Frame

NEEDS = "needs"
WAITING = "waiting"
INVALID = "invalid"

Answers = Mapping[str, Any] | Sequence[Any]

_MOST_DONE = 100


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


def resolve(
    procedure: Procedure,
    given: Given,
    answers: Answers | None = None,
    *,
    now: datetime,
    strict: bool = False,
) -> Resolution:
    """Walk one case as far as its answers carry.

    `answers` is a mapping by step id or fact name, each entry used once, or a list
    in the order asked, in which nothing may be left over. With `strict`, a given
    fact that does not fit ends the case; else it is asked for, as on a desk.
    """
    given = hold_to_limits(given, procedure, now)
    if strict and given.misfits:
        misfit = given.misfits[0]
        faults = "; ".join(_in_words(misfit.fault) for misfit in given.misfits)
        return Resolution(INVALID, fact=misfit.name, reason=faults)
    source = _source(answers)
    walk, status, reason = _carry(start(procedure, given, now=now, at=TRIED_OUT).walk, source)
    left = source.left_over()
    if status == ENDED and left:
        status, reason = INVALID, f"{_count(left)} left over when the walk had ended"
    return _tell(walk, status, reason)


class _Source(Protocol):
    """Where the answers of a case come from."""

    def take(self, walk: Walk) -> tuple[Any] | None:
        """Return the answer to what is asked now; None where there is none."""

    def left_over(self) -> int:
        """Return how many answers were given and may not stay unused, but did."""


class _ByName:
    """A mapping by step id or fact name; each entry is used once."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = dict(answers)

    def take(self, walk: Walk) -> tuple[Any] | None:
        for name in _names(walk):
            if name in self._answers:
                return (self._answers.pop(name),)
        return None

    def left_over(self) -> int:
        return 0


class _InOrder:
    """A list in the order asked."""

    def __init__(self, answers: Sequence[Any]) -> None:
        self._answers = list(answers)[::-1]

    def take(self, walk: Walk) -> tuple[Any] | None:  # noqa: ARG002  the order is all that counts
        return (self._answers.pop(),) if self._answers else None

    def left_over(self) -> int:
        return len(self._answers)


class _Rounds:
    """Tells instructions that repeat without anything else happening in between."""

    def __init__(self) -> None:
        self._stood: dict[Frame, list[Walk]] = {}

    def is_new(self, walk: Walk) -> bool:
        """Tell whether the walk has not stood here, knowing the same, since the last answer."""
        stood = self._stood.setdefault(walk.state.frame, [])
        if len(stood) >= _MOST_DONE or any(before.facts == walk.facts for before in stood):
            return False
        stood.append(walk)
        return True


def _carry(walk: Walk, source: _Source) -> tuple[Walk, str, str | None]:
    """Answer until nothing more is asked or there is no answer: where that is, and why."""
    rounds = _Rounds()
    while walk.status in (ASK, DO, WAIT):
        if walk.status == DO:
            if not rounds.is_new(walk):
                where = f"at step `{walk.step.ref}`"
                return walk, STUCK, f"{where}: these steps go round without end"
            walk = walk.answer(DONE, at=TRIED_OUT).walk
            continue
        found = source.take(walk)
        if found is None:
            return walk, WAITING if walk.status == WAIT else NEEDS, None
        turn = walk.answer(found[0], at=TRIED_OUT)
        if turn.refused is not None:
            return walk, INVALID, turn.refused
        walk = turn.walk
        rounds = _Rounds()
    return walk, walk.status, walk.reason


def _source(answers: Answers | None) -> _Source:
    if answers is None or isinstance(answers, Mapping):
        return _ByName(answers or {})
    return _InOrder(answers)


def _names(walk: Walk) -> tuple[str, ...]:
    """Return the names by which an answer may be given, the nearest first.

    What a sub-procedure asks takes nothing that is meant for the SOP itself.
    """
    need, root = walk.need, walk.procedure.root
    if need is None:
        return (walk.step.ref,)
    names = [] if walk.asked else [walk.step.ref]
    if walk.part is not root:
        names.append(f"{walk.part.sop}.{need.name}")
        if need.own and (need.name in root.facts or need.name in root.form["steps"]):
            return tuple(names)
    return (*names, need.name)


def _tell(walk: Walk, status: str, reason: str | None = None) -> Resolution:
    outcome = walk.outcome if status == ENDED else None
    return Resolution(
        status,
        step=walk.step.ref,
        fact=walk.need.name if walk.need is not None else None,
        reason=reason,
        path=tuple(tell_path(walk)),
        facts=tell_facts(walk),
        outcome=outcome.to_json() if outcome else None,
        walk=walk,
    )


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
    known = {}
    for key in walk.state.sources:
        fact = None if ":" in key else walk.procedure.fact_at(key)
        if fact is not None:
            known[fact.name] = tell_value(walk.facts[key], fact)
    return known


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


def _in_words(fault: Fault) -> str:
    return f"{fault.message}: {fault.help}" if fault.help else fault.message


def _count(answers: int) -> str:
    return "1 answer was" if answers == 1 else f"{answers} answers were"


_BY_ITSELF = {"decide": "rule", "run": "rule"}
