"""What a walk in lines says: a question, an outcome, the path, the ticket; one thing a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.desk.asking import Manner
from sopguide.desk.wording import override_reason
from sopguide.messages import _
from sopguide.walk.walk import ENDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from sopguide.desk.asking import Asking
    from sopguide.desk.countdown import Countdown
    from sopguide.walk.rows import PathRow
    from sopguide.walk.view import OutcomeView, View


def by(who: str) -> str:
    """Who answered, in a word."""
    return {"agent": _("you"), "ticket": _("ticket"), "rule": _("rule")}.get(who, who)


def opening(view: View) -> Iterator[str]:
    """The SOP, and what the ticket has filled in."""
    yield f"{view.sop} {view.version}: {view.title}"
    known = ", ".join(f"{row.name} {row.label}" for row in view.facts if row.by == "ticket")
    if known:
        yield _("Known from the ticket: {facts}").format(facts=known)


def clock(one: Countdown) -> str:
    """How much time there is, in words that say it when it is short."""
    from sopguide.desk.countdown import MISSED, WARNING, in_full

    said = {WARNING: _("Clock, little time left: {clock}"), MISSED: _("Clock, missed: {clock}")}
    return said.get(one.state, _("Clock: {clock}")).format(clock=in_full(one))


def question(asking: Asking, *, hints: bool) -> Iterator[str]:
    """The wording, the answers, and where it is written."""
    view = asking.view
    yield ""
    if asking.manner is Manner.STUCK:
        why = view.reason or _("no rule holds")
        yield _("The walk is stuck: {why}").format(why=why)
        return
    kind = {"do": _("Do: "), "wait": _("Wait: ")}.get(view.status, "")
    critical = _("Critical. ") if view.critical else ""
    yield f"{view.step}: {critical}{kind}{view.text}"
    for misfit in view.not_used:
        yield "  " + _("From the ticket, not used: {misfit}").format(misfit=misfit)
    numbered = asking.manner is not Manner.TYPE
    for number, option in enumerate(asking.options, 1):
        if numbered and not (asking.manner is Manner.TICK and not view.check):
            yield f"  {number}  {option.label}"
    if hints and view.because:
        yield "  " + _("Policy: {references}").format(references=", ".join(view.because))


def outcome(reached: OutcomeView, overruled: str | None) -> Iterator[str]:
    """Where the walk came out."""
    yield ""
    yield _("Outcome: {end}").format(end=reached.end)
    if overruled:
        why = override_reason(overruled)
        yield _("Chosen instead of what the SOP recommends: {why}").format(why=why)
    yield label(reached)
    if reached.escalate:
        team = _("Hand off to: {team}").format(team=reached.escalate.to)
        within = reached.escalate.within
        yield team + (_(" within {time}").format(time=within) if within else "")


def left_to_do(reached: OutcomeView) -> Iterator[str]:
    """What is to be done in the helpdesk, on one line."""
    from sopguide.desk.helpdesk import todo

    yield _("To do in the helpdesk: {things}").format(
        things=", ".join(each.text for each in todo(reached))
    )


def label(reached: OutcomeView) -> str:
    """The label, or that there is none."""
    return _("Label: {label}").format(label=reached.label or _("none"))


def ended(view: View) -> bool:
    """Whether the walk has come to an outcome."""
    return view.status == ENDED


def prompt(asking: Asking) -> str:
    """What can be typed."""
    if ended(asking.view):
        return _("Enter when done> ")
    match asking.manner:
        case Manner.PICK:
            return f"1-{len(asking.options)}> "
        case Manner.MARK:
            return _("numbers of 1-{most}> ").format(most=len(asking.options))
        case Manner.TICK:
            return _("done> ")
        case Manner.TYPE:
            optional = _(", or: not known") if asking.options else ""
            return f"{asking.hint}{optional}> "
        case _:
            return _("back or quit> ")


def step_help(view: View) -> Iterator[str]:
    """The help of a step and where it is written."""
    if view.help:
        yield _("Help: {text}").format(text=view.help)
    if view.because:
        yield _("Policy: {references}").format(references=", ".join(view.because))


def ticket(written: Mapping[str, Any], view: View) -> Iterator[str]:
    """What was written, what is known and who said so, what did not fit."""
    parts = [str(written[name]) for name in ("subject", "body") if written.get(name)]
    facts = [
        "  "
        + _("{fact}: {value} (by {who})").format(fact=row.name, value=row.label, who=by(row.by))
        for row in view.facts
    ]
    misfits = ["  " + _("not used: {misfit}").format(misfit=each) for each in view.misfits]
    yield from [*parts, *facts, *misfits] or [_("Nothing came with this ticket")]


def path(view: View) -> Iterator[str]:
    """The path so far, a numbered line a step."""
    for number, row in enumerate(view.path, 1):
        yield f"  {number}  {row.step}: " + (_("here") if row.current else _answered(row))


def _answered(row: PathRow) -> str:
    return f"{row.answer} ({by(row.by)})" if row.answer else ""
