"""Words for the desk's codes and figures, the same on screens and in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.messages import N_, _

if TYPE_CHECKING:
    from sopguide.desk.day import Day
    from sopguide.desk.parked import Parked

_PARKED = {
    "waiting": N_("waiting for the customer"),
    "break": N_("break"),
    "handover": N_("hand-over"),
    "left": N_("left"),
}
_HOUR, _DAY = 60, 24 * 60


def parked_reason(code: str) -> str:
    """Why a ticket is parked."""
    return _(_PARKED[code]) if code in _PARKED else code


def parked_line(parked: Parked) -> str:
    """A parked walk on one line."""
    ticket = f"{parked.ticket} · " if parked.ticket else ""
    at = _("at {step}").format(step=parked.step)
    return f"{ticket}{parked.sop} {parked.version} · {parked.title} · {at}"


def parked_note(parked: Parked) -> str:
    """Why a walk is parked, and for how long."""
    return f"{parked_reason(parked.reason)} · {how_long(parked.seconds)}"


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


def day_line(day: Day) -> str:
    """What was done today, on one line."""
    parts = [_("{n} done today").format(n=day.done)]
    if day.median_seconds is not None:
        parts.append(_("median {time}").format(time=clock_time(day.median_seconds)))
    parts.append(_("{n} parked").format(n=day.parked))
    return " · ".join(parts)
