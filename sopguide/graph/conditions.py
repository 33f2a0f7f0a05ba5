"""Conditions as SOPs and tables write them, parsed once however often they are written.

Within one SOP, the same condition on the same facts is the same form; an author's mistake is
reported each time it is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.facts.conditions import parse_condition
from sopguide.facts.mentions import counts_business_days, facts_in
from sopguide.graph import codes

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from sopguide.graph.decision_graph import Path
    from sopguide.graph.sight import Sight


class Condition(NamedTuple):
    """A condition in its compiled form, the facts it mentions, and those it can make a walk ask."""

    form: list[Any]
    facts: frozenset[str]
    needs: frozenset[str]


class Conditions:
    """Parses the conditions of one place.

    `shared` keeps what speaks of nothing but the facts that are seen `everywhere`; `country` is the
    fact whose holidays are no business days.
    """

    def __init__(
        self,
        sight: Sight,
        shared: dict[str, Condition],
        everywhere: Container[str],
        country: str | None = None,
    ) -> None:
        self._sight = sight
        self._shared = shared
        self._everywhere = everywhere
        self._here: dict[str, Condition] = {}
        self._country = country

    def parse(self, data: Any, path: Path) -> Condition:
        """The condition written at a place."""
        text = repr(data)
        found = self._shared.get(text) or self._here.get(text)
        if found is None:
            form, faults = parse_condition(data, self._sight.scope)
            needs = {*_needs(form)}
            if self._country is not None and counts_business_days(form):
                needs.add(self._country)
            found = Condition(form, frozenset(facts_in(form)), frozenset(needs))
            if not faults:
                kept = all(fact in self._everywhere for fact in found.facts)
                (self._shared if kept else self._here)[text] = found
            for fault in faults:
                self._sight.fault(path, fault, codes.WRONG_TEST)
        return found


def _needs(form: list[Any]) -> Iterator[str]:
    """The facts whose value decides a condition; `known` and `unknown` ask for none."""
    if form[0] == "test":
        if not _only_known(form[2]):
            yield form[1]
            yield from facts_in(form[2])
        return
    for item in form[1:]:
        yield from _needs(item)


def _only_known(test: list[Any]) -> bool:
    if test[0] in ("and", "not"):
        return all(_only_known(part) for part in test[1:])
    return test[0] in ("known", "unknown")
