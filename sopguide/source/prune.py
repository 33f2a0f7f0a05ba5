"""Taking out what must not be read: keys given twice, merge keys, keys that are no text.

It is done only where something is wrong with a file. Like reading, it does not recurse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.source.events import Dropped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.source.document import Path
    from sopguide.source.events import Built


class _Node(NamedTuple):
    """A key or a value. `into` is the mapping or list that takes its copy: none takes a key's."""

    path: Path
    data: Any
    into: Any
    kept: bool


def prune(built: Built) -> list[Path]:
    """Take dropped entries out of the data, and tell the path of every node by its old number."""
    paths: list[Path] = []
    offsets: list[int] = []
    top: list[Any] = []
    todo = [_Node((), built.data, top, kept=True)]
    while todo:
        node = todo.pop()
        if node.kept:
            offsets += built.offsets[2 * len(paths) : 2 * len(paths) + 2]
        paths.append(node.path)
        copy = _empty(node.data)
        if isinstance(node.into, dict):
            node.into[node.path[-1]] = copy
        elif isinstance(node.into, list):
            node.into.append(copy)
        todo += reversed([*_inner(node, copy)])
    built.data, built.offsets = top[0], offsets
    return paths


def _empty(data: Any) -> Any:
    """A mapping or list to be filled; a text is its own copy."""
    if isinstance(data, dict):
        return {}
    return [] if isinstance(data, list) else data


def _inner(node: _Node, copy: Any) -> Iterator[_Node]:
    if isinstance(node.data, dict):
        for name, value in node.data.items():
            if isinstance(name, Dropped):
                yield _Node(node.path, name.data, None, kept=False)
                yield _Node(node.path, value, None, kept=False)
            else:
                path = (*node.path, name)
                yield _Node(path, name, None, node.kept)
                yield _Node(path, value, copy, node.kept)
    elif isinstance(node.data, list):
        for at, item in enumerate(node.data):
            yield _Node((*node.path, at), item, copy, node.kept)
