"""Words for the desk's codes and figures, the same on screens and in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.messages import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sopguide.desk.day import Day
    from sopguide.desk.parked import Parked
    from sopguide.walk.ahead import Ahead, AheadOutcome
    from sopguide.walk.overruling import OfferedOutcome

_PARKED = {
    "waiting": N_("waiting for the customer"),
    "break": N_("break"),
    "handover": N_("hand-over"),
    "left": N_("left"),
}
_ENDS = {
    "resolved": N_("resolved"),
    "pending": N_("pending"),
    "duplicate": N_("duplicate"),
    "rejected": N_("rejected"),
    "escalated": N_("escalated"),
}
_OVERRIDES = {
    "policy-gap": N_("the SOP does not cover this case"),
    "sop-wrong": N_("the SOP is wrong here"),
    "context": N_("something about this ticket that the SOP cannot know"),
    "customer-asked": N_("the customer asked for it"),
    "system-problem": N_("a system does not work"),
}
_FEEDBACK = {
    "unclear": N_("unclear"),
    "wrong": N_("wrong"),
    "missing-answer": N_("an answer is missing"),
    "outdated": N_("outdated"),
}
_TAKEN_OUT = {
    "e-mail": N_("e-mail"),
    "link": N_("link"),
    "phone": N_("phone"),
    "card": N_("card number"),
    "iban": N_("bank account"),
    "account": N_("account name"),
    "ip": N_("IP address"),
    "id": N_("number of a document"),
    "birth date": N_("birth date"),
    "address": N_("address"),
    "ticket": N_("ticket id"),
    "name": N_("name"),
}
_PERIODS = {
    "y": (N_("1 year"), N_("{n} years")),
    "m": (N_("1 month"), N_("{n} months")),
    "d": (N_("1 day"), N_("{n} days")),
    "bd": (N_("1 business day"), N_("{n} business days")),
    "h": (N_("1 hour"), N_("{n} hours")),
    "min": (N_("{n} min"), N_("{n} min")),
}
BETWEEN, SPOKEN = " · ", ", "
"""What stands between the parts of a line: on a screen, and where it is read aloud."""
_HOUR, _DAY = 60, 24 * 60


def sentence(text: str) -> str:
    """A text that stands by itself: what the core says may also stand within another."""
    return text[:1].upper() + text[1:]


def parked_reason(code: str) -> str:
    """Why a ticket is parked."""
    return _(_PARKED[code]) if code in _PARKED else code


def end_word(code: str) -> str:
    """How a walk ended."""
    return _(_ENDS[code]) if code in _ENDS else code


def override_reason(code: str) -> str:
    """Why an agent chose another outcome."""
    return _(_OVERRIDES[code]) if code in _OVERRIDES else code


def feedback_about(code: str) -> str:
    """What is amiss with a step."""
    return _(_FEEDBACK[code]) if code in _FEEDBACK else code


def taken_out(kinds: Iterable[str]) -> str:
    """What a note was kept without."""
    words = (_(_TAKEN_OUT[kind]) if kind in _TAKEN_OUT else kind for kind in kinds)
    return _("Taken out: {what}").format(what=", ".join(words))


def offered_line(offered: OfferedOutcome, between: str = BETWEEN) -> str:
    """An outcome that may be chosen instead, on one line."""
    parts = [end_word(offered.end), offered.macro_title or offered.macro, offered.label]
    if offered.to:
        within = _(" within {time}").format(time=offered.within) if offered.within else ""
        parts.append(_("to {team}").format(team=offered.to) + within)
    return between.join(part for part in parts if part)


def ahead_line(ahead: Ahead) -> str:
    """Which outcomes are still possible, and how many questions at most remain."""
    outcomes = ", ".join(_ahead_word(each) for each in ahead.outcomes) or _("nothing")
    told = _("Still possible: {outcomes}").format(outcomes=outcomes)
    if ahead.questions is None:
        if ahead.to_wait is None:
            return told
        before = _("at most {n} more questions before a wait")
        return told + "; " + before.format(n=ahead.to_wait)
    return told + "; " + _("at most {n} more questions").format(n=ahead.questions)


def _ahead_word(outcome: AheadOutcome) -> str:
    end = end_word(outcome.end)
    told = _("{end} to {team}").format(end=end, team=outcome.to) if outcome.to else end
    return f"{told} ({outcome.count})" if outcome.count > 1 else told


def parked_line(parked: Parked, between: str = BETWEEN) -> str:
    """A parked walk on one line."""
    at = _("at {step}").format(step=parked.step)
    parts = (parked.ticket, f"{parked.sop} {parked.version}", parked.title, at)
    return between.join(part for part in parts if part)


def parked_note(parked: Parked, between: str = BETWEEN) -> str:
    """Why a walk is parked, for how long, and how much time a limit that runs leaves."""
    parts = [parked_reason(parked.reason), how_long(parked.seconds)]
    if parked.clock is not None:
        from sopguide.desk.countdown import brief, left

        parts.append(brief(parked.clock) if between == BETWEEN else left(parked.clock))
    return between.join(parts)


def period(written: str) -> str:
    """A length of time as an author writes it, `10bd`, in words: `10 business days`."""
    return " ".join(map(_in_words, written.split()))


def _in_words(part: str) -> str:
    unit = part.lstrip("0123456789")
    number = part.removesuffix(unit)
    if unit not in _PERIODS or not number:
        return part
    one, more = _PERIODS[unit]
    said = one if number == "1" else more
    return _(said).format(n=number)


def how_long(seconds: float) -> str:
    """A time in its two greatest units."""
    whole = max(0, int(seconds)) // 60
    if whole < _HOUR:
        return _("{n} min").format(n=whole)
    if whole < _DAY:
        return _("{h} h {m} min").format(h=whole // _HOUR, m=whole % _HOUR)
    return _("{d} d {h} h").format(d=whole // _DAY, h=whole % _DAY // _HOUR)


def clock_time(seconds: float) -> str:
    """Minutes and seconds, `02:41`."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    return f"{minutes:02}:{rest:02}"


def day_line(day: Day, between: str = BETWEEN) -> str:
    """What was done today, on one line."""
    parts = [_("{n} done today").format(n=day.done)]
    if day.median_seconds is not None:
        parts.append(_("median {time}").format(time=clock_time(day.median_seconds)))
    parts.append(_("{n} parked").format(n=day.parked))
    return between.join(parts)
