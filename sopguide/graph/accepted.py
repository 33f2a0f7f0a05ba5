"""Findings that an author accepts: `accept:` on an SOP or on a step, with a reason and a date.

Only warnings and hints can be accepted. On a step, what is found within the step is. Whether an
acceptance does anything depends on the day and on what the proof finds, so it is kept with the
library and judged when its findings are asked for; what can never do anything is told at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.diagnostics import Diagnostic, Severity
from sopguide.graph import codes
from sopguide.source.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sopguide.diagnostics import Span
    from sopguide.graph.compile_sop import Procedure
    from sopguide.graph.decision_graph import Path
    from sopguide.source.step_models import Accepted

Acceptance = list[Any]
"""The code, the last day, where it is written, and where it counts."""


def acceptances(
    procedures: Iterable[Procedure],
    names: Callable[[], Mapping[str, str]],
    fixed: Callable[[str], bool],
) -> list[Acceptance]:
    """Every acceptance of a library that may do something; the others are told."""
    found = []
    for procedure in procedures:
        for one, path, around in _written(procedure):
            span = procedure.report.span((*path, "code"))
            why = _never(one.code, names(), fixed)
            if why is None:
                places = [_row(place) for place in around]
                found.append([one.code, one.until.isoformat(), _row(span), places])
            else:
                headline, advice = why
                found_here = Diagnostic(
                    codes.IDLE_ACCEPTANCE, Severity.HINT, span, headline, advice
                )
                procedure.report.found.append(found_here)
    return found


def _never(
    code: str, known: Mapping[str, str], fixed: Callable[[str], bool]
) -> tuple[str, str | None] | None:
    if code not in known:
        return f"no rule has the code `{code}`", did_you_mean(code, known)
    if fixed(code):
        return f"what `{code}` finds is an error, and errors cannot be accepted", None
    return None


def _written(procedure: Procedure) -> Iterator[tuple[Accepted, Path, list[Span]]]:
    report = procedure.report
    for place, one in enumerate(procedure.model.accept):
        yield one, ("accept", place), [report.span(())]
    for name, step in procedure.model.steps.items():
        path = ("steps", name)
        for place, one in enumerate(step.accept):
            yield one, (*path, "accept", place), [report.span(path), report.span(path, key=True)]


def _row(span: Span) -> list[Any]:
    return [span.file, span.line, span.column, span.end_line, span.end_column]
