"""Kinds of what the log keeps, and until when each is kept: pure.

Months and years are those of the calendar, as everywhere in a library.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sopguide.facts.times import add_months

if TYPE_CHECKING:
    from collections.abc import Mapping

KINDS = ("walks", "drills", "tests", "tickets", "notes", "feedback", "acts")

_OF_MODE = {"live": "walks", "drill": "drills", "test": "tests"}
_MONTHS = {"m": 1, "y": 12}
_EVER = 0  # 1970: nothing that is kept is older
_DAYS = {"h": 1 / 24, "d": 1, "w": 7}


def mode_kind(mode: str) -> str:
    """The kind of a finished walk."""
    return _OF_MODE.get(mode, "walks")


def kind_of(name: str) -> str:
    """The kind of a remark, as the library names it."""
    return "notes" if name == "note" else name


def cutoffs(retention: Mapping[str, Mapping[str, Any]], now: datetime) -> dict[str, int]:
    """By kind that is named: what is older, in ms UTC, has expired."""
    return {kind: _before(now, told["keep"]) for kind, told in retention.items()}


def _before(now: datetime, keep: str) -> int:
    number, unit = int(keep[:-1]), keep[-1]
    here = now.astimezone(UTC)
    try:
        if unit in _MONTHS:
            day = add_months(here.date(), -number * _MONTHS[unit])
            moment = datetime.combine(day, here.timetz())
        else:
            moment = here - timedelta(days=number * _DAYS[unit])
    except (ValueError, OverflowError):  # before the year 1
        return _EVER
    return max(_EVER, int(moment.timestamp() * 1000))
