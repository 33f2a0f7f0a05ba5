"""The texts of `sopguide drill`: a ticket, how its drill went, who is ready. All are cleaned."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sopguide.clean import clean
from sopguide.cli.lines import line, outcome_text, row, value_text
from sopguide.cli.table import table
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sopguide.drill.grading import Grade
    from sopguide.drill.results import Row
    from sopguide.drill.scoring import Act

_MOST_STUMBLES = 3


def ticket_lines(ticket: Mapping[str, Any]) -> Iterator[str]:
    """As it would come in."""
    yield ""
    if subject := ticket.get("subject"):
        yield line(f"  {subject}")
    for text in clean(str(ticket.get("body") or "")).splitlines():
        yield f"  {text}"
    yield ""


def grade_lines(grade: Grade) -> Iterator[str]:
    """What was right, and where the path left the scenario's."""
    yield ""
    wrong = _("✗ wrong: {parts}").format(parts=", ".join(grade.wrong))
    yield _("✓ right") if grade.right else wrong
    if not grade.right:
        yield row(_("yours"), outcome_text(grade.got))
        yield row(_("expected"), outcome_text(grade.scenario.expect))
    if grade.difference is not None:
        given, expected = grade.difference.given, grade.difference.expected
        differs = _("{yours}; the scenario: {expected}")
        yield row(_("differs"), differs.format(yours=_act(given), expected=_act(expected)))
        for reason in grade.because:
            yield row(_("because"), reason)
    if grade.critical:
        yield row(_("critical"), _("an error at this step fails the drill"))
    score = _("{score} of 100 · path {path} · time {time} (expected {usual})").format(
        score=grade.score,
        path=f"{grade.likeness:.0%}",
        time=_minutes(grade.seconds),
        usual=_minutes(grade.expected_seconds),
    )
    yield row(_("score"), score)
    yield ""


def _act(act: Act | None) -> str:
    if act is None:
        return _("nothing more")
    asked = f" {act.fact}" if act.fact else ""
    return f"{act.step}{asked} = {value_text(act.answer)}"


def results_lines(rows: Sequence[Row]) -> Iterator[str]:
    """A line for each person and SOP."""
    if rows:
        head = ("person", "SOP", "drills", "right", "passed", "score", "last", "stumbles at")
        yield from table([head, *map(_cells, rows)], right=range(2, 6))


def _cells(found: Row) -> tuple[str, ...]:
    last = datetime.fromtimestamp(found.last / 1000).astimezone()
    stumbles = [f"{step} {times}x" for step, times in found.stumbles[:_MOST_STUMBLES]]
    return (
        found.agent,
        found.sop,
        str(found.drills),
        str(found.right),
        str(found.passed),
        f"{found.score:g}",
        f"{last:%Y-%m-%d %H:%M}",
        ", ".join(stumbles),
    )


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60:02}:{int(seconds) % 60:02}"
