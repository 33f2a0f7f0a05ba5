"""Rules of one list that hold for the same facts and lead to different places.

The first one decides, so this is no mistake; but whoever reorders the list changes
what it does. Told only where a library asks for it.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from sopguide.facts.fault import Fault
from sopguide.facts.values import from_json, show
from sopguide.proof.diagrams import NOTHING
from sopguide.proof.explore import Explorer, Passing
from sopguide.proof.findings import RULES_OVERLAP, Finding
from sopguide.proof.formulas import literals
from sopguide.proof.numbers import concrete, plainest_first
from sopguide.proof.steps import Rule, Way
from sopguide.walk.procedure import Procedure

_MOST_RULES = 40


def overlapping_rules(procedure: Procedure, explorer: Explorer | None) -> list[Finding]:
    """Return each rule of an SOP's own steps that overlaps with an earlier one of its list."""
    if explorer is None:
        return []
    return [
        Finding(RULES_OVERLAP, (*way.path, second, "if"), str(first + 1), words)
        for name in explorer.found.came
        for way in explorer.steps.step(procedure.sop, name).ways()
        if way.listed and way.path in explorer.found.passing
        for first, second, words in _overlaps(explorer, way, explorer.found.passing[way.path])
    ]


def _overlaps(explorer: Explorer, way: Way, passing: Passing) -> Iterator[tuple[int, int, str]]:
    """Yield the first earlier rule that each rule overlaps with: both places, and the facts."""
    domain, space = explorer.domain, explorer.domain.space
    named = [(place, rule) for place, rule in enumerate(way.rules) if rule.form is not None]
    told: set[int] = set()
    for (first, one), (second, other) in combinations(named[:_MOST_RULES], 2):
        if second in told or one.to == other.to:
            continue
        both = space.both(domain.set_of(one.holds), domain.set_of(other.holds))
        both = space.both(space.both(both, domain.possible), passing.came)
        if both != NOTHING:
            told.add(second)
            yield first, second, _in_words(explorer, both, one, other)


def _in_words(explorer: Explorer, both: int, one: Rule, other: Rule) -> str:
    domain, procedure = explorer.domain, explorer.procedure
    picked = domain.space.pick(both, [plainest_first(cells) for cells in domain.cells])
    used = [literal.dimension for rule in (one, other) for literal in literals(rule.holds)]
    keys = list(dict.fromkeys(key for dimension in used for key in dimension[1:]))
    values: dict[str, Any] = {}
    for _, found in concrete(procedure, domain, picked or []):
        values = found
        break
    parts = []
    for key in keys:
        fact = procedure.fact_at(key)
        if fact is not None and key in values:
            value = from_json(values[key], fact, procedure.zone)
            if not isinstance(value, Fault):
                parts.append(f"{fact.name} {show(value, fact)}")
    return "; ".join(parts) or "some tickets"
