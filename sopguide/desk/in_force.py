"""Whether an SOP may be walked live at a moment: its status, and the dates it is in force."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sopguide.facts.times import find_zone
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.graph.library import Entry


def not_walked_because(entry: Entry, now: datetime) -> str | None:
    """Why a live walk may not begin by status or date; None where it may."""
    if entry.sub_procedure:
        return _("`{sop}` is a part of other SOPs and is not walked by itself").format(sop=entry.id)
    if entry.status != "live":
        told = _("`{sop}` is not live: its status is `{status}`")
        return told.format(sop=entry.id, status=entry.status)
    start, end = _window(entry.effective or {})
    if start and now < start:
        told = _("`{sop}` is not in force before {time}")
        return told.format(sop=entry.id, time=f"{start:%Y-%m-%d %H:%M %Z}")
    if end and now >= end:
        told = _("`{sop}` is no longer in force since {time}")
        return told.format(sop=entry.id, time=f"{end:%Y-%m-%d %H:%M %Z}")
    return None


def _window(effective: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    zone = find_zone(str(effective.get("zone", "UTC")))

    def moment(text: object) -> datetime | None:
        if text is None:
            return None
        at = datetime.fromisoformat(str(text))
        return at if at.tzinfo else at.replace(tzinfo=zone)

    return moment(effective.get("from")), moment(effective.get("until"))
