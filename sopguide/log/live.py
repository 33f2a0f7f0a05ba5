"""The journals that may hold unfinished walks, and what they tell of such a walk."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.locks import is_held
from sopguide.log.private import is_open, read_private
from sopguide.log.protocol import Unfinished
from sopguide.log.reading import by_walk, merge, read_journal, read_on
from sopguide.walk.events import WALK_SUSPENDED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder
    from sopguide.log.reading import History, Reading
    from sopguide.log.record import Record
    from sopguide.log.store import Store

_Stamp = tuple[int, int, int]


class Found(NamedTuple):
    """What the live journals hold."""

    readings: list[Reading]
    histories: dict[str, History]


class Live:
    """The live journals of a data folder; what did not change since is not read again."""

    def __init__(self, folder: DataFolder, store: Callable[[], Store]) -> None:
        self._folder = folder
        self._store = store
        self._known: dict[Path, tuple[_Stamp, Reading]] = {}
        self._last: tuple[list[Reading], dict[str, History]] = ([], {})

    def look(self, damages: list[Damage]) -> Found:
        """Reads them all; what cannot be read goes to `damages`."""
        known = {path: self._read(path) for path in self._folder.live_journals()}
        self._known = {path: each for path, each in known.items() if each is not None}
        readings = [reading for _, reading in self._known.values()]
        for reading in readings:
            name = reading.path.stem  # what a running process is just writing is no damage
            if reading.damages and not (reading.harmless and is_held(self._folder.lock(name))):
                damages += reading.damages
        if not _same(readings, self._last[0]):
            self._last = (readings, by_walk(readings))
        return Found(readings, {walk: self._whole(each) for walk, each in self._last[1].items()})

    def _read(self, path: Path) -> tuple[_Stamp, Reading] | None:
        """None where it was put away meanwhile: every walk in it has ended."""
        try:
            found = path.stat()
        except OSError:
            return None
        stamp = (found.st_ino, found.st_mtime_ns, found.st_size)
        known = self._known.get(path)
        if known is None or known[0][0] != stamp[0]:
            known = (stamp, read_journal(path))
        elif known[0] != stamp:
            known = (stamp, read_on(known[1]))
        return known if path.exists() else None

    def _whole(self, history: History) -> History:
        """A walk of which only a part is here, since it ended and other parts were put away.

        While journals that share a walk are moved, a process may be killed or the power go. Such a
        walk must not look unfinished. It can be told by its ticket, which is kept until it is
        folded.
        """
        if history.whole and (history.ended or is_open(self._folder, history.walk)):
            return history
        from sopguide.log.document import OPEN

        document = self._store().find(history.walk, []).get(history.walk)
        if document is None or document.status == OPEN:
            return history
        return merge(history.walk, [*history.records, *document.records()], "")


def _same(readings: list[Reading], before: list[Reading]) -> bool:
    return len(readings) == len(before) and all(map(operator.is_, readings, before))


def tell_unfinished(folder: DataFolder, history: History) -> Unfinished:
    """What is offered to be gone on with."""
    return unfinished_of(history.records, read_private(folder, history.walk))


def unfinished_of(records: Sequence[Record], private: dict[str, Any]) -> Unfinished:
    """What a walk's records tell of where it stands."""
    first, last = records[0], records[-1]
    steps = (record["data"].get("step") for record in reversed(records))
    return Unfinished(
        walk=first["walk"],
        sop=first["sop"],
        version=first["version"],
        hash=first["hash"],
        started=first["wall"],
        last=last["wall"],
        step=next((step for step in steps if step is not None), None),
        private=private,
        mode=first["mode"],
        agent=last["agent"],
        left=last["data"].get("reason", "left") if last["type"] == WALK_SUSPENDED else None,
    )
