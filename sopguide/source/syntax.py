"""Mistakes in YAML's syntax, in plain words.

A parser says what it failed to find; an author needs to know what to change. The table below holds
the mistakes people make; whatever is not in it is passed on in the parser's own words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yaml.error import MarkedYAMLError


@dataclass(frozen=True)
class Mistake:
    """A mistake: where it starts and ends in the text, in words, with what explains it."""

    start: int
    end: int
    headline: str
    help: str | None = None
    related: list[tuple[int, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Pattern:
    """`said` is looked for in the parser's words; `at_context` blames where the construct began."""

    said: str
    headline: str
    help: str
    at_context: bool = False
    word: str | None = None


_QUOTE_HELP = "put the whole text in quotes"
_PATTERNS = [
    _Pattern(
        r"quoted scalar.*(end of stream|document (indicator|separator))",
        "this quote is never closed",
        "add the same quote at the end of the text; write a quote inside the text twice",
        at_context=True,
    ),
    _Pattern(
        r"quoted scalar.*(escape|hexa?decimal|unicode)",
        "a backslash in double quotes begins an escape that does not exist",
        "write the text in single quotes, or the backslash twice",
    ),
    _Pattern(
        r"(sequence entries are not allowed)",
        "a list item may not stand here",
        "begin the list on a line of its own below the key",
    ),
    _Pattern(
        r"found unexpected ':'",
        "a `:` without a space after it",
        "write `key: value`; put a text that ends in `:` in quotes",
    ),
    _Pattern(
        r"while parsing a flow (sequence|mapping|node)",
        "a comma or closing bracket is missing",
        "close the bracket; put a text that holds brackets, braces or commas in quotes",
        word="the bracket that is open",
    ),
    _Pattern(
        r"while scanning a simple key.*expected ':'|could not find expected ':'",
        "a key without its `:`",
        "write `key: value`; a text that goes on over several lines is indented below its key",
        at_context=True,
    ),
    _Pattern(
        r"while scanning an (alias|anchor)",
        "a text may not begin with `*` or `&`",
        _QUOTE_HELP,
    ),
    _Pattern(r"tag|scanning a directive", "a text may not begin with `!` or `%`", _QUOTE_HELP),
    _Pattern(
        r"while scanning a block scalar",
        "a text may not begin with `>` or `|` on the line of its key",
        'put it in quotes: `">= 3"`; after a lone `|` or `>`, the text starts on the next line',
        at_context=True,
    ),
    _Pattern(
        r"while parsing a block (mapping|collection)|expected '?<document start>",
        "this does not continue what is above it",
        "check the indentation: keys of one mapping, and items of one list, start in the same "
        "column",
        word="what is above began here",
    ),
]
_CLOSING = {'"', "'", "]", "}"}
_CLOSED_HELP = "put the whole text in quotes; a quote of the same kind inside it is written twice"
_INDENT = re.compile(r"[ \t]*")


def explain(text: str, error: MarkedYAMLError | None) -> Mistake:
    """Say what is wrong, from the parser's error and the text."""
    mark = error.problem_mark if error else None
    if error is None or mark is None:
        end = len(text.rstrip())
        return Mistake(max(end - 1, 0), end, "this is not YAML")
    start = min(mark.index, len(text))
    tab = _tab_in_indent(text, start)
    if tab is not None:
        return Mistake(tab, tab + 1, "a tab where only spaces may indent", "use spaces, never tabs")
    said = " ".join(filter(None, (error.context, error.problem)))
    if "cannot start any token" in said:
        character = text[start : start + 1]
        return Mistake(start, start + 1, f"a text may not begin with `{character}`", _QUOTE_HELP)
    if "mapping values are not allowed" in said:
        return _second_colon(text, start)
    before = text[_line_begin(text, start) : start].rstrip(" ")[-1:]
    if "parsing a block mapping" in said and before in _CLOSING:
        headline = f"nothing may follow a closing `{before}`"
        return Mistake(start, start + 1, headline, _CLOSED_HELP)
    context = error.context_mark.index if error.context_mark else None
    for pattern in _PATTERNS:
        if re.search(pattern.said, said, re.IGNORECASE | re.DOTALL):
            return _mistake(text, pattern, start, context)
    return Mistake(start, _end_of(text, start), f"this is not YAML: {said}")


def _mistake(text: str, pattern: _Pattern, start: int, context: int | None) -> Mistake:
    related = []
    if "backslash" in pattern.headline:
        start = max(text.rfind("\\", 0, start + 1), 0)
    elif context is not None and pattern.at_context:
        start = context
    elif context is not None and pattern.word and context != start:
        related.append((context, pattern.word))
    return Mistake(start, _end_of(text, start), pattern.headline, pattern.help, related)


def _second_colon(text: str, colon: int) -> Mistake:
    line = text[_line_begin(text, colon) : colon]
    if ": " in line:
        headline, advice = "`: ` in the middle of a text", _QUOTE_HELP
    else:
        headline = "no key may stand here: the text above goes on into this line"
        advice = "keys of one mapping start in the same column, and each ends in `:`"
    return Mistake(colon, colon + 1, headline, advice)


def _end_of(text: str, start: int) -> int:
    return min(start + 1, len(text)) if text[start : start + 1] not in {"\n", "\r"} else start


def _line_begin(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _tab_in_indent(text: str, offset: int) -> int | None:
    """The tab before the place of a mistake, where nothing but space stands in front of it."""
    begin = _line_begin(text, offset)
    indent = _INDENT.match(text, begin)
    if indent is None or indent.end() < offset or "\t" not in indent.group():
        return None
    return begin + indent.group().index("\t")
