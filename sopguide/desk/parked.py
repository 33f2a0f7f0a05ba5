"""Walks that were left before their end, as the desk lists them."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from sopguide.walk.countdown import Countdown

LIVE = "live"
"""The mode of walks at a desk; drills are not parked."""
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
    clock: Countdown | None = None
    """The limit that runs out first meanwhile."""

    @property
    def waits(self) -> bool:
        """Whether somebody else's turn it is: such a one is not offered before it is asked for."""
        return self.reason in _OTHERS

    @property
    def urgency(self) -> tuple[float, float]:
        """What such walks are listed by: a limit that runs out soon first, else the latest."""
        left = self.clock.left_seconds if self.clock else None
        return inf if left is None else left, -self.last.timestamp()
