"""SOPs without any `end` or `return`.

Every walk must come to an outcome: a step with `end`, or with `return` where other SOPs run this
one.

Good:

    start: reset
    steps:
      reset: {do: Reset the breaker., go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: reset
    steps:
      reset: {do: Reset the breaker., go: again}
      again: {do: Reset it again., go: reset}

Found:

    2:1: error[SOP307] this SOP has no `end` and no `return`
    3:3: error[SOP303] no walk can leave the loop `reset` → `again` → `reset`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.decision_graph import DecisionGraph

CODE = "SOP307"
NAME = "no-outcome"


def check(graph: DecisionGraph) -> Iterator[Diagnostic]:
    if not graph.closing():
        yield Diagnostic(
            CODE,
            Severity.ERROR,
            graph.key(("steps",)),
            "this SOP has no `end` and no `return`",
            "add a step such as `done: {end: resolved, macro: none, label: …}`",
        )
