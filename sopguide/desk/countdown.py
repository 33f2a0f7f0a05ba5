"""What the desk says about time limits: how much is left, how soon it is short, that it is over.

A sign and a word say it besides any colour. Which limits there are, and when they run out, is the
walk's affair; the words are for the header, the ticket's zone and `--plain` alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.messages import N_, _
from sopguide.walk.clocks import NO_DATE, NO_TIME, NOT_IN_TICKET, NOT_KNOWN
from sopguide.walk.countdown import MISSED, RUNNING, STOPPED, WARNING, Countdown

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["MISSED", "RUNNING", "STOPPED", "WARNING", "Countdown"]

SIGN = "⏱"
_MARKS = {RUNNING: "", WARNING: "! ", MISSED: "!! ", STOPPED: "? "}
_RECEIVED = "ticket.received"
_MISSING = {
    NOT_IN_TICKET: N_("nothing at {name} in the ticket"),
    NO_TIME: N_("{name} in the ticket is no date or time"),
    NOT_KNOWN: N_("{name} is not known yet"),
    NO_DATE: N_("the date lies beyond the calendar"),
}
_HOUR, _DAY = 3600, 86_400
_IN_DAYS = 3 * _DAY
"""From how much on hours are counted in days."""


def nearest(clocks: Iterable[Countdown]) -> Countdown | None:
    """The clock that runs out first, or has; one that is stopped only where no other runs."""
    return next(iter(clocks), None)


def span(seconds: float) -> str:
    """A length of time in two units: `47h 12m`, `29d 4h`, `12m`."""
    whole = int(abs(seconds))
    if whole >= _IN_DAYS:
        days, hours = whole // _DAY, whole % _DAY // _HOUR
        return _("{days}d {hours}h").format(days=days, hours=hours)
    hours, minutes = whole // _HOUR, whole % _HOUR // 60
    if not hours:
        return _("{minutes}m").format(minutes=minutes)
    return _("{hours}h {minutes}m").format(hours=hours, minutes=minutes)


def brief(one: Countdown) -> str:
    """A clock in a few characters: `⏱ 47h 12m`, `⏱ ! 5h 2m left`, `⏱ !! missed by 12m`."""
    return f"{SIGN} {_MARKS[one.state]}{_short(one)}"


def mark(one: Countdown) -> str:
    """The sign alone, for a column of its own."""
    return f"{SIGN} {_MARKS[one.state]}".rstrip()


def left(one: Countdown) -> str:
    """How much time there is, or why nobody can say."""
    if one.state == STOPPED:
        return missing(one)
    said = _("missed by {time}") if one.state == MISSED else _("{time} left")
    return said.format(time=span(one.left_seconds or 0))


def missing(one: Countdown) -> str:
    """What there is none of, where a clock does not run."""
    if one.missing is None:
        return ""
    why, name = one.missing
    if why == NOT_IN_TICKET and name == _RECEIVED:
        return _("no time of receipt in the ticket")
    return _(_MISSING[why]).format(name=name)


def in_full(one: Countdown) -> str:
    """A clock in a line: what, how much time, until when, on whose authority."""
    title, time = one.title, left(one)
    if one.due is None:
        text = _("{title}: {time}").format(title=title, time=time)
    else:
        due = f"{one.due.astimezone():%Y-%m-%d %H:%M}"
        text = _("{title}: {time}, due {due}").format(title=title, time=time, due=due)
    return text if one.authority == title else f"{text} ({one.authority})"


def _short(one: Countdown) -> str:
    if one.state == RUNNING:
        return span(one.left_seconds or 0)
    return _("not running") if one.state == STOPPED else left(one)
