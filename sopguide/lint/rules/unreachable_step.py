"""Steps that no answer leads to.

An agent can never arrive at such a step, so what it says is not part of the procedure. The usual
cause is a renamed target.

Good:

    start: power
    steps:
      power: {ask: Is it on?, answers: {yes: done, no: reset}}
      reset: {do: Reset the breaker., go: power}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: power
    steps:
      power: {end: resolved, macro: done, label: done}
      reset: {do: Reset the breaker., go: power}

Found:

    4:3: warning[SOP301] step `reset` cannot be reached from `power`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.decision_graph import DecisionGraph

CODE = "SOP301"
NAME = "unreachable-step"


def check(graph: DecisionGraph) -> Iterator[Diagnostic]:
    for step in graph.unreachable():
        yield Diagnostic(
            CODE,
            Severity.WARNING,
            graph.key(step.path),
            f"step `{step.id}` cannot be reached from `{graph.entry}`",
            "point a `go` here, or delete the step",
        )
