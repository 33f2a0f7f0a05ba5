"""The order in which a procedure is read: what comes first stands first, loops lead back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def reading_order(start: str, ways: Mapping[str, Sequence[str]]) -> tuple[list[str], int]:
    """Every step once, so that all ways but the loops lead forward; and how many are reached.

    A step stands as near to where it is first reached as that allows, and the ways out of a step
    come in the author's order. Steps that cannot be reached from the start come last; their ways to
    the others are the only ones that lead back without being loops.
    """
    seen: set[str] = set()
    order = _from(start, ways, seen)
    reached = len(order)
    lost: list[str] = []
    for root in ways:
        if root not in seen:
            lost[:0] = _from(root, ways, seen)
    return order + lost, reached


def _from(root: str, ways: Mapping[str, Sequence[str]], seen: set[str]) -> list[str]:
    """The steps that can be reached from here and have not been seen: finished last, first."""
    finished: list[str] = []
    seen.add(root)
    stack = [(root, iter(ways[root][::-1]))]
    while stack:
        step, rest = stack[-1]
        following = next((target for target in rest if target not in seen), None)
        if following is None:
            finished.append(step)
            stack.pop()
        else:
            seen.add(following)
            stack.append((following, iter(ways[following][::-1])))
    return finished[::-1]
