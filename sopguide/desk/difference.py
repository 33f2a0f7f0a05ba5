"""What an edited text changes in the recommended one: a unified diff, changed words marked.

Replies have long lines, a paragraph each. Where a line took the place of another, the words that
differ are told too, so that nobody has to compare two paragraphs by eye.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAME, REMOVED, ADDED, LEFT_OUT = " ", "-", "+", "…"
_AROUND = 1  # lines of unchanged text shown beside a change
_MOST_WORDS = 2_000  # of a line; in longer ones the words are not compared
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Line(NamedTuple):
    """A line of the diff: its sign, its text, and where in it words changed."""

    sign: str
    text: str
    changed: tuple[tuple[int, int], ...] = ()

    def __str__(self) -> str:
        return f"{self.sign} {self.text}".rstrip()


def compare(old: str, new: str) -> tuple[Line, ...]:
    """The lines that differ, with what stands around them; nothing where nothing does."""
    return tuple(_lines(old.splitlines(), new.splitlines())) if old != new else ()


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    seen = 0
    for group in SequenceMatcher(None, old, new).get_grouped_opcodes(_AROUND):
        if group[0][1] > seen:
            yield Line(LEFT_OUT, "")
        for kind, start, end, new_start, new_end in group:
            if kind == "equal":
                yield from (Line(SAME, text) for text in old[start:end])
            else:
                yield from _change(old[start:end], new[new_start:new_end])
        seen = group[-1][2]
    if seen < len(old):
        yield Line(LEFT_OUT, "")


def _change(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Lines that took the place of as many others are compared word by word."""
    if len(old) != len(new):
        yield from (Line(REMOVED, text) for text in old)
        yield from (Line(ADDED, text) for text in new)
        return
    pairs = [_words(before, after) for before, after in zip(old, new, strict=True)]
    yield from (removed for removed, _ in pairs)
    yield from (added for _, added in pairs)


def _words(old: str, new: str) -> tuple[Line, Line]:
    left, right = _WORD.findall(old), _WORD.findall(new)
    if max(len(left), len(right)) > _MOST_WORDS:
        return Line(REMOVED, old), Line(ADDED, new)
    changes = [
        each[1:] for each in SequenceMatcher(None, left, right).get_opcodes() if each[0] != "equal"
    ]
    removed = tuple(_place(left, start, end) for start, end, _, _ in changes if end > start)
    added = tuple(_place(right, start, end) for _, _, start, end in changes if end > start)
    return Line(REMOVED, old, removed), Line(ADDED, new, added)


def _place(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    before = sum(map(len, words[:start]))
    return before, before + sum(map(len, words[start:end]))
