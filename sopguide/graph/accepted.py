"""Findings that an author accepts: `accept:` on an SOP or on a step, with a reason and a date.

Only warnings and hints can be accepted. On a step, what is found within the step is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sopguide.diagnostics import Span
    from sopguide.graph.compile_sop import Procedure


def accepted(procedures: Iterable[Procedure], found: Sequence[Diagnostic]) -> dict[str, str]:
    """The positions of accepted findings, each with the last day it is accepted on."""
    until: dict[str, str] = {}
    for procedure in procedures:
        for code, day, around in _acceptances(procedure):
            for place, diagnostic in enumerate(found):
                if diagnostic.code == code and _within(diagnostic, around):
                    until[str(place)] = max(day, until.get(str(place), ""))
    return until


def _acceptances(procedure: Procedure) -> Iterator[tuple[str, str, Span]]:
    for one in procedure.model.accept:
        yield one.code, one.until.isoformat(), procedure.report.span(())
    for name, step in procedure.model.steps.items():
        for one in step.accept:
            span = procedure.report.span(("steps", name))
            key = procedure.report.span(("steps", name), key=True)
            yield one.code, one.until.isoformat(), span
            yield one.code, one.until.isoformat(), key


def _within(found: Diagnostic, around: Span) -> bool:
    if found.severity is Severity.ERROR or found.span is None or found.span.file != around.file:
        return False
    start, end = (around.line, around.column), (around.end_line, around.end_column)
    return start <= (found.span.line, found.span.column) <= end
