"""One pass over a parser's events, giving plain data and the offsets of every node.

The loop below is the whole cost of reading, so it does the least that is right: it counts depth and
nodes before it builds anything, takes every scalar as text, and notes what the language does not
have (anchors, tags, keys given twice) as `Trouble` to go on with the rest. What must not be read is
then taken out in `prune.py`. Nothing here recurses: a file cannot be too deep for Python.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from sopguide.source import codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_DEPTH = 64
MAX_NODES = 2_000_000
MAX_TROUBLES = 1_000

MERGE_KEY = "<<"


class _Enough(Exception):  # noqa: N818 - not an error: nobody reads a thousand findings
    """So much is wrong in a file that the rest of it is not read."""


class Dropped:
    """Stands for a key whose entry is read but not kept."""

    __slots__ = ("data",)

    def __init__(self, data: Any = "") -> None:
        self.data = data


@dataclass(slots=True)
class Trouble:
    """Something the language does not have: its code, what it is called, and where.

    `node` is the number of the node that is not what it seems, None where all of it is as typed;
    `inside` is the number of the mapping that holds a key given twice.
    """

    code: str
    word: str
    start: int
    end: int
    node: int | None = None
    inside: int | None = None


@dataclass(slots=True)
class Built:
    """What a file's events gave; `dropped` tells that something is to be taken out."""

    data: Any = None
    offsets: list[int] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    dropped: bool = False
    empty: bool = False
    refused: bool = False


def build(next_event: Callable[[], Any], *, decorated: bool) -> Built:
    """Read the events of one file.

    `decorated` tells that the text holds a character that anchors, aliases, tags and directives
    begin with; without one there is nothing to look for. Syntax errors pass as yaml's exceptions.
    """
    built = Built()
    events: Iterator[Any] = iter(next_event, None)
    for event in events:
        if event.__class__ is StreamEndEvent:
            built.empty = True
            return built
        if event.__class__ is DocumentStartEvent:
            _note_directives(built, event)
            break
    try:
        _build_nodes(built, events, decorated=decorated)
    except _Enough:
        built.refused = True
    if not built.refused:
        _note_further_documents(built, events)
    return built


def _build_nodes(  # noqa: C901, PLR0912, PLR0915 - one loop, since a call a node would double its cost
    built: Built, events: Iterator[Any], *, decorated: bool
) -> None:
    offsets = built.offsets
    place = offsets.append
    current: Any = []
    in_mapping = False
    key: Any = None
    top = current
    stack: list[tuple[Any, bool, Any, int]] = []
    while True:
        for event in islice(events, MAX_NODES + 1 - len(offsets) // 2):
            kind = event.__class__
            if kind is ScalarEvent:
                if decorated and (event.anchor is not None or event.tag is not None):
                    _note_decoration(built, event)
                place(event.start_mark.index)
                place(event.end_mark.index)
                if not in_mapping:
                    current.append(event.value)
                elif key is None:
                    key = event.value
                    if key in current or key == MERGE_KEY:
                        key = _refuse_key(built, current, event, stack[-1][3] // 2)
                else:
                    current[key] = event.value
                    key = None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                ended = current
                current, in_mapping, key, node = stack.pop()
                offsets[node] = event.end_mark.index
                if key is Dropped:
                    key = Dropped(ended)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                if len(stack) >= MAX_DEPTH:
                    _refuse(built, codes.TOO_DEEP, event)
                    return
                if decorated and (event.anchor is not None or event.tag is not None):
                    _note_decoration(built, event)
                new: Any = {} if kind is MappingStartEvent else []
                place(event.start_mark.index)
                place(0)
                if not in_mapping:
                    current.append(new)
                    key = None
                elif key is None:
                    _note(built, codes.KEY_NOT_TEXT, event, len(offsets) // 2 - 1)
                    built.dropped = True
                    key = Dropped
                else:
                    current[key] = new
                    key = None
                stack.append((current, in_mapping, key, len(offsets) - 1))
                current = new
                in_mapping = kind is MappingStartEvent
                key = None
            elif kind is AliasEvent:
                place(event.start_mark.index)
                place(event.end_mark.index)
                _note(built, codes.ANCHOR, event, len(offsets) // 2 - 1, f"*{event.anchor}")
                if not in_mapping:
                    current.append("")
                elif key is None:
                    built.dropped = True
                    key = Dropped()
                else:
                    current[key] = ""
                    key = None
            elif kind is DocumentEndEvent:
                built.data = top[0]
                return
        if len(offsets) // 2 > MAX_NODES:
            _refuse(built, codes.TOO_MANY_NODES, event)
            return


def _note(built: Built, code: str, event: Any, node: int | None, word: str = "") -> None:
    start, end = event.start_mark.index, event.end_mark.index
    _add(built, Trouble(code, word, start, max(end, start + 1), node))


def _add(built: Built, trouble: Trouble) -> None:
    if len(built.troubles) == MAX_TROUBLES:
        code = codes.TOO_MANY_MISTAKES
        built.troubles.append(Trouble(code, "", trouble.start, trouble.start + 1))
        raise _Enough
    built.troubles.append(trouble)


def _refuse(built: Built, code: str, event: Any) -> None:
    """Stop reading: what follows is not even looked at, and what came before matters no more."""
    built.troubles.clear()
    built.troubles.append(Trouble(code, "", event.start_mark.index, event.start_mark.index + 1))
    built.refused = True


def _refuse_key(built: Built, mapping: dict[Any, Any], event: ScalarEvent, inside: int) -> Dropped:
    built.dropped = True
    if event.value in mapping:
        _note(built, codes.DUPLICATE_KEY, event, None, event.value)
        built.troubles[-1].inside = inside
    else:
        _note(built, codes.MERGE_KEY, event, len(built.offsets) // 2 - 1, MERGE_KEY)
    return Dropped(event.value)


def _note_decoration(built: Built, event: Any) -> None:
    """An anchor or a tag, in front of the node it belongs to."""
    start = event.start_mark.index
    if event.anchor is not None:
        word = f"&{event.anchor}"
        _add(built, Trouble(codes.ANCHOR, word, start, start + len(word)))
    if event.tag is not None:
        node = len(built.offsets) // 2
        _add(built, Trouble(codes.TAG, event.tag, start, start + 1, node))


def _note_directives(built: Built, event: Any) -> None:
    if event.tags:
        start = event.start_mark.index
        built.troubles.append(Trouble(codes.TAG, "%TAG", start, start + 1))


def _note_further_documents(built: Built, events: Iterator[Any]) -> None:
    for event in events:
        if event.__class__ is DocumentStartEvent:
            _note(built, codes.SEVERAL_DOCUMENTS, event, None)
            return
