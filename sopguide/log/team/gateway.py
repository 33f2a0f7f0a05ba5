"""What a gateway may ship: walks of people whom its vendor has registered, and nobody else's.

The server refuses anything else. So that one unknown name does not keep the others waiting, what is
not to be shipped yet is held back here, journal by journal, and is sent when it is: an admin adds a
person, and the next shipping brings what they walked. Acts of the machine are the gateway's own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.log.faults import Damage
from sopguide.log.team.faults import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.log.team.connecting import Session
    from sopguide.log.team.outbox import Parcel

GATEWAY = "gateway"
_KNOWN = "SELECT sopguide.known_agents(%s)"
_ACT = "log."


class Gateway:
    """The vendor for whose people a login ships, and what had to be held back."""

    def __init__(self, vendor: str) -> None:
        self._vendor = vendor
        self._known: dict[str, bool] = {}
        self.held: dict[str, Damage] = {}
        """By journal: from where on, and why."""

    def ready(self, session: Session, batch: list[Parcel]) -> list[Parcel]:
        """Those that may be sent. Raises TeamError."""
        self._ask(session, batch)
        return [*self._ready(batch)]

    def _ready(self, batch: list[Parcel]) -> Iterator[Parcel]:
        for parcel in batch:
            why = None if parcel.journal in self.held else self._fault(parcel)
            if why is not None:
                self.held[parcel.journal] = Damage(parcel.journal, parcel.place, why)
            if parcel.journal not in self.held:
                yield parcel

    def _fault(self, parcel: Parcel) -> str | None:
        record = parcel.record
        agent, vendor = record["agent"], record["vendor"]
        if record["type"].startswith(_ACT) or agent is None:
            return None
        if vendor != self._vendor:
            return f"waits: it is of {vendor}, and this gateway ships for {self._vendor}"
        if not self._known[agent]:
            add = f"`sopguide db user add {agent} --vendor {vendor} --no-login`"
            return (
                f"waits: the team store knows no agent `{agent}` of {vendor}: an admin adds {add}"
            )
        return None

    def _ask(self, session: Session, batch: list[Parcel]) -> None:
        """About the names that were not asked about in this run."""
        names = {str(parcel.record["agent"]) for parcel in batch} - self._known.keys()
        if names:
            with told():
                row = session.execute(_KNOWN, [sorted(names)]).fetchone()
            known = {*row[0]} if row else set()
            self._known.update({name: name in known for name in names})
