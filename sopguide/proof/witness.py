"""The smallest ticket that shows a finding: found among the combinations, then walked.

A combination of cells becomes values; the walk itself tells whether they do
what the finding says. What cannot be shown that way is not claimed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sopguide.facts.fault import Fault
from sopguide.facts.names import CLOCK_FACTS
from sopguide.facts.times import midnight
from sopguide.facts.values import Value, from_json, show, to_json
from sopguide.proof.domain import Domain
from sopguide.proof.numbers import any_values, concrete, plainest_first
from sopguide.walk.events import TRIED_OUT
from sopguide.walk.path import Passage
from sopguide.walk.procedure import Procedure
from sopguide.walk.resolve import resolve
from sopguide.walk.starting import start
from sopguide.walk.ticket import Given, read_facts
from sopguide.walk.walk import ASK, DO, WAIT, Walk

_MOST_PICKS = 24
_MOST_WALKS = 600

Goal = Callable[[Walk], bool]


@dataclass(frozen=True, slots=True)
class Witness:
    """A ticket that shows a finding: facts, answers in the order asked, and the day."""

    facts: dict[str, Any]
    answers: dict[str, Any] | list[Any]
    today: str
    words: str

    def to_json(self) -> dict[str, Any]:
        """Return it as `sopguide resolve` takes it."""
        return {"facts": self.facts, "answers": self.answers, "today": self.today}


def find_witness(
    procedure: Procedure,
    domain: Domain,
    combinations: int,
    goal: Goal,
    again: frozenset[str] = frozenset(),
    picks: int = _MOST_PICKS,
) -> Witness | None:
    """Return a ticket that a walk takes to the goal; None where none was found.

    `again` are the facts that one walk can be asked for more than once: their first
    values may have been others than the picked ones.
    """
    space = domain.space
    preferred = [plainest_first(cells) for cells in domain.cells]
    for _ in range(picks):
        picked = space.pick(combinations, preferred)
        if picked is None:
            return None
        for today, values in concrete(procedure, domain, picked):
            found = _walk_to(procedure, values, today, goal, again)
            if found is not None:
                return found
        cube = space.both(combinations, _cube(domain, picked))
        combinations = space.without(combinations, cube)
    return None


def _cube(domain: Domain, picked: list[int | None]) -> int:
    found = domain.possible
    for dimension, cell in enumerate(picked):
        if cell is not None:
            found = domain.space.both(found, domain.space.cube(dimension, [cell]))
    return found


def _walk_to(
    procedure: Procedure,
    values: dict[str, Any],
    now: datetime,
    goal: Goal,
    again: frozenset[str],
) -> Witness | None:
    """Walk with these values, trying both ways at waits and other answers where asked again."""
    for given in _gifts(procedure, values, again):
        first = start(procedure, given, now=now, at=TRIED_OUT).walk
        found = _search(first, values, goal, again)
        if found is not None:
            return _tell(procedure, given, found, now, goal)
    return None


def _gifts(procedure: Procedure, values: dict[str, Any], again: frozenset[str]) -> Iterator[Given]:
    """Yield what the ticket may have given: nothing, all that belongs to it, what is asked once.

    Then all of it, with other values of one fact that is asked for again.
    """
    yield Given()
    facts: dict[str, Value | None] = {}
    for key, data in values.items():
        fact = procedure.fact_at(key)
        if fact is None or fact.computed or key in CLOCK_FACTS:
            continue
        value = from_json(data, fact, procedure.zone)
        if ":" not in key and not isinstance(value, Fault):
            facts[key] = value
    if facts:
        yield Given(facts)
    once = {key: value for key, value in facts.items() if key not in again}
    if once and len(once) < len(facts):
        yield Given(once)
    for key in sorted(facts.keys() - once.keys()):
        yield from (Given(changed) for changed in _changed(procedure, facts, key))


def _changed(
    procedure: Procedure, facts: dict[str, Value | None], key: str
) -> Iterator[dict[str, Value | None]]:
    """Yield the facts with other values of one that is asked for again later."""
    fact = procedure.fact_at(key)
    if fact is None:
        return
    for data in any_values(fact):
        value = from_json(data, fact, procedure.zone)
        if not isinstance(value, Fault) and value != facts[key]:
            yield {**facts, key: value}


def _search(first: Walk, values: dict[str, Any], goal: Goal, again: frozenset[str]) -> Walk | None:
    waiting, walked = [first], 0
    seen: set[Any] = set()
    while waiting and walked < _MOST_WALKS:
        walk = waiting.pop(0)
        walked += 1
        if goal(walk):
            return walk
        mark = (
            walk.state.frame,
            walk.place,
            tuple(sorted((k, str(v)) for k, v in walk.facts.items())),
        )
        if mark in seen or walk.status not in (ASK, DO, WAIT):
            continue
        seen.add(mark)
        for choice in _choices(walk, values, again):
            turn = walk.answer(choice, at=TRIED_OUT)
            if turn.refused is None:
                waiting.append(turn.walk)
    return None


def _choices(walk: Walk, values: dict[str, Any], again: frozenset[str]) -> list[Any]:
    need = walk.need
    if walk.status == DO:
        return ["done"]
    if walk.status == WAIT or need is None:
        return ["reply", "timeout"]
    key = walk.part.key(need)
    wanted = [values[key]] if key in values else []
    if key in values and key not in again:
        return wanted
    return [*wanted, *(value for value in any_values(need) if value not in wanted)]


def _tell(
    procedure: Procedure, given: Given, walk: Walk, now: datetime, goal: Goal
) -> Witness | None:
    """Return the walk as facts and answers that resolve takes, none of which can be left out.

    Answers stand by what they answer, or in their order where something is asked again.
    """
    left = _asked(walk)
    by_name = len({_name(passage) for passage in left}) == len(left)

    def as_answers(asked: list[Passage]) -> dict[str, Any] | list[Any]:
        named = {_name(passage): passage.answer for passage in asked}
        return named if by_name else [passage.answer for passage in asked]

    def asked_in(facts: dict[str, Any], asked: list[Passage]) -> list[Passage] | None:
        """What is asked where the ticket says this; None where it does not come to the goal."""
        known = read_facts(facts, procedure, {})
        found = resolve(procedure, known, as_answers(asked), now=now).walk
        return _asked(found) if found is not None and goal(found) else None

    facts = {key: to_json(value) for key, value in given.facts.items()}
    if asked_in(facts, left) is None:
        return None
    for name in reversed([*facts]):
        fewer = {key: value for key, value in facts.items() if key != name}
        without = asked_in(fewer, left)
        if without is not None:
            facts, left = fewer, without
    for place in reversed(range(len(left))):
        without = asked_in(facts, left[:place] + left[place + 1 :])
        if without is not None:
            left = without
    at_midnight = now == midnight(now.date(), procedure.zone)
    today = (now.date() if at_midnight else now).isoformat()
    return Witness(facts, as_answers(left), today, _in_words(procedure, facts, left))


def _asked(walk: Walk) -> list[Passage]:
    """What the agent answered, in order; that an instruction is done needs no telling."""
    return [
        passage
        for passage in walk.path
        if passage.is_act and (passage.kind != "do" or passage.asked)
    ]


def _name(passage: Passage) -> str:
    return passage.fact if passage.asked and passage.fact else passage.step


def _in_words(procedure: Procedure, facts: dict[str, Any], asked: list[Passage]) -> str:
    """`country DE, age 17, first answer no`."""
    parts = []
    for key, data in facts.items():
        fact = procedure.fact_at(key)
        value = from_json(data, fact, procedure.zone) if fact else None
        if fact is not None and not isinstance(value, Fault):
            parts.append(f"{fact.name} {show(value, fact)}")
    for passage in asked:
        answer = "not known" if passage.answer is None else passage.answer
        said = ", ".join(answer) if isinstance(answer, list) else answer
        parts.append(f"{_name(passage)} {said}")
    return "; ".join(parts) or "any ticket"
