"""The names of a library: facts, sets, tables, macros, labels, SOPs.

`Symbols` holds what can be referred to from anywhere, whether or not it is right: what is broken is
reported where it stands, not where it is used. An SOP's own facts are added by `sight`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sopguide.diagnostics import Related
from sopguide.facts.scope import NamedSet, Scope
from sopguide.graph import codes
from sopguide.graph.compile_clocks import check_holidays
from sopguide.graph.compile_facts import complete, needs_calendar, outline, refers
from sopguide.graph.compile_sets import compile_sets
from sopguide.graph.compile_tables import Table, compile_table, give_values
from sopguide.graph.conditions import Condition, Conditions
from sopguide.graph.cycles import cycles
from sopguide.graph.report import Reporter, cycle_text
from sopguide.graph.sight import Sight
from sopguide.source import models, step_models

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sopguide.facts.fact import Fact
    from sopguide.graph.decision_graph import Path
    from sopguide.source.sources import Entry, Sources

Owner = tuple[str, str]
"""Kind and id of the entry that a finding belongs to: `("macros", "refund-sent")`."""


class Symbols:
    """What the SOPs of a library can refer to."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.reporters: dict[Owner, Reporter] = {}
        self.facts: dict[str, Fact] = {}
        self.sets: dict[str, NamedSet] = {}
        self.tables: dict[str, Table] = {}
        self._shared: dict[str, Condition] = {}
        comes = {name: _returns(entry) for name, entry in sources.sops.items()}
        self.returns = {name: back for name, back in comes.items() if back}
        library = sources.library
        model = library.model if library else None
        self.silent = library.names("facts") | library.names("sets") if library and model else None
        if model is not None:
            self._declare(model)
        self.scope = Scope(self.facts, self.sets)
        self._everywhere = frozenset(self.scope.fact_names())
        self._compile_tables()
        self.refers = {name: self.needs(fact) for name, fact in self.facts.items()}
        if model is not None:
            self._check_facts(model)

    def reporter(self, kind: str, name: str) -> Reporter:
        """The reporter of one entry."""
        owner = (kind, name)
        found = self.reporters.get(owner)
        if found is None:
            entry = self.entry(owner)
            if entry is None:
                raise KeyError(owner)
            found = self.reporters[owner] = Reporter(entry)
        return found

    def entry(self, owner: Owner) -> Entry[Any] | None:
        """The entry of the library that an owner names, if there is one."""
        kind, name = owner
        if kind == "library":
            return self.sources.library
        entries: Mapping[str, Entry[Any]] = getattr(self.sources, kind)
        return entries.get(name)

    def sight(self, own: Mapping[str, Fact], report: Reporter) -> Sight:
        """What an entry with these facts of its own can see."""
        scope = Scope({**self.facts, **own}, self.sets) if own else self.scope
        broken = report.entry.names("facts")
        return Sight(scope, report, None if self.silent is None else self.silent | broken)

    def conditions(self, sight: Sight) -> Conditions:
        """What parses the conditions of an entry, each one only once in a library."""
        return Conditions(sight, self._shared, self._everywhere, self.country)

    def needs(self, fact: Fact) -> set[str]:
        """The facts that must be known before this one can be asked for or computed."""
        found = refers(fact)
        table = self.tables.get(fact.table) if fact.table else None
        if table is not None:
            found |= table.refers
        if self.country is not None and needs_calendar(fact):
            found.add(self.country)
        return found

    def use_table(self, fact: Fact, report: Reporter, path: Path) -> None:
        """Resolve the table that a fact names, and check that its values fit."""
        if fact.table is None:
            return
        span = report.span((*path, "table"))
        if fact.table in self.tables:
            related = Related(span, f"`{fact.name}` takes its value")
            give_values(self.tables[fact.table], fact, related)
        elif fact.table not in self.sources.tables:
            report.unknown(codes.UNKNOWN_TABLE, "table", fact.table, self.sources.tables, span)

    def check_cycles(
        self, needs: Mapping[str, Iterable[str]], report: Reporter, place_of: Mapping[str, Path]
    ) -> None:
        """Report facts that must be known before they can be known."""
        for cycle in cycles({name: tuple(needed) for name, needed in needs.items()}):
            span, *others = (report.span(place_of[name], key=True) for name in cycle)
            headline = f"facts need each other: {cycle_text(cycle)}"
            related = [
                Related(other, f"`{name}`") for other, name in zip(others, cycle[1:], strict=True)
            ]
            report.error(codes.CIRCULAR_NAMES, span, headline, None, related)

    def _declare(self, model: models.Library) -> None:
        report = self.reporter("library", "")
        outlines = {name: outline(name, declared) for name, declared in model.facts.items()}
        self.sets = compile_sets(model.sets, outlines, report)
        sight = Sight(Scope(outlines, self.sets), report, self.silent)
        for name, declared in model.facts.items():
            self.facts[name] = complete(outlines[name], declared, ("facts", name), sight)

    def _compile_tables(self) -> None:
        for name, entry in self.sources.tables.items():
            if entry.model is not None:
                report = self.reporter("tables", name)
                conditions = self.conditions(self.sight({}, report))
                self.tables[name] = compile_table(entry.model, conditions, report)

    def _check_facts(self, model: models.Library) -> None:
        report = self.reporter("library", "")
        places = {name: ("facts", name) for name in model.facts}
        for name, path in places.items():
            self.use_table(self.facts[name], report, path)
        self.check_cycles(self.refers, report, places)
        self._check_calendar(model, report)

    def _check_calendar(self, model: models.Library, report: Reporter) -> None:
        holidays = model.calendar.holidays if model.calendar else None
        if holidays is None:
            return
        path = ("calendar", "holidays")
        if not holidays[:1].islower():
            check_holidays(holidays, path, report)
        elif holidays not in self.facts and holidays not in report.entry.names("facts"):
            span = report.span(path)
            report.unknown(codes.UNKNOWN_FACT, "fact", holidays, self.facts, span)

    @cached_property
    def country(self) -> str | None:
        """The fact that names the country whose holidays count."""
        return (self.calendar() or {}).get("fact")

    def calendar(self) -> dict[str, str] | None:
        """Whose holidays are no business days, in the compiled form."""
        library = self.sources.library
        if library is None or library.model is None or library.model.calendar is None:
            return None
        holidays = library.model.calendar.holidays
        return {"fact" if holidays[:1].islower() else "holidays": holidays}


def _returns(entry: Entry[models.Sop]) -> tuple[str, ...] | None:
    """What an SOP can come back with; None where nobody knows."""
    if entry.model is None or entry.names("steps"):
        return None
    names = (
        step.name for step in entry.model.steps.values() if isinstance(step, step_models.Return)
    )
    return tuple(dict.fromkeys(names))
