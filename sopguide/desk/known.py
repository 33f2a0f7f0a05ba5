"""What a ticket would bring to a walk by an SOP: shown, and sorted by, before it is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.messages import said
from sopguide.walk.clocks import due
from sopguide.walk.countdown import Countdown, countdown
from sopguide.walk.path import TICKET
from sopguide.walk.starting import start
from sopguide.walk.ticket import read_ticket
from sopguide.walk.view import view

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sopguide.walk.events import Moment
    from sopguide.walk.procedure import Procedure
    from sopguide.walk.rows import FactRow


class Known(NamedTuple):
    """The facts that come with a ticket, what of it does not fit, and the clocks that run."""

    facts: tuple[FactRow, ...] = ()
    misfits: tuple[str, ...] = ()
    clocks: tuple[Countdown, ...] = ()

    @property
    def due(self) -> datetime | None:
        """When the first clock runs out."""
        return min((one.due for one in self.clocks if one.due is not None), default=None)


def known(
    procedure: Procedure, ticket: Mapping[str, Any], now: datetime, at: Moment, language: str
) -> Known:
    """What a walk that began now would know, told in a language; nothing is logged."""
    walk = start(procedure, read_ticket(ticket, procedure), now=now, at=at).walk
    seen = view(walk, ticket, language, said)
    facts = tuple(row for row in seen.facts if row.by == TICKET)
    clocks = tuple(countdown(one, now) for one in due(walk, ticket, language))
    return Known(facts, seen.misfits, clocks)
