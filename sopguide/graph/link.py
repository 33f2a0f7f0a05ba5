"""Joining an SOP to all that it uses: sub-procedures, facts, tables, macros, labels.

The result is the compiled form, which holds everything a walk of the SOP can show or use and
nothing else, so its digest changes exactly when a walk could. What is wrong between SOPs is found
here.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.diagnostics import Related
from sopguide.graph import codes
from sopguide.graph.cycles import cycles
from sopguide.graph.placeholders import Unreadable, placeholders
from sopguide.graph.report import cycle_text
from sopguide.graph.translated import Translations

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sopguide.facts.fact import Fact
    from sopguide.graph.compile_catalogues import Catalogues
    from sopguide.graph.compile_sop import Procedure
    from sopguide.graph.symbols import Owner, Symbols
    from sopguide.source.models import Sop

Form = dict[str, Any]
FORMAT = 1


class _Reach(NamedTuple):
    """What one SOP comes to: SOPs, those of them that could be read, facts and tables."""

    parts: tuple[str, ...]
    used: tuple[Procedure, ...]
    facts: list[str]
    tables: list[str]


class Linker:
    """Knows every compiled SOP of a library, and puts their compiled forms together."""

    def __init__(
        self, symbols: Symbols, catalogues: Catalogues, procedures: Mapping[str, Procedure]
    ) -> None:
        self._symbols = symbols
        self._catalogues = catalogues
        self._procedures = procedures
        self._reaches: dict[str, _Reach] = {}
        self._facts = {name: fact.to_json() for name, fact in symbols.facts.items()}
        sources = symbols.sources
        self.translations = Translations(sources) if sources.translations else None
        self._recursive = self._find_recursion()
        for procedure in procedures.values():
            self._check_runs(procedure)
            self._check_wording(procedure)

    @property
    def facts(self) -> dict[str, Form]:
        """All facts of the library, in the compiled form."""
        return self._facts

    def parts(self, sop: str) -> tuple[str, ...]:
        """The SOP itself and every sub-procedure it can come to, in the order they are named."""
        found = {sop: None}
        ahead = [sop]
        while ahead:
            procedure = self._procedures.get(ahead.pop())
            for other in procedure.uses.sops if procedure else ():
                if other not in found:
                    found[other] = None
                    ahead.append(other)
        return tuple(found)

    def owners(self, sop: str) -> Iterator[Owner]:
        """The entries of the library that an SOP cannot be walked without."""
        reach = self._reach(sop)
        yield ("library", "")
        yield from (("sops", name) for name in reach.parts)
        yield from (("macros", name) for one in reach.used for name in one.uses.macros)
        yield from (("labels", name) for one in reach.used for name in one.uses.labels)
        yield from (("tables", name) for name in reach.tables)

    def form(self, sop: str) -> Form:
        """The compiled form of an SOP that has no errors."""
        reach = self._reach(sop)
        used, model = reach.used, reach.used[0].model
        form: Form = {
            "format": FORMAT,
            "sop": sop,
            "title": model.title,
            "version": model.version,
            "status": model.status,
            "owner": model.owner,
            "about": model.about,
            "library": self._library,
            "procedures": {one.id: one.form for one in used},
        }
        parts: Form = {
            "keywords": list(model.keywords),
            "policy": list(model.policy),
            "channels": list(model.channels),
            "effective": effective(model),
            "facts": {name: self._facts[name] for name in reach.facts},
            "tables": {name: self._symbols.tables[name].form for name in reach.tables},
            "macros": {
                name: self._catalogues.macros[name] for one in used for name in one.uses.macros
            },
            "labels": {
                name: self._catalogues.labels[name] for one in used for name in one.uses.labels
            },
        }
        form.update((key, part) for key, part in parts.items() if part)
        if self.translations is not None:
            form["translations"] = self.translations.form(used, parts)
        return form

    @cached_property
    def _library(self) -> Form:
        library = self._symbols.sources.library
        model = library.model if library else None
        if model is None:
            return {}
        form: Form = {"name": model.name, "locales": list(model.locales), "zone": model.zone}
        calendar = self._symbols.calendar()
        return form | {"calendar": calendar} if calendar else form

    def facts_of(self, sop: str) -> list[str]:
        """The library's facts that an SOP comes to."""
        return self._reach(sop).facts

    @property
    def mentions(self) -> dict[str, set[str]]:
        """The facts that each fact of the library names."""
        return self._refers

    # ------------------------------------------------------------ closure

    def _reach(self, sop: str) -> _Reach:
        """What an SOP comes to, worked out once."""
        found = self._reaches.get(sop)
        if found is None:
            parts = self.parts(sop)
            used = tuple(self._procedures[part] for part in parts if part in self._procedures)
            facts = self._closure(used)
            found = _Reach(parts, used, facts, self._tables(used, facts))
            self._reaches[sop] = found
        return found

    def _closure(self, used: Iterable[Procedure]) -> list[str]:
        """The library's facts that a walk of these procedures can use, sorted."""
        found: set[str] = set()
        for one in used:
            found.update(one.uses.facts)
            for fact in one.own.values():
                found |= self._mentioned(fact)
            for macro in one.uses.macros:
                found |= self._catalogues.asks.get(macro, set())
        if self._symbols.country is not None:
            found.add(self._symbols.country)
        return sorted(self._spread(found))

    def _spread(self, names: set[str]) -> set[str]:
        """These facts of the library, and all they refer to."""
        found: set[str] = set()
        ahead = list(names)
        while ahead:
            name = ahead.pop()
            if name not in found and name in self._facts:
                found.add(name)
                ahead.extend(self._refers[name])
        return found

    @cached_property
    def _refers(self) -> dict[str, set[str]]:
        return {name: self._mentioned(fact) for name, fact in self._symbols.facts.items()}

    def _mentioned(self, fact: Fact) -> set[str]:
        """What a fact needs, and what its own question speaks of."""
        found = self._symbols.needs(fact)
        asks = placeholders(fact.ask or "")
        return found if isinstance(asks, Unreadable) else found | {one.name for one in asks}

    def _tables(self, used: Iterable[Procedure], facts: Iterable[str]) -> list[str]:
        shared = (self._symbols.facts[name].table for name in facts)
        own = (fact.table for one in used for fact in one.own.values())
        found = {name for name in (*shared, *own) if name is not None}
        return sorted(found & self._symbols.sources.tables.keys())

    # ------------------------------------------------------------ between SOPs

    def _find_recursion(self) -> frozenset[str]:
        runs = {one.id: tuple(one.uses.sops) for one in self._procedures.values()}
        found = cycles(runs)
        for cycle in found:
            following = dict(zip(cycle, (*cycle[1:], cycle[0]), strict=True))
            span, *others = (
                self._procedures[one].report.span((*self._procedures[one].uses.sops[other], "run"))
                for one, other in following.items()
            )
            related = [
                Related(other, f"`{name}` runs `{following[name]}`")
                for other, name in zip(others, cycle[1:], strict=True)
            ]
            headline = f"sub-procedures run each other: {cycle_text(cycle)}"
            report = self._procedures[cycle[0]].report
            report.error(codes.RECURSIVE_RUN, span, headline, None, related)
        return frozenset(name for cycle in found for name in cycle)

    def _check_runs(self, procedure: Procedure) -> None:
        for sop, path in procedure.uses.sops.items():
            other = self._procedures.get(sop)
            if other is None or "returns" in other.form or other.report.entry.names("steps"):
                continue
            if sop not in self._recursive:
                headline = f"`{sop}` never returns, so it cannot be run as a sub-procedure"
                advice = "end it in `return:` steps, or go to a step of this SOP"
                span = procedure.report.span((*path, "run"))
                procedure.report.error(codes.NOT_A_SUB_PROCEDURE, span, headline, advice)

    def _check_wording(self, procedure: Procedure) -> None:
        """Find facts that a walk may have to ask for and cannot.

        A sub-procedure may rely on what its caller asks first, so it is judged with its callers.
        """
        if "returns" in procedure.form:
            return
        used = self._reach(procedure.id).used
        given = {name for one in used for name in one.uses.given}
        told: set[str] = set()
        for one in used:
            for name, path in one.uses.needed.items():
                for fact in self._asked_for(name, one):
                    if fact.ask or fact.source or fact.name in given | told:
                        continue
                    told.add(fact.name)
                    headline = f"`{fact.name}` can be needed here, and nothing says how to ask it"
                    advice = f"give `{fact.name}` an `ask:`, or a `from:` in the ticket"
                    span = one.report.span(path)
                    procedure.report.error(codes.NO_WORDING, span, headline, advice)

    def _asked_for(self, name: str, procedure: Procedure) -> Iterator[Fact]:
        """The facts that a walk asks for to know this one."""
        seen: set[str] = set()
        ahead = [name]
        while ahead:
            name = ahead.pop()
            fact = procedure.own.get(name) or self._symbols.facts.get(name)
            if fact is not None and name not in seen:
                seen.add(name)
                ahead.extend(sorted(self._symbols.needs(fact)))
                if not fact.computed:
                    yield fact


def effective(model: Sop) -> Form | None:
    """From when until when an SOP is in force, as text."""
    if model.effective is None:
        return None
    form: Form = {"from": model.effective.start.isoformat()}
    if model.effective.until is not None:
        form["until"] = model.effective.until.isoformat()
    if model.effective.zone is not None:
        form["zone"] = model.effective.zone
    return form
