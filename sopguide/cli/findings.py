"""Diagnostics as text: the place, the headline, the source line with carets, the help.

Every text from a library passes `clean`, part by part, so that carets stay under what they mean
and wide characters count for two columns. Colour is a matter of the caller's.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sopguide.clean import clean
from sopguide.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopguide.diagnostics import Diagnostic, Span
    from sopguide.graph.library import Library

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.HINT: "cyan"}
_WIDTH = 100


def wants_colour() -> bool:
    """Whether stdout is a terminal whose owner did not refuse colours."""
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not refused and sys.stdout.isatty()


class Findings:
    """Renders the diagnostics of one library, whose files it reads when it first shows them."""

    def __init__(self, root: Path, *, colour: bool = False) -> None:
        self._root = root
        self._colour = colour
        self._lines: dict[str, list[str]] = {}

    def texts(self, found: Iterable[Diagnostic]) -> Iterator[str]:
        """Each diagnostic as a block of lines."""
        for diagnostic in found:
            yield "\n".join(self._block(diagnostic))

    def rows(self, found: Iterable[Diagnostic]) -> list[dict[str, Any]]:
        """Each diagnostic as a JSON object."""
        return [self._row(diagnostic) for diagnostic in found]

    def file(self, span: Span) -> Path:
        """A span's file, as seen from the folder we are in; in full where it lies elsewhere."""
        here = Path.cwd()
        whole = Path(os.path.abspath(self._root / span.file))  # noqa: PTH100 - links stay links
        return whole.relative_to(here) if whole.is_relative_to(here) else whole

    def line(self, span: Span) -> str:
        """The line that a span begins in; empty where the file has no such line any more."""
        lines = [] if span.whole_file else self._text(span.file)
        return lines[span.line - 1] if 0 < span.line <= len(lines) else ""

    def _block(self, found: Diagnostic) -> Iterator[str]:
        where = f"{self._place(found.span)}: " if found.span else ""
        weight = self._styled(f"{found.severity}[{found.code}]", _COLOURS[found.severity])
        yield f"{where}{weight} {_line(found.headline)}"
        margin = "      "
        if found.span and not found.span.whole_file:
            margin = " " * max(5, len(str(found.span.line)) + 1)
            yield from self._source(found.span, margin, _COLOURS[found.severity])
        if found.help:
            yield f"{margin}= help: {_line(found.help)}"
        for other in found.related:
            yield f"{margin}= {self._place(other.span)}: {_line(other.word)}"

    def _source(self, span: Span, margin: str, colour: str) -> Iterator[str]:
        lines = self._text(span.file)
        if span.line > len(lines):  # the file changed since it was read
            return
        line = lines[span.line - 1]
        end = span.end_column if span.end_line == span.line else len(line) + 1
        before, marked, after = _window(line, span.column - 1, max(end - 1, span.column))
        carets = "^" * max(1, _width(marked))
        yield f"{span.line:>{len(margin) - 1}} | {before}{marked}{after}".rstrip()
        yield f"{margin}| {' ' * _width(before)}{self._styled(carets, colour)}"

    def _text(self, file: str) -> list[str]:
        if file not in self._lines:
            try:
                text = (self._root / file).read_text("utf-8-sig", errors="replace")
            except OSError:
                text = ""
            self._lines[file] = _split(text)
        return self._lines[file]

    def _row(self, found: Diagnostic) -> dict[str, Any]:
        row: dict[str, Any] = {"code": found.code, "severity": found.severity.value}
        row |= self._span_row(found.span)
        row |= {"headline": found.headline, "help": found.help}
        if found.witness is not None:
            row["witness"] = found.witness
        row["related"] = [
            {**self._span_row(other.span), "word": other.word} for other in found.related
        ]
        return row

    def _span_row(self, span: Span | None) -> dict[str, Any]:
        if span is None:
            return {"file": None}
        row: dict[str, Any] = {"file": str(self._root / span.file)}
        if not span.whole_file:
            row |= {"line": span.line, "column": span.column}
            row |= {"end_line": span.end_line, "end_column": span.end_column}
        return row

    def _place(self, span: Span) -> str:
        file = _line(str(self._root / span.file))
        return file if span.whole_file else f"{file}:{span.line}:{span.column}"

    def _styled(self, text: str, colour: str) -> str:
        return click.style(text, fg=colour, bold=True) if self._colour else text


def print_findings(library: Library, sop: str) -> None:
    """Tell on stderr what keeps an SOP from being walked."""
    found = library.diagnostics_of(sop)
    for text in Findings(library.root).texts(found):
        click.echo(text, err=True)


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _window(line: str, start: int, end: int) -> tuple[str, str, str]:
    """What comes before, is marked and follows, cleaned, and cut to a readable width."""
    first = max(0, start - _WIDTH * 2 // 3)
    last = first + _WIDTH
    before = ("…" if first else "") + _line(line[first:start])
    marked = _line(line[start : min(end, last)])
    after = _line(line[min(end, last) : last]) + ("…" if last < len(line) else "")
    return before, marked, after


def _line(text: str) -> str:
    return clean(text, keep_newlines=False)


def _width(text: str) -> int:
    """How many columns of a terminal a cleaned text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
