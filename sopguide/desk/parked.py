"""Walks that were left before their end, as the desk lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

LEFT = "left"
"""Why a walk was parked: no reason was given."""

_OTHERS = {"waiting", "handover"}

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
    reason: str = LEFT
    """Why, as a code; also where it was cut off."""
    seconds: float = 0.0
    """For how long, when it was listed."""

    @property
    def waits(self) -> bool:
        """Whether somebody else's turn it is: such a one is not offered before it is asked for."""
        return self.reason in _OTHERS
