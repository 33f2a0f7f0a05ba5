"""What is left of a library's findings: each as the library weighs it, none that is accepted.

What was due by a day is an error from then on.
An acceptance that does nothing is itself told, so that no list of old excuses grows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sopguide.diagnostics import Diagnostic, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

_IDLE = "SOP701"
_OFF = "off"

QUIET = frozenset({"SOP410"})
"""What is told only where a library gives it a weight."""


class Acceptance:
    """One `accept:` of an author, as a pack keeps it."""

    def __init__(self, row: Sequence[Any]) -> None:
        code, until, span, places = row
        self.code: str = code
        self.until: str = until
        self.span = Span(*span)
        self._places = [Span(*place) for place in places]

    def covers(self, found: Diagnostic) -> bool:
        """Whether it speaks of a finding."""
        span = found.span
        return found.code == self.code and any(
            span is not None
            and span.file == place.file
            and (place.line, place.column)
            <= (span.line, span.column)
            <= (place.end_line, place.end_column)
            for place in self._places
        )


def weighed(found: Iterable[Diagnostic], weights: Mapping[str, str]) -> Iterator[Diagnostic]:
    """The findings as a library weighs them."""
    for each in found:
        weight = weights.get(each.code, _OFF if each.code in QUIET else None)
        if weight is None:
            yield each
        elif weight != _OFF:
            yield replace(each, severity=Severity(weight))


def judged(
    found: Iterable[Diagnostic],
    acceptances: Iterable[Sequence[Any]],
    today: date,
    unjudged: Iterable[str] = (),
) -> list[Diagnostic]:
    """The findings that count on a day, and the acceptances that do nothing, sorted by place.

    `unjudged` are the codes whose findings nobody looked for.
    """
    on_the_day = [_due(each, today) for each in found]
    given = [Acceptance(row) for row in acceptances]
    in_force = [one for one in given if today.isoformat() <= one.until]
    left = [
        each
        for each in on_the_day
        if each.severity is Severity.ERROR or not any(one.covers(each) for one in in_force)
    ]
    skipped = frozenset(unjudged)
    told = [
        idle for one in given if one.code not in skipped for idle in _idle(one, on_the_day, today)
    ]
    return sorted([*left, *told], key=lambda each: each.place)


def _due(found: Diagnostic, today: date) -> Diagnostic:
    late = found.due is not None and today > found.due
    return replace(found, severity=Severity.ERROR) if late else found


def _idle(one: Acceptance, found: Sequence[Diagnostic], today: date) -> Iterator[Diagnostic]:
    """Why an acceptance does nothing, if it does nothing."""
    covered = [each for each in found if one.covers(each)]
    if today.isoformat() > one.until:
        why = f"`{one.code}` was accepted until {one.until}, which is past"
        advice = "mend it, or decide anew until when" if covered else "delete it: it is not found"
    elif not covered:
        why, advice = f"`{one.code}` is accepted here, and is not found", "delete it"
    elif all(each.severity is Severity.ERROR for each in covered):
        why = f"`{one.code}` is an error here, and errors cannot be accepted"
        advice = "mend it"
    else:
        return
    yield Diagnostic(_IDLE, Severity.HINT, one.span, why, advice)
