"""What a ticket would fill in, were it walked by an SOP: shown before the walk is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.facts.values import show
from sopguide.walk.path import TICKET
from sopguide.walk.ticket import read_ticket
from sopguide.walk.view import FactRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.walk.procedure import Procedure


class Known(NamedTuple):
    """The facts that come with a ticket, and what of it does not fit."""

    facts: tuple[FactRow, ...] = ()
    misfits: tuple[str, ...] = ()


def known(ticket: Mapping[str, Any], procedure: Procedure) -> Known:
    """The ticket's own facts and what `from:` finds in it, as this SOP reads them."""
    given = read_ticket(ticket, procedure)
    rows = []
    for key, value in given.facts.items():
        fact = None if ":" in key else procedure.fact_at(key)
        if fact is not None:
            rows.append(FactRow(fact.name, show(value, fact), TICKET))
    named = ticket.get("facts")
    for name, data in named.items() if isinstance(named, dict) else ():
        if name not in procedure.root.facts and isinstance(data, str | int | float):
            rows.append(FactRow(str(name), str(data), TICKET))  # of no use here, but an agent's
    return Known(tuple(rows), tuple(misfit.fault.message for misfit in given.misfits))
