"""The key by which an organisation names tickets, from the team's store that keeps it.

It goes to those who ship or erase, into their data folder (0600), and is never shown.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from sopguide.log.team.connecting import opened
from sopguide.log.team.faults import TeamError, told
from sopguide.log.ticket_keys import TicketKeys

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.team.connecting import Session


def fetch_key(session: Session) -> bytes:
    """Raises TeamError, for a login that neither ships nor erases, too."""
    with told():
        row = session.execute("SELECT sopguide.ticket_key()").fetchone()
    if row is None or row[0] is None:
        raise TeamError("the team store has no key for tickets: `sopguide db upgrade` makes one")
    return bytes(row[0])


def learn_key(url: str, own: Path) -> None:
    """Keeps it beside the machine's own key, for whoever looks for tickets without shipping any."""
    session, _ = opened(url)
    with closing(session):
        TicketKeys(own).keep(fetch_key(session))
