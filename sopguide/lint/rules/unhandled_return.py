"""Returns of a sub-procedure that the step which runs it does not provide for.

When the sub-procedure comes back that way, the walk has nowhere to go.

Good:

    # sops/example.yaml
    start: proof
    steps:
      proof: {run: verify, go: {verified: done, not_verified: refuse}}
      done: {end: resolved, macro: done, label: done}
      refuse: {end: rejected, macro: done, label: done}
    # sops/verify.yaml
    start: ask
    steps:
      ask: {ask: Is there proof?, answers: {yes: good, no: bad}}
      good: {return: verified}
      bad: {return: not_verified}

Bad:

    # sops/example.yaml
    start: proof
    steps:
      proof: {run: verify, go: {verified: done}}
      done: {end: resolved, macro: done, label: done}
    # sops/verify.yaml
    start: ask
    steps:
      ask: {ask: Is there proof?, answers: {yes: good, no: bad}}
      good: {return: verified}
      bad: {return: not_verified}

Found:

    4:24: error[SOP304] `proof` does not say what follows the return `not_verified`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.decision_graph import DecisionGraph

CODE = "SOP304"
NAME = "unhandled-return"


def check(graph: DecisionGraph) -> Iterator[Diagnostic]:
    for step, missing in graph.unhandled():
        names = ", ".join(f"`{name}`" for name in missing)
        what = "return" if len(missing) == 1 else "returns"
        yield Diagnostic(
            CODE,
            Severity.ERROR,
            graph.key((*step.path, "go")),
            f"`{step.id}` does not say what follows the {what} {names}",
            f"write `{missing[0]}: …` with the step that follows",
        )
