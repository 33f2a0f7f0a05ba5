"""A question's `go` that no answer takes.

Where every answer says itself what follows, the `go` of the step is never used, and whoever reads
it is misled.

Good:

    start: power
    steps:
      power: {ask: Is it on?, answers: {yes: done, no: {say: "No, it is off"}}, go: reset}
      reset: {do: Reset the breaker., go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: power
    steps:
      power: {ask: Is it on?, answers: {yes: done, no: reset}, go: reset}
      reset: {do: Reset the breaker., go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    3:60: warning[SOP308] no answer of `power` takes this `go`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.decision_graph import DecisionGraph

CODE = "SOP308"
NAME = "unused-go"


def check(graph: DecisionGraph) -> Iterator[Diagnostic]:
    for step in dict.fromkeys(branch.source for branch in graph.closed()):
        yield Diagnostic(
            CODE,
            Severity.WARNING,
            graph.key(("steps", step, "go")),
            f"no answer of `{step}` takes this `go`",
            "delete it, or an answer's own target",
        )
