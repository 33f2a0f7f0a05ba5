"""Named sets: their values written out, those of the sets they include among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.facts.scope import NamedSet
from sopguide.graph import codes
from sopguide.graph.cycles import cycles
from sopguide.graph.report import cycle_text
from sopguide.source.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.facts.fact import Fact
    from sopguide.graph.report import Reporter
    from sopguide.source import fact_models


def compile_sets(
    declared: Mapping[str, fact_models.NamedSet], facts: Mapping[str, Fact], report: Reporter
) -> dict[str, NamedSet]:
    """The sets of a library; what is wrong in them goes to `report`."""
    includes = {name: tuple(_included(one)) for name, one in declared.items()}
    round_about = cycles(includes)
    for cycle in round_about:
        span = report.span(("sets", cycle[0]), key=True)
        report.error(codes.CIRCULAR_NAMES, span, f"sets include each other: {cycle_text(cycle)}")
    compiler = _Compiler(declared, facts, report, {name for cycle in round_about for name in cycle})
    return {name: compiler.compiled(name) for name in declared}


def _included(one: fact_models.NamedSet) -> list[str]:
    return [name for value in one.values if (name := _set_in(value))]


def _set_in(value: str) -> str | None:
    """The name in `in eea`; None for a plain value."""
    return value[3:].strip() if value.startswith("in ") else None


class _Compiler:
    def __init__(
        self,
        declared: Mapping[str, fact_models.NamedSet],
        facts: Mapping[str, Fact],
        report: Reporter,
        tangled: set[str],
    ) -> None:
        self._declared = declared
        self._facts = facts
        self._report = report
        self._tangled = tangled
        self._made: dict[str, NamedSet] = {}

    def compiled(self, name: str) -> NamedSet:
        """One set, those it includes first."""
        if name not in self._made:
            self._made[name] = NamedSet(self._declared[name].of, tuple(self._values(name)))
        return self._made[name]

    def _values(self, name: str) -> dict[str, None]:
        one = self._declared[name]
        fact = self._facts.get(one.of)
        if fact is None and one.of not in self._report.entry.names("facts"):
            span = self._report.span(("sets", name, "of"))
            self._report.unknown(codes.UNKNOWN_FACT, "fact", one.of, self._facts, span)
        if fact is not None and not fact.values:
            span = self._report.span(("sets", name, "of"))
            headline = f"a set names values of a `choice`: `{fact.name}` is of type `{fact.type}`"
            self._report.error(codes.WRONG_VALUE, span, headline, "test it with a list or a range")
            return {}
        values: dict[str, None] = {}
        for place, value in enumerate(one.values):
            other = _set_in(value)
            if other is None:
                if self._fits(value, fact, name, place):
                    values[value] = None
            else:
                values |= self._of_set(other, one, name, place)
        return values

    def _fits(self, value: str, fact: Fact | None, name: str, place: int) -> bool:
        if fact is None or value in fact.values:
            return True
        span = self._report.span(("sets", name, "values", place))
        headline = f"`{value}` is not a value of `{fact.name}`"
        near = did_you_mean(value, fact.values)
        self._report.error(codes.WRONG_VALUE, span, headline, near)
        return False

    def _of_set(
        self, other: str, one: fact_models.NamedSet, name: str, place: int
    ) -> dict[str, None]:
        if other in self._tangled and name in self._tangled:
            return {}
        span = self._report.entry.within(("sets", name, "values", place), 3)
        if other not in self._declared:
            if other not in self._report.entry.names("sets"):
                self._report.unknown(codes.UNKNOWN_SET, "set", other, self._declared, span)
            return {}
        found = self.compiled(other)
        if found.of != one.of:
            headline = f"set `{other}` is of `{found.of}`, not of `{one.of}`"
            self._report.error(codes.UNKNOWN_SET, span, headline)
        return dict.fromkeys(found.values)
