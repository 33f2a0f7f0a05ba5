"""A whole library: models in, a pack out.

Every SOP is compiled and linted once; which of them may be walked follows from the errors of all
that they use. The lint rules come as an argument, since they sit on graphs and not below them.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol

import orjson

from sopguide.graph.accepted import acceptances
from sopguide.graph.blame import Blame
from sopguide.graph.compile_catalogues import Catalogues
from sopguide.graph.compile_scenarios import check_scenarios, scenario_rows
from sopguide.graph.compile_sop import Procedure, compile_sop
from sopguide.graph.judged import weighed
from sopguide.graph.library import diagnostic_row
from sopguide.graph.link import Linker, effective
from sopguide.graph.pack import Pack, Packer
from sopguide.graph.retention import retention_form
from sopguide.graph.symbols import Symbols
from sopguide.graph.weights import weights
from sopguide.graph.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopguide.diagnostics import Diagnostic
    from sopguide.graph.decision_graph import DecisionGraph
    from sopguide.graph.symbols import Owner
    from sopguide.source.models import Sop
    from sopguide.source.sources import Entry, Sources


class Lint(Protocol):
    """The rules, as the compiler runs them."""

    def check(self, graph: DecisionGraph) -> Iterable[Diagnostic]:
        """What is found in the flow of one SOP."""

    def check_library(self, whole: Whole) -> Iterable[tuple[Owner, Diagnostic]]:
        """What is found across files, each with the entry it belongs to."""

    def names(self) -> dict[str, str]:
        """The name of every rule, by its code."""

    def fixed(self, code: str) -> bool:
        """Whether a rule's weight cannot be changed."""


Entered = Callable[[dict[str, Any]], frozenset[str] | None]
"""Tells, of a compiled form, the steps that some facts let a walk come to; None: not known."""


def build(sources: Sources, lint: Lint, entered: Entered | None = None) -> Pack:
    """Compile and check a library; `entered` is asked where a loop has no way out."""
    symbols = Symbols(sources)
    catalogues = Catalogues(symbols)
    procedures = {
        entry.id: compile_sop(entry, entry.model, symbols)
        for entry in sources.sops.values()
        if entry.model is not None
    }
    linker = Linker(symbols, catalogues, procedures)
    if entered is not None:
        _look_into_loops(symbols, linker, procedures, entered)
    for procedure in procedures.values():
        procedure.report.found += lint.check(procedure.graph)
    check_scenarios(sources, symbols, procedures)
    for (kind, name), found in lint.check_library(Whole(symbols, catalogues, procedures, linker)):
        symbols.reporter(kind, name).found.append(found)
    given = acceptances(procedures.values(), lint.names, lint.fixed)
    weight = weights(symbols, lint.names, lint.fixed)
    if weight:
        for reporter in symbols.reporters.values():
            reporter.found[:] = weighed(reporter.found, weight)
    settings = {"accepted": given, "weights": weight}
    return _Builder(sources, symbols, linker, procedures).pack(settings)


def _look_into_loops(
    symbols: Symbols, linker: Linker, procedures: dict[str, Procedure], entered: Entered
) -> None:
    """Let a loop that nothing leaves count only where some facts lead into it."""
    blame = Blame(symbols, procedures, ())
    for name, procedure in procedures.items():
        if procedure.graph.loops_without_exit() and not blame.keeps_back(set(linker.owners(name))):
            form = linker.form(name)
            if all(one["start"] in one["steps"] for one in form["procedures"].values()):
                procedure.graph.entered = entered(form)


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
        self._blame = Blame(symbols, procedures, self._found)

    def pack(self, settings: dict[str, Any]) -> Pack:
        """The pack of the whole library; `settings` say how its findings are judged."""
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
        } | settings
        if model and model.retention:
            index["retention"] = retention_form(model.retention)
        translations = self._linker.translations
        if translations is not None:
            index["translations"] = translations.names(self._procedures.values())
        return self._packer.finish(index)

    def _sop(self, entry: Entry[Sop]) -> dict[str, Any]:
        row: dict[str, Any] = {"file": entry.document.path} | _head(entry)
        procedure = self._procedures.get(entry.id)
        if procedure is not None:
            row["labels"] = list(procedure.uses.labels)
            row["sub_procedure"] = "returns" in procedure.form
        owners = dict.fromkeys(self._linker.owners(entry.id))
        row["findings"] = self._blame.findings(entry, owners)
        if not self._blame.keeps_back(owners):
            form = orjson.dumps(self._linker.form(entry.id), option=orjson.OPT_SORT_KEYS)
            row["hash"] = sha256(form).hexdigest()
            row["form"] = self._packer.add(form)
        scenarios = scenario_rows(self._sources.scenarios.get(entry.id, ()))
        if scenarios:
            row["scenarios"] = self._packer.add(orjson.dumps(scenarios))
        return row


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
