"""Running the rules: over the flow of each SOP, and over the library as a whole."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sopguide.lint.registry import FIXED, FLOW_RULES, LIBRARY_RULES, pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.diagnostics import Diagnostic
    from sopguide.graph.decision_graph import DecisionGraph
    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole


def check(graph: DecisionGraph) -> Iterator[Diagnostic]:
    """Everything that the flow rules find."""
    for rule in FLOW_RULES:
        yield from rule.check(graph)


def check_library(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    """Everything that is found across files, each with the entry it belongs to."""
    for rule in LIBRARY_RULES:
        yield from rule.check(whole)


@cache
def names() -> dict[str, str]:
    """The name of every rule, by its code."""
    return {page.code: page.name for page in pages()}


def fixed(code: str) -> bool:
    """Whether a rule's weight cannot be changed: what it finds cannot be compiled."""
    return code.startswith(("SOP1", "SOP2")) or code in FIXED
