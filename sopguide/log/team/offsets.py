"""How far each journal has been shipped, and when a store that was away is tried again.

Kept in the data folder, `shipped.json`; only what the store acknowledged is noted. Lost or damaged
it costs one shipping of everything, of which the store takes nothing twice.
"""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.files import replace
from sopguide.log.jsontext import dumps, loads

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.folder import DataFolder

_FIRST_PAUSE = 15.0  # seconds
_LONGEST_PAUSE = 1800.0


class Offset(NamedTuple):
    """Of one journal: the lines and bytes that were acknowledged; `whole`: no more can come.

    `repaired`: how often it had been, for then its lines are others.
    """

    lines: int = 0
    size: int = 0
    whole: bool = False
    repaired: int = 0


@dataclass(slots=True)
class Offsets:
    """The state of shipping from one data folder to one store."""

    store: str = ""
    journals: dict[str, Offset] = field(default_factory=dict)
    failed: int = 0
    """How often in a row it did not work."""
    again: int = 0
    """When the next attempt is due, seconds since 1970."""
    why: str | None = None
    """What the last attempt ended with."""

    def of(self, journal: str) -> Offset:
        return self.journals.get(journal, Offset())

    def serve(self, store: str) -> bool:
        """Another store has got nothing of it yet; whether it is another."""
        another = self.store != store
        if another:
            self.store, self.journals = store, {}
        return another

    def worked(self) -> None:
        self.failed, self.again, self.why = 0, 0, None

    def did_not_work(self, why: str, now: float) -> None:
        """Each time it waits longer, and no two machines equally long."""
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**self.failed)
        self.failed += 1
        self.again = int(now + pause * random.uniform(0.75, 1.25))  # noqa: S311  (no secret)
        self.why = why


def read_offsets(folder: DataFolder) -> Offsets:
    try:
        kept = loads(_place(folder).read_bytes())
        journals = {name: Offset(*each) for name, each in kept["journals"].items()}
        return Offsets(**{**kept, "journals": journals})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Offsets()


def keep_offsets(folder: DataFolder, offsets: Offsets) -> None:
    content: dict[str, Any] = asdict(offsets)
    content["journals"] = {name: list(each) for name, each in offsets.journals.items()}
    replace(_place(folder), dumps(content))


def _place(folder: DataFolder) -> Path:
    return folder.root / "shipped.json"
