"""What was done with the log itself: exports, imports, erasures, expiries, repairs.

Each act is a record like any other, sealed by a journal of its own, so that it is verified and
shipped like one; no walk belongs to it. Its data tells what and how much, in ids and numbers:
never who or which ticket it was about. Acts stay when an agent or a ticket is erased, for whoever
keeps a log has to be able to show what was done with it; retention of acts is a kind of its own.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from sopguide.log.files import SYSTEM_DISK, private_folder
from sopguide.log.identity import current_identity
from sopguide.log.journal import Journal
from sopguide.log.reading import read_journal
from sopguide.log.record import Header, Stamp, uuid7
from sopguide.walk.events import Event, Moment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sopguide.log.faults import Damage
    from sopguide.log.files import Disk
    from sopguide.log.folder import DataFolder
    from sopguide.log.identity import Identity
    from sopguide.log.record import Record

EXPORTED, IMPORTED, ERASED, EXPIRED = "log.exported", "log.imported", "log.erased", "log.expired"
REPAIRED = "log.repaired"
ACTS = (EXPORTED, IMPORTED, ERASED, EXPIRED, REPAIRED)

_NO_SOP = "-"


def record_act(
    folder: DataFolder,
    act: str,
    data: Mapping[str, Any],
    identity: Identity | None = None,
    disk: Disk = SYSTEM_DISK,
) -> None:
    """Durable on return. Raises LogError, and then it is not recorded.

    `identity`: who did it; the operating system's user, where nothing better is known.
    """
    if act not in ACTS:
        raise ValueError(f"`{act}` is no act")
    wall = time.time_ns() // 1_000_000
    event = Event(act, dict(data), Moment(wall, time.monotonic_ns() // 1_000_000))
    private_folder(folder.acts, disk)
    journal = Journal(folder, disk, folder.acts)
    try:
        journal.append(
            Stamp(uuid7(wall), _header(identity or current_identity())).lines([event], 0)
        )
    finally:
        journal.close(forget=True)


def read_acts(folder: DataFolder, damages: list[Damage]) -> list[Record]:
    """Oldest first; what cannot be read goes to `damages`."""
    found: list[Record] = []
    for path in act_journals(folder):
        reading = read_journal(path)
        damages += reading.damages
        found += reading.records
    return sorted(found, key=lambda record: (record["wall"], record["id"]))


def act_journals(folder: DataFolder) -> list[Path]:
    """The journals of acts, in the order of their beginning."""
    return sorted(folder.acts.glob("*.jsonl"))


def _header(identity: Identity) -> Header:
    return Header(
        mode="live",
        org=identity.org,
        vendor=identity.vendor,
        agent=identity.agent,
        ticket=None,
        sop=_NO_SOP,
        version=_NO_SOP,
        hash=_NO_SOP,
    )
