"""One file as it was read: plain data, and the place of every part of it.

The data are dicts, lists and texts. Where each node stood is kept beside them as bare offsets, in
the order the file names them; lines, columns and spans are made from those only when something is
reported. A place is asked for by its path: `document.span(("steps", "refuse", "label"))`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sopguide.diagnostics import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Path = tuple[str | int, ...]
"""The keys and positions that lead from the top of a document to one of its nodes."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)")
_LINE_END = re.compile(r"\r\n?|\n")
_Places = dict[Path, int]


@dataclass(frozen=True)
class Document:
    """The data of one file, its text, and where each node lies in it.

    `offsets` holds two numbers a node, where it starts and where it ends: of a mapping's key, then
    of its value; a list or mapping before what is in it. A file with a mistake in its syntax has no
    data.
    """

    path: str
    text: str = field(repr=False)
    data: Any = None
    offsets: Sequence[int] = field(default=(), repr=False)

    def span(self, path: Path = (), *, key: bool = False) -> Span:
        """Where a value lies, or the key it stands under.

        A path that leads further than the document does ends at the last node there is.
        """
        values, keys = self._places
        while path not in values and path:
            path = path[:-1]
        places = keys if key and path in keys else values
        if path not in places:
            return Span.of_file(self.path)
        start, end = self._offsets_of(places[path])
        return self.at(start, end if places is keys else self._end(path, start, end))

    def name_span(self, path: Path) -> Span:
        """Where a thing's name lies: the key it stands under, or the first key it holds."""
        values, keys = self._places
        if path not in keys:
            data = self.value(path)
            if isinstance(data, dict) and data and path in values:
                return self.span((*path, next(iter(data))), key=True)
        return self.span(path, key=True)

    def _end(self, path: Path, start: int, end: int) -> int:
        """Where a node ends; an indented list or mapping, with the last of what is in it."""
        data = self.value(path)
        while data and not isinstance(data, str) and self.text[start] not in "[{":
            last = len(data) - 1 if isinstance(data, list) else next(reversed(data))
            path, data = (*path, last), data[last]
            start, end = self._offsets_of(self._places[0][path])
        return end

    def within(self, path: Path, start: int, end: int | None = None) -> Span:
        """Where part of a text lies: from one offset into it to another.

        Escapes and folded lines shift what was typed; the whole text is named then.
        """
        values, _ = self._places
        text = self.value(path)
        if path in values and isinstance(text, str):
            first, last = self._offsets_of(values[path])
            if self.text[first] in "\"'" and self.text[first + 1 : last - 1] == text:
                first, last = first + 1, last - 1
            end = len(text) if end is None else end
            if self.text[first:last] == text and 0 <= start <= end <= len(text):
                return self.at(first + start, first + end)
            if self.text[first] == "|":
                return self._within_block(first, text, start, end) or self.span(path)
        return self.span(path)

    def _within_block(self, first: int, text: str, start: int, end: int) -> Span | None:
        """Where part of one line of a block (`|`) lies: its lines are those typed, indented."""
        begin, stop = text.rfind("\n", 0, start) + 1, text.find("\n", start)
        line = text[begin : stop if stop >= 0 else len(text)]
        typed = _LINE.findall(self.text, first)
        row = 1 + text.count("\n", 0, start)
        if row >= len(typed) or not typed[row].rstrip("\r\n").endswith(line):
            return None
        indent = len(typed[row].rstrip("\r\n")) - len(line)
        place = first + sum(map(len, typed[:row])) + indent + start - begin
        return self.at(place, place + end - start) if end <= begin + len(line) else None

    def value(self, path: Path) -> Any:
        """What lies at a path; None where nothing does."""
        data = self.data
        for step in path:
            try:
                data = data[step]
            except (KeyError, IndexError, TypeError):
                return None
        return data

    def line(self, number: int) -> str:
        """The text of one line, without its end; empty where there is no such line."""
        starts = self._line_starts
        if not 1 <= number <= len(starts):
            return ""
        stop = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : stop].rstrip("\r\n")

    def texts(self) -> Iterator[tuple[Path, str, bool]]:
        """Every text of the file with its path, and whether it is a key."""
        values, keys = self._places
        for path in values:
            text = self.value(path)
            if isinstance(text, str):
                yield path, text, False
        for path in keys:
            yield path, str(path[-1]), True

    def at(self, start: int, end: int) -> Span:
        """The stretch between two offsets into the text."""
        return Span(self.path, *self.position(start), *self.position(max(start, end)))

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset into the text."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def _offsets_of(self, node: int) -> tuple[int, int]:
        return self.offsets[2 * node], self.offsets[2 * node + 1]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    @cached_property
    def _places(self) -> tuple[_Places, _Places]:
        """The number of every value and of every key, by path."""
        values: _Places = {}
        keys: _Places = {}
        if not self.offsets:
            return values, keys
        todo: list[tuple[Path, Any, bool]] = [((), self.data, False)]
        number = 0
        while todo:
            path, data, is_key = todo.pop()
            (keys if is_key else values)[path] = number
            number += 1
            if is_key:
                continue
            if isinstance(data, dict):
                for name, value in reversed(data.items()):
                    todo += [((*path, name), value, False), ((*path, name), None, True)]
            elif isinstance(data, list):
                todo += [((*path, at), value, False) for at, value in reversed([*enumerate(data)])]
        return values, keys
