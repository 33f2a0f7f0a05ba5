"""Answers after which nothing follows.

A walk that takes such an answer cannot go on. The usual cause is a value that was added to a fact
and not to the questions that ask for it.

Good:

    start: kind
    facts:
      colour: {type: choice, values: [red, green, blue], ask: Which colour?}
    steps:
      kind: {fact: colour, answers: {red: done}, go: other}
      other: {do: Note the colour., go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: kind
    facts:
      colour: {type: choice, values: [red, green, blue], ask: Which colour?}
    steps:
      kind: {fact: colour, answers: {red: done}}
      done: {end: resolved, macro: done, label: done}

Found:

    5:24: error[SOP302] nothing follows the answers `green` and `blue` of `kind`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.decision_graph import DecisionGraph

CODE = "SOP302"
NAME = "dead-end"

_SHOWN = 4


def check(graph: DecisionGraph) -> Iterator[Diagnostic]:
    for path, branches in graph.dead_ends().items():
        labels = [branch.label for branch in branches]
        what = "the answer" if len(labels) == 1 else "the answers"
        yield Diagnostic(
            CODE,
            Severity.ERROR,
            graph.key(path),
            f"nothing follows {what} {_listed(labels)} of `{branches[0].source}`",
            "give the step a `go` for the answers that have none of their own",
        )


def _listed(labels: list[str]) -> str:
    shown = [f"`{label}`" for label in labels[:_SHOWN]]
    if len(labels) > _SHOWN:
        shown[-1:] = [f"{len(labels) - _SHOWN + 1} more"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
