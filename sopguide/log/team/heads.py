"""The heads that the team's store keeps of journals: nobody who ships can change them there."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from sopguide.log.heads import Head
from sopguide.log.team.connecting import opened
from sopguide.log.team.faults import told

if TYPE_CHECKING:
    from collections.abc import Sequence

_SQL = (
    "SELECT journal, records, chain, (extract(epoch FROM at) * 1000)::bigint"
    " FROM sopguide.heads WHERE journal = ANY(%s)"
)


def team_heads(url: str, journals: Sequence[str]) -> list[Head]:
    """Those of these journals, as far as this login may see them. Raises TeamError."""
    session, _ = opened(url)
    with closing(session), told(), session.cursor() as cursor:
        cursor.execute(_SQL, (list(journals),))
        return [Head(*row) for row in cursor]
