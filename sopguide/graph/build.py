"""A whole library: models in, a pack out.

Every SOP is compiled and linted once; which of them may be walked follows from the errors of all
that they use. The lint rules come as an argument, since they sit on graphs and not below them.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import orjson

from sopguide.diagnostics import Diagnostic, Severity
from sopguide.graph.accepted import accepted
from sopguide.graph.compile_catalogues import Catalogues
from sopguide.graph.compile_scenarios import check_scenarios, scenario_rows
from sopguide.graph.compile_sop import Procedure, compile_sop
from sopguide.graph.library import diagnostic_row
from sopguide.graph.link import Linker, effective
from sopguide.graph.pack import Pack, Packer
from sopguide.graph.symbols import Symbols

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sopguide.diagnostics import Span
    from sopguide.graph.decision_graph import DecisionGraph
    from sopguide.graph.symbols import Owner
    from sopguide.source.models import Sop
    from sopguide.source.sources import Entry, Sources


def build(sources: Sources, lint: Callable[[DecisionGraph], Iterable[Diagnostic]]) -> Pack:
    """Compile and check a library."""
    symbols = Symbols(sources)
    catalogues = Catalogues(symbols)
    procedures = {
        entry.id: compile_sop(entry, entry.model, symbols)
        for entry in sources.sops.values()
        if entry.model is not None
    }
    linker = Linker(symbols, catalogues, procedures)
    for procedure in procedures.values():
        procedure.report.found += lint(procedure.graph)
    check_scenarios(sources, symbols, procedures)
    return _Builder(sources, symbols, linker, procedures).pack()


class _Builder:
    """Lays out the pack: an index, and the blobs it points into."""

    def __init__(
        self,
        sources: Sources,
        symbols: Symbols,
        linker: Linker,
        procedures: dict[str, Procedure],
    ) -> None:
        self._sources = sources
        self._symbols = symbols
        self._linker = linker
        self._procedures = procedures
        self._packer = Packer()
        found = [d for reporter in symbols.reporters.values() for d in reporter.found]
        self._found = sorted({*sources.diagnostics, *found}, key=lambda d: d.place)
        self._faulty = {owner for owner, reporter in symbols.reporters.items() if reporter.faulty}
        self._by_file: dict[str, list[int]] = {}
        for place, diagnostic in enumerate(self._found):
            file = diagnostic.span.file if diagnostic.span else ""
            self._by_file.setdefault(file, []).append(place)

    def pack(self) -> Pack:
        """The pack of the whole library."""
        library = self._sources.library
        model = library.model if library else None
        index: dict[str, Any] = {
            "name": model.name if model else "",
            "locales": list(model.locales) if model else [],
            "zone": model.zone if model else "UTC",
            "files": len(self._sources.documents),
            "facts": self._linker.facts,
            "sops": {entry.id: self._sop(entry) for entry in self._sources.sops.values()},
            "diagnostics": [diagnostic_row(diagnostic) for diagnostic in self._found],
            "accepted": accepted(self._procedures.values(), self._found),
        }
        return self._packer.finish(index)

    def _sop(self, entry: Entry[Sop]) -> dict[str, Any]:
        row: dict[str, Any] = {"file": entry.document.path} | _head(entry)
        procedure = self._procedures.get(entry.id)
        if procedure is not None:
            row["labels"] = list(procedure.uses.labels)
            row["sub_procedure"] = "returns" in procedure.form
        owners = dict.fromkeys(self._linker.owners(entry.id))
        row["findings"] = self._findings(entry, owners)
        if self._walkable(owners):
            form = orjson.dumps(self._linker.form(entry.id), option=orjson.OPT_SORT_KEYS)
            row["hash"] = sha256(form).hexdigest()
            row["form"] = self._packer.add(form)
        scenarios = scenario_rows(self._sources.scenarios.get(entry.id, ()))
        if scenarios:
            row["scenarios"] = self._packer.add(orjson.dumps(scenarios))
        return row

    def _walkable(self, owners: Iterable[Owner]) -> bool:
        """Whether nothing that the SOP uses has an error, or may be in a file that has."""
        return not any(self._is_faulty(owner) for owner in owners)

    def _is_faulty(self, owner: Owner) -> bool:
        entry = self._symbols.entry(owner)
        if entry is None or entry.model is None or entry.faulty or owner in self._faulty:
            return True
        kind, name = owner
        return kind == "sops" and bool(self._procedures[name].uses.unsure)

    def _findings(self, entry: Entry[Sop], owners: Iterable[Owner]) -> list[int]:
        """The findings of an SOP's own file, and the errors of all that it uses."""
        found = set(self._by_file.get(entry.document.path, ()))
        for owner in owners:
            if self._is_faulty(owner):
                found |= self._errors_of(owner)
        return sorted(found)

    def _errors_of(self, owner: Owner) -> set[int]:
        used = self._symbols.entry(owner)
        if used is None:
            return {p for p, d in enumerate(self._found) if d.span and d.span.whole_file}
        lines = used.span()
        own = self._symbols.reporters.get(owner)
        reported = set(own.found) if own else set()
        return {
            place
            for place, found in enumerate(self._found)
            if found.severity is Severity.ERROR
            and (found in reported or (found.span and _inside(found.span, lines)))
        }


def _inside(span: Span, around: Span) -> bool:
    if span.file != around.file:
        return False
    return around.whole_file or span.whole_file or around.line <= span.line <= around.end_line


def _head(entry: Entry[Sop]) -> dict[str, Any]:
    """What the catalogue says about an SOP; as little as that may be where it cannot be read."""
    model = entry.model
    if model is None:
        head = dict.fromkeys(("version", "status", "owner", "about"), "")
        return {**head, "title": entry.id, "keywords": [], "labels": [], "steps": 0} | {
            "sub_procedure": False
        }
    row: dict[str, Any] = {
        "title": model.title,
        "version": model.version,
        "status": model.status,
        "owner": model.owner,
        "about": model.about,
        "keywords": list(model.keywords),
        "steps": len({*model.steps, *entry.names("steps")}),
    }
    times = effective(model)
    return row | {"effective": times} if times else row
