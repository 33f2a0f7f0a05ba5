"""Walks that nobody finished and nobody is walking, ended by the log's own acts."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from sopguide.log.faults import LogError
from sopguide.log.identity import current_identity
from sopguide.log.local import LocalLog
from sopguide.walk.events import WALK_ABANDONED, Event, Moment

if TYPE_CHECKING:
    from sopguide.log.folder import DataFolder


def abandon(
    folder: DataFolder, walks: frozenset[str], reason: str, agent: str | None = None
) -> None:
    """Ends those of these walks that can be, durably; `agent`: who does. Their tickets go."""
    with LocalLog(folder.root, folder.disk) as log:
        for walk in log.unfinished():
            if walk.walk in walks:
                at = Moment(time.time_ns() // 1_000_000, time.monotonic_ns() // 1_000_000)
                with suppress(LogError):  # somebody took it up meanwhile: it is held then
                    recorder = log.reopen(walk.walk, agent or current_identity().agent)
                    recorder.close([Event(WALK_ABANDONED, {"reason": reason}, at)])
