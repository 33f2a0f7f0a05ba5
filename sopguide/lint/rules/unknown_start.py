"""A `start` that is no step.

Nobody could begin to walk the procedure.

Good:

    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    start: dune
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    1:8: error[SOP306] the start `dune` is no step of this SOP
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.decision_graph import DecisionGraph

CODE = "SOP306"
NAME = "unknown-start"


def check(graph: DecisionGraph) -> Iterator[Diagnostic]:
    if graph.start is not None and graph.start not in graph.steps:
        yield Diagnostic(
            CODE,
            Severity.ERROR,
            graph.span(("start",)),
            f"the start `{graph.start}` is no step of this SOP",
            f"did you mean `{graph.entry}`?" if graph.entry else None,
        )
