"""Running every flow rule over a decision graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.lint.registry import FLOW_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.diagnostics import Diagnostic
    from sopguide.graph.decision_graph import DecisionGraph


def check(graph: DecisionGraph) -> Iterator[Diagnostic]:
    """Everything that the flow rules find."""
    for rule in FLOW_RULES:
        yield from rule.check(graph)
