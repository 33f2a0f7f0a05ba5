"""Ways on for a return that the sub-procedure never makes.

No walk takes them. The usual cause is a return that was renamed in the sub-procedure.

Good:

    # sops/example.yaml
    start: proof
    steps:
      proof: {run: verify, go: {verified: done}}
      done: {end: resolved, macro: done, label: done}
    # sops/verify.yaml
    start: good
    steps:
      good: {return: verified}

Bad:

    # sops/example.yaml
    start: proof
    steps:
      proof: {run: verify, go: {verified: done, verfied: done}}
      done: {end: resolved, macro: done, label: done}
    # sops/verify.yaml
    start: good
    steps:
      good: {return: verified}

Found:

    4:45: error[SOP305] `verify` never returns `verfied`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity
from sopguide.source.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.decision_graph import DecisionGraph

CODE = "SOP305"
NAME = "impossible-return"


def check(graph: DecisionGraph) -> Iterator[Diagnostic]:
    for branch, comes in graph.impossible():
        yield Diagnostic(
            CODE,
            Severity.ERROR,
            graph.key(branch.path),
            f"`{graph.steps[branch.source].runs}` never returns `{branch.back}`",
            did_you_mean(branch.back or "", comes)
            or f"it returns {', '.join(f'`{name}`' for name in comes)}",
        )
