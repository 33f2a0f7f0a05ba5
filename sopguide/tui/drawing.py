"""What a view looks like: lines and rows, made from values and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from sopguide.desk.wording import period
from sopguide.messages import N_, _
from sopguide.tui.text import line, shown
from sopguide.tui.widgets.hanging import Paragraph
from sopguide.tui.widgets.rows import Row
from sopguide.walk.path import AGENT, RULE, TICKET
from sopguide.walk.walk import STUCK, WAIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sopguide.desk.countdown import Countdown
    from sopguide.desk.hand import WalkInHand
    from sopguide.walk.view import View

NEXT = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
"""What stands between the steps of a path on one line."""
_LONGEST = 10_000  # characters of a ticket; more would take seconds to wrap
_CLOCKS = {"warning": "$accent bold", "missed": "$error bold", "stopped": "$muted"}
_BY = {AGENT: N_("you"), TICKET: N_("ticket"), RULE: N_("rule")}


def elapsed(seconds: float) -> str:
    """Minutes and seconds."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes:02}:{rest:02}"


def times(ticket: float, step: float | None) -> str:
    """The time on the ticket, and on the step in hand; with no step it stands still at a wait."""
    if step is None:
        return _("{ticket} · waiting").format(ticket=elapsed(ticket))
    return _("{ticket} · step {step}").format(ticket=elapsed(ticket), step=elapsed(step))


def by(who: str) -> str:
    """Who answered, in a word."""
    return _(_BY[who]) if who in _BY else who


def header(view: View) -> Content:
    """The SOP, and the facts that came with the ticket."""
    name = line(f"{view.sop} {view.version}", "bold")
    facts = [line(f"{row.name} {row.label}") for row in view.facts if row.by == TICKET]
    return Content(" · ").join([name, *facts])


def ticket(walk: WalkInHand, time: str, clocks: Sequence[Countdown] = ()) -> Content:
    """The ticket, the time on it, and the limit that runs out first."""
    parts = [line(part) for part in (walk.ticket_id, time) if part]
    return Content("   ").join([*parts, *map(clock, clocks[:1])])


def clock(one: Countdown, *, full: bool = False) -> Content:
    """A limit that runs; how near it is also by colour."""
    from sopguide.desk.countdown import brief, in_full

    return line(in_full(one) if full else brief(one), _CLOCKS.get(one.state, ""))


def trail(view: View) -> Content:
    """The path on one line: each step with its answer, the current one last."""
    parts: list[Content] = []
    for row in view.path:
        if row.current:
            parts.append(line(f"▸ {row.label}", "$accent bold"))
        elif row.answer:
            who = "" if row.by == AGENT else f" ({by(row.by)})"
            parts.append(line(f"{row.label}: {row.answer}{who}"))
        else:
            parts.append(line(row.label))
    return Content(NEXT).join(parts)


def here(view: View) -> Content:
    """The current step alone, where the path stands beside it."""
    return Content("").join(
        line(f"▸ {row.label}", "$accent bold") for row in view.path if row.current
    )


def question(view: View) -> Content:
    """The wording, and what kind of step it is where that is not plain."""
    notes = []
    if view.asked:
        notes += [line(_("Needed to go on:"), "$accent"), Content(" ")]
    if view.status == WAIT:
        limit = period(view.wait_for or "")
        waits = _("Wait (for {limit}):").format(limit=limit) if limit else _("Wait:")
        notes += [line(waits, "$accent"), Content(" ")]
    return Content("").join([*notes, shown(view.text)])


def first_words(view: View) -> str:
    """What must be said as a step is shown: why it is stuck, what of the ticket did not fit."""
    if view.status == STUCK:
        why = view.reason or _("No rule holds")
        return _("{why}. Go back, hand the ticket off, or give it up.").format(why=why)
    if not view.not_used:
        return ""
    return _("From the ticket, not used: {facts}").format(facts="; ".join(view.not_used))


def copied(what: str) -> str:
    """That something was sent to the clipboard; no terminal tells whether it took it."""
    return _("The {what} is on the clipboard. Not there? Select it with Shift and mouse.").format(
        what=what
    )


HELP_MARGIN = len("  i  ")


def help_text(view: View, key: str) -> Sequence[Paragraph]:
    """The help with the key that shows all of it, and the policy references."""
    parts = []
    if view.help:
        mark = Content.styled(key, "bold $accent").pad_left(max(0, len("  i") - len(key)))
        parts.append(Paragraph(line(view.help), mark))
    if view.because:
        policy = _("Policy: {references}").format(references=" · ".join(view.because))
        parts.append(Paragraph(line(policy, "$muted"), Content("")))
    return parts


def ticket_title(walk: WalkInHand) -> str:
    """What a zone or page of the ticket is called."""
    return _("Ticket {id}").format(id=walk.ticket_id or "").rstrip()


def _written(walk: WalkInHand) -> Iterator[str]:
    for name in ("subject", "body"):
        if text := str(walk.ticket.get(name) or ""):
            yield text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def words(walk: WalkInHand) -> Content:
    """What the customer wrote, where the ticket came with it."""
    return Content("\n\n").join(shown(part) for part in _written(walk))


def first_line(walk: WalkInHand) -> Sequence[Paragraph]:
    """What the customer wrote, run together for the few lines above a question."""
    texts = [line(part) for part in _written(walk)]
    if not texts:
        return ()
    return [Paragraph(Content.assemble("“", Content(" — ").join(texts), "”"), Content(""))]


def fact_rows(view: View) -> Sequence[Row]:
    """What is known about the ticket, and who said so; what did not fit, and why."""
    facts = [Row(row.label, mark=row.name, note=by(row.by)) for row in view.facts]
    return [*facts, *(Row(misfit, mark="!") for misfit in view.misfits)]
