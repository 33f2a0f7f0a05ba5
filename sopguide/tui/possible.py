"""What is coming, in words: the outcomes that are still possible, and how many questions remain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sopguide.messages import N_, _
from sopguide.tui.text import line

if TYPE_CHECKING:
    from sopguide.walk.ahead import Ahead, AheadOutcome
    from sopguide.walk.view import View

_ENDS = {
    "resolved": N_("resolved"),
    "pending": N_("pending"),
    "duplicate": N_("duplicate"),
    "rejected": N_("rejected"),
    "escalated": N_("escalated"),
}


def count(view: View, ahead: Ahead) -> Content:
    """Which question this is and how many there can be; whether an error at it counts double."""
    here, most, to_wait = view.number, ahead.questions, ahead.to_wait
    if most is not None:
        said = _("{number} of at most {all}")
    elif to_wait is not None:
        said, most = _("{number} of at most {all} before a wait"), to_wait
    else:
        said = _("question {number}")
    said = said.format(number=here, all=max(here, ahead.answered + (most or 0)))
    if not view.critical:
        return line(said, "$muted")
    critical = ("! " + _("critical"), "bold $error")
    return Content.assemble(critical, "   ", line(said, "$muted"))


def outcomes(ahead: Ahead) -> list[Content]:
    """Each outcome that can still come."""
    return [line(_outcome(each)) for each in ahead.outcomes]


def outcomes_line(ahead: Ahead, width: int) -> Content:
    """The outcomes that can still come, on one line; where that is too long, by their ends only."""
    found = _joined(outcomes(ahead))
    if found.cell_length <= width:
        return found
    counts: dict[str, int] = {}
    for each in ahead.outcomes:
        counts[each.end] = counts.get(each.end, 0) + each.count
    ends = [line(_counted(_end(end), count)) for end, count in counts.items()]
    short = _joined(ends)
    return short if short.cell_length <= width else Content(" · ").join(ends)


def _joined(found: list[Content]) -> Content:
    title = line(_("Still possible:"), "$muted")
    return title + " " + Content(" · ").join(found) if found else Content("")


def _outcome(each: AheadOutcome) -> str:
    end = _end(each.end)
    if each.to:
        end = _("{end} to {target}").format(end=end, target=each.to)
    return _counted(end, each.count)


def _end(end: str) -> str:
    return _(_ENDS[end]) if end in _ENDS else end


def _counted(end: str, count: int) -> str:
    return f"{end} ({count})" if count > 1 else end
