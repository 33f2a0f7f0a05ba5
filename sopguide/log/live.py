"""The journals that may hold unfinished walks, and what they tell of such a walk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.log.locks import is_held
from sopguide.log.private import read_private
from sopguide.log.protocol import Unfinished
from sopguide.log.reading import read_journal
from sopguide.walk.events import WALK_SUSPENDED

if TYPE_CHECKING:
    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder
    from sopguide.log.reading import History, Reading


def read_live(folder: DataFolder, damages: list[Damage]) -> list[Reading]:
    """Every such journal; what cannot be read goes to `damages`."""
    readings = [read_journal(path) for path in folder.live_journals()]
    for reading in readings:
        name = reading.path.stem  # what a running process is just writing is no damage
        if reading.damages and not (reading.harmless and is_held(folder.lock(name))):
            damages += reading.damages
    return readings


def tell_unfinished(folder: DataFolder, history: History) -> Unfinished:
    """What is offered to be gone on with."""
    first, last = history.records[0], history.records[-1]
    steps = (record["data"].get("step") for record in reversed(history.records))
    return Unfinished(
        walk=history.walk,
        sop=first["sop"],
        version=first["version"],
        hash=first["hash"],
        started=first["wall"],
        last=last["wall"],
        step=next((step for step in steps if step is not None), None),
        private=read_private(folder, history.walk),
        mode=first["mode"],
        agent=last["agent"],
        left=last["data"].get("reason", "left") if last["type"] == WALK_SUSPENDED else None,
    )
