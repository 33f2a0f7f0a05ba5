"""Findings as GitHub's workflow commands: each becomes a note at its line of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.clean import clean
from sopguide.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sopguide.cli.findings import Findings
    from sopguide.diagnostics import Diagnostic, Span

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def workflow_commands(found: Iterable[Diagnostic], show: Findings) -> Iterator[str]:
    """One line each."""
    for each in found:
        properties = {"title": each.code}
        if each.span:
            properties = {**_place(show.file(each.span), each.span), **properties}
        given = ",".join(f"{name}={_property(text)}" for name, text in properties.items())
        advice = f"\nhelp: {each.help}" if each.help else ""
        yield f"::{_COMMANDS[each.severity]} {given}::{_data(each.headline + advice)}"


def _place(path: Path, span: Span) -> dict[str, str]:
    """Columns only where the finding stays in its line: GitHub takes no others."""
    place = {"file": path.as_posix()}
    if not span.whole_file:
        place |= {"line": str(span.line), "endLine": str(span.end_line)}
        if span.line == span.end_line:
            place |= {"col": str(span.column), "endColumn": str(span.end_column)}
    return place


def _data(text: str) -> str:
    return clean(text).replace("%", "%25").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
