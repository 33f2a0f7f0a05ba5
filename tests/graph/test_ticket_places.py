from __future__ import annotations

import pytest

from sopguide.graph.ticket_places import meant
from tests.building import SOP, found

SOP_TEXT = """\
start: one
clock: {limit: 1d, from: ticket.recieved, authority: Law}
facts:
  name: {type: text, from: ticket.requester.firstname, ask: Who?}
steps:
  one: {ask: Which?, fact: name, go: done}
  done: {end: resolved, macro: done, label: done}
"""


def test_a_slip_in_a_field_of_every_ticket_is_told_where_it_stands() -> None:
    told = found({SOP: SOP_TEXT})
    assert sum("did you mean" in one or "nearly one" in one for one in told) == 2
    assert (
        f"{SOP}:2:26: error[SOP209] `ticket.recieved` is no field of tickets, and nearly one"
        in [one.partition("\n")[0] for one in told]
    )


@pytest.mark.parametrize(
    ("place", "own"),
    [
        ("ticket.recieved", "ticket.received"),
        ("ticket.Received", "ticket.received"),
        ("ticket.chanel", "ticket.channel"),
        ("ticket.requester.firstname", "ticket.requester.first_name"),
        ("ticket.received", None),
        ("ticket.requester.email", None),
        ("ticket.country", None),
        ("ticket.created", None),
        ("ticket.data", None),
        ("ticket.lang", None),
    ],
)
def test_what_a_helpdesk_gives_besides_is_its_own_affair(place: str, own: str | None) -> None:
    assert meant(place) == own
