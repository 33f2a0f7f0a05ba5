"""Whether an SOP may be walked live at a moment: its status, and the dates it is in force."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sopguide.facts.times import find_zone
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.graph.library import Entry

_DAY = timedelta(days=1)


def not_walked_because(entry: Entry, now: datetime) -> str | None:
    """Why a live walk may not begin by status or date; None where it may."""
    if entry.sub_procedure:
        return _("`{sop}` is a part of other SOPs and is not walked by itself").format(sop=entry.id)
    if entry.status != "live":
        told = _("`{sop}` is not live: its status is `{status}`")
        return told.format(sop=entry.id, status=entry.status)
    start, end = _window(entry.effective or {}, now)
    if start and now < start:
        told = _("`{sop}` is not in force before {time}")
        return told.format(sop=entry.id, time=f"{start:%Y-%m-%d %H:%M %Z}")
    if end and now >= end:
        told = _("`{sop}` is no longer in force since {time}")
        return told.format(sop=entry.id, time=f"{end:%Y-%m-%d %H:%M %Z}")
    return None


def _window(effective: Mapping[str, Any], now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when and until when it is in force; None for what is long past, or far ahead.

    No zone is a day from UTC, so most are not asked for: loading the first one takes its time.
    """
    start, end = (_time(effective.get(name)) for name in ("from", "until"))
    if start and now - _in_zone(start, "UTC") > _DAY:
        start = None
    if end and _in_zone(end, "UTC") - now > _DAY:
        end = None
    zone = str(effective.get("zone", "UTC"))
    return start and _in_zone(start, zone), end and _in_zone(end, zone)


def _time(text: object) -> datetime | None:
    return None if text is None else datetime.fromisoformat(str(text))


def _in_zone(at: datetime, zone: str) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=find_zone(zone))
