"""One SOP: its steps in the compiled form, its decision graph, and what it uses.

Everything is looked at once, in the author's order. What other SOPs have to do with it (what comes
back from a sub-procedure, recursion) and what it needs of the library's facts is `link`'s affair.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sopguide.graph.compile_steps import StepCompiler
from sopguide.graph.decision_graph import DecisionGraph
from sopguide.graph.own_facts import own_facts
from sopguide.graph.uses import Uses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.facts.fact import Fact
    from sopguide.graph.report import Reporter
    from sopguide.graph.symbols import Symbols
    from sopguide.source.models import Sop
    from sopguide.source.sources import Entry


@dataclass(frozen=True, slots=True)
class Procedure:
    """A compiled SOP, before what it uses is joined to it."""

    id: str
    model: Sop
    form: dict[str, Any]
    own: Mapping[str, Fact]
    uses: Uses
    graph: DecisionGraph
    report: Reporter


def compile_sop(entry: Entry[Sop], model: Sop, symbols: Symbols) -> Procedure:
    """Compile one SOP; what is wrong goes to its reporter."""
    report = symbols.reporter("sops", entry.id)
    own, derived = own_facts(model, symbols, report)
    uses = Uses()
    steps = StepCompiler(model, own, derived, symbols, uses, report)
    forms = steps.compile()
    form: dict[str, Any] = {
        "title": model.title,
        "version": model.version,
        "start": model.start,
        "steps": forms,
    }
    if model.clock is not None:
        form["clocks"] = steps.clocks.compile(model.clock, ("clock",))
    if own:
        form["facts"] = {name: fact.to_json() for name, fact in own.items()}
    if entry.id in symbols.returns:
        form["returns"] = list(symbols.returns[entry.id])
    start = None if ("start",) in entry.broken else model.start
    graph = DecisionGraph(
        entry.document,
        start,
        steps.nodes,
        steps.ways.branches,
        steps.ways.guess(model.start),
        whole=not entry.repeated,
    )
    return Procedure(entry.id, model, form, own, uses, graph, report)
