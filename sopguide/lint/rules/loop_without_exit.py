"""Loops that no walk can leave.

Asking again until something is true is fine, as long as some answer leads out. A loop without any
way out would hold the agent for ever.

Good:

    start: restart
    steps:
      restart: {do: Restart the device., go: works}
      works: {ask: Does it work now?, answers: {yes: done, no: restart}}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: known
    steps:
      known: {ask: Is the fault known?, answers: {yes: done, no: restart}}
      restart: {do: Restart the device., go: works}
      works: {ask: Does it work now?, answers: {yes: restart, no: restart}}
      done: {end: resolved, macro: done, label: done}

Found:

    4:3: error[SOP303] no walk can leave the loop `restart` → `works` → `restart`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.decision_graph import DecisionGraph

CODE = "SOP303"
NAME = "loop-without-exit"


def check(graph: DecisionGraph) -> Iterator[Diagnostic]:
    for loop in graph.loops_without_exit():
        first, *others = (graph.key(graph.steps[step].path) for step in loop)
        way = " → ".join(f"`{step}`" for step in (*loop, loop[0]))
        yield Diagnostic(
            CODE,
            Severity.ERROR,
            first,
            f"no walk can leave the loop {way}",
            "let one of its answers lead to a step outside",
            tuple(
                Related(span, f"`{step}` is in the loop")
                for span, step in zip(others, loop[1:], strict=True)
            ),
        )
