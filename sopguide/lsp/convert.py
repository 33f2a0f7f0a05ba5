"""Between sopguide's words and the protocol's: places, findings, names.

Lines and columns count from 1 here and from 0 there, where columns are moreover counted in the
units that the editor asked for (UTF-16 as a rule). Texts of a library are cleaned on the way out.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from sopguide.clean import clean
from sopguide.diagnostics import Diagnostic, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from sopguide.lsp.checked import Checked

_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.HINT: types.DiagnosticSeverity.Information,
}


def path_of(uri: str) -> Path | None:
    """The file that a URI names; None for what is no file."""
    path = to_fs_path(uri) if uri.startswith("file:") else None
    return Path(os.path.abspath(path)) if path else None  # noqa: PTH100 (links stay links)


class Converter:
    """Converts what lies in one library; `units` counts a text as the editor does."""

    def __init__(self, root: Path, checked: Checked, units: Callable[[str], int]) -> None:
        self._root = root
        self._checked = checked
        self._units = units

    def uri(self, file: str) -> str:
        """A file of the library, as the editor names it."""
        return from_fs_path(str(self._root / file)) or ""

    def range(self, span: Span) -> types.Range:
        """A span; the first line for a file as a whole."""
        if span.whole_file:
            start, end = types.Position(0, 0), self._position(span.file, 1, _END)
        else:
            start = self._position(span.file, span.line, span.column)
            end = self._position(span.file, span.end_line, span.end_column)
        return types.Range(start, end)

    def location(self, span: Span) -> types.Location:
        """A span with its file."""
        return types.Location(self.uri(span.file), self.range(span))

    def column(self, file: str, position: types.Position) -> int:
        """The column, from 1, of a place in the editor."""
        column = 0
        line = self.line(file, position)
        while column < len(line) and self._units(line[: column + 1]) <= position.character:
            column += 1
        return column + 1

    def line(self, file: str, position: types.Position) -> str:
        """The text of the line that a place is in."""
        document = self._checked.document(file)
        return document.line(position.line + 1) if document else ""

    def diagnostic(self, found: Diagnostic) -> types.Diagnostic:
        """A finding."""
        advice = f"\nhelp: {found.help}" if found.help else ""
        return types.Diagnostic(
            range=self.range(found.span or Span.of_file("library.yaml")),
            message=clean(found.headline + advice),
            severity=_SEVERITIES[found.severity],
            code=found.code,
            source="sopguide",
            related_information=[
                types.DiagnosticRelatedInformation(self.location(other.span), clean(other.word))
                for other in found.related
            ],
        )

    def _position(self, file: str, line: int, column: int) -> types.Position:
        document = self._checked.document(file)
        text = document.line(line) if document else ""
        return types.Position(line - 1, self._units(text[: column - 1]))


_END = 10_000
"""More columns than a line is likely to have."""
