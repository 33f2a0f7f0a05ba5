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
    return Content.assemble((f"! {_('critical')}", "bold $error"), "   ", line(said, "$muted"))


def outcomes(ahead: Ahead) -> list[Content]:
    """Each outcome that can still come."""
    return [line(_outcome(each)) for each in ahead.outcomes]


def outcomes_line(ahead: Ahead) -> Content:
    """The outcomes that can still come, on one line."""
    found = Content(" · ").join(outcomes(ahead))
    return Content.assemble((f"{_('Still possible:')} ", "$muted"), found) if found else found


def _outcome(each: AheadOutcome) -> str:
    end = _(_ENDS[each.end]) if each.end in _ENDS else each.end
    if each.to:
        end = _("{end} to {target}").format(end=end, target=each.to)
    return f"{end} ({each.count})" if each.count > 1 else end
