"""Walks that were left before their end, as the desk lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

GIVEN_UP = "given-up"
"""Why a walk was abandoned, as its events say it: the agent decided so."""


class Parked(NamedTuple):
    """A walk that was left before its end."""

    walk: str
    sop: str
    version: str
    title: str
    ticket: str | None
    step: str
    started: datetime
    last: datetime
