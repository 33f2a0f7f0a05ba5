"""How it stands with the team's store, and with what this machine has for it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sopguide.log.team.connecting import connect, misfit, schema_of
from sopguide.log.team.offsets import read_offsets
from sopguide.log.team.outbox import Outbox
from sopguide.log.team.people import Person, myself

if TYPE_CHECKING:
    from sopguide.log.folder import DataFolder


@dataclass(frozen=True, slots=True)
class Spool:
    """What waits on this machine."""

    waiting: int
    """Bytes of journals that the store has not acknowledged."""
    failed: int
    """How often in a row shipping did not work."""
    again: int
    why: str | None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What the store tells this login."""

    server: str
    schema: str | None
    fault: str | None
    """Why this program cannot use it."""
    person: Person | None

    def to_json(self) -> dict[str, Any]:
        person = self.person._asdict() if self.person else None
        return {**asdict(self), "person": person}


def spool_of(folder: DataFolder) -> Spool:
    offsets = read_offsets(folder)
    return Spool(Outbox(folder).waiting(offsets), offsets.failed, offsets.again, offsets.why)


def status_of(url: str) -> StoreStatus:
    """Raises TeamError where it cannot be reached."""
    with connect(url) as session:
        version = session.info.server_version
        schema = schema_of(session)
        fault = misfit(schema)
        return StoreStatus(
            server=f"{version // 10000}.{version % 10000}",
            schema=schema,
            fault=fault,
            person=None if fault else myself(session),
        )
