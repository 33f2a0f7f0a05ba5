"""Cycles among names that refer to each other: sets, computed facts, sub-procedures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    import networkx as nx


def cycles(refers: Mapping[str, Collection[str]]) -> list[list[str]]:
    """One cycle for each group of names that lead round, in the order they refer.

    Where there is none, which is nearly always, plain Python shows it.
    """
    tangled = _tangled(refers)
    if not tangled:
        return []
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(name for name in refers if name in tangled)
    graph.add_edges_from(
        (one, other) for one in tangled for other in refers[one] if other in tangled
    )
    order = {name: place for place, name in enumerate(refers)}
    found = []
    for group in nx.strongly_connected_components(graph):
        first = min(group, key=order.__getitem__)
        if len(group) > 1 or graph.has_edge(first, first):
            inner = graph.subgraph(group)
            way = nx.shortest_path(inner, _after(inner, first, order), first)
            found.append([first, *way[:-1]] if way[0] != first else [first])
    return sorted(found, key=lambda cycle: order[cycle[0]])


def _after(graph: nx.DiGraph[str], name: str, order: Mapping[str, int]) -> str:
    return min(graph.successors(name), key=order.__getitem__)


def _tangled(refers: Mapping[str, Collection[str]]) -> set[str]:
    """The names that lie on a cycle or lead to one."""
    left = {name: {other for other in to if other in refers} for name, to in refers.items() if to}
    while True:
        loose = [name for name, to in left.items() if not any(other in left for other in to)]
        if not loose:
            return set(left)
        for name in loose:
            del left[name]
