"""Places in a ticket, `ticket.received`: a helpdesk may give more, but a near miss is a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.graph import codes

if TYPE_CHECKING:
    from sopguide.graph.decision_graph import Path
    from sopguide.graph.report import Reporter

_OWN = (
    "id",
    "subject",
    "body",
    "channel",
    "locale",
    "received",
    "requester.first_name",
    "requester.name",
    "requester.email",
)
_TICKET = "ticket."
_SLIPS = 2
_LONG = 5  # characters: of two short words that differ by a letter, neither need be a slip


def meant(place: str) -> str | None:
    """The ticket's own field that a place misses by a slip; None where it is one, or is another."""
    from rapidfuzz.distance import OSA

    written = place.removeprefix(_TICKET)
    if written in _OWN or len(written) < _LONG:
        return None
    near = {own: OSA.distance(written.casefold(), own) for own in _OWN if len(own) >= _LONG}
    best = min(near, key=near.__getitem__)
    return f"{_TICKET}{best}" if near[best] <= _SLIPS else None


def refuse_slip(place: str, path: Path, report: Reporter) -> None:
    """Tell of a place that is nearly a field of every ticket."""
    if own := meant(place):
        headline = f"`{place}` is no field of tickets, and nearly one"
        report.error(codes.WRONG_VALUE, report.span(path), headline, f"did you mean `{own}`?")
