"""What a data folder has that its store has not: the lines of the journals past their offsets.

Only what was acknowledged leaves the machine, and nothing of walks that have expired. A step that
was cut off never was; the last one of a walk that somebody is walking may still fail, and be cut
off, so it is left for the next time.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.acts import act_journals
from sopguide.log.faults import Damage
from sopguide.log.locks import is_held
from sopguide.log.parts import is_husk
from sopguide.log.setting_aside import originals_of
from sopguide.log.steps import GZIP, chunks_of, content_of, name_of
from sopguide.log.team.offsets import Offset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sopguide.log.folder import DataFolder
    from sopguide.log.record import Record
    from sopguide.log.team.offsets import Offsets


class Parcel(NamedTuple):
    """One record to ship: its journal, its line there, and where the journal stands after it."""

    journal: str
    place: int
    line: bytes
    record: Record
    after: Offset


class Outbox:
    """Reads what is to be shipped; lines that are no records go to `damages`, and are passed."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self.damages: list[Damage] = []
        self.ended: list[str] = []  # read to the end, and nobody adds to them any more
        self._repaired = originals_of(folder)

    def waiting(self, offsets: Offsets) -> int:
        """How many bytes have not been acknowledged; compacted journals count as they lie."""
        return sum(
            max(0, _size_of(path) - (offset.size if _is_plain(path) else 0))
            for path, offset in self._journals(offsets)
        )

    def parcels(self, offsets: Offsets) -> Iterator[Parcel]:
        """In the order in which the journals were begun."""
        for path, offset in self._journals(offsets):
            held = is_held(self._folder.lock(name_of(path)))
            try:
                content = content_of(path)
            except FileNotFoundError:
                continue  # it was put away just now: the next time it is found there
            except OSError as error:
                self.damages.append(Damage(str(path), None, f"cannot be read: {error}"))
                continue
            parcels = self._steps(path, content, offset)
            yield from self._acknowledged(list(parcels)) if held else parcels
            if path.parent == self._folder.done:
                self.ended.append(name_of(path))

    def _journals(self, offsets: Offsets) -> list[tuple[Path, Offset]]:
        paths = [
            *self._folder.done_journals(),
            *act_journals(self._folder),
            *self._folder.live_journals(),
        ]
        found = ((path, self._offset(offsets, name_of(path))) for path in paths)
        return [(path, offset) for path, offset in found if not offset.whole]

    def _offset(self, offsets: Offsets, journal: str) -> Offset:
        """From the start where it was repaired since: lines that were shipped may be gone."""
        offset, repaired = offsets.of(journal), self._repaired[journal]
        return offset if offset.repaired == repaired else Offset(repaired=repaired)

    def _acknowledged(self, parcels: list[Parcel]) -> list[Parcel]:
        """Of a journal that is being written: without its last step, if that may be just now."""
        if not parcels or not is_held(self._folder.lock(parcels[-1].record["walk"])):
            return parcels
        start = len(parcels) - 1
        while start and parcels[start - 1].record.get("more"):
            start -= 1
        return parcels[:start]

    def _steps(self, path: Path, content: bytes, offset: Offset) -> Iterator[Parcel]:
        size, name = _end_of(content, offset.lines), name_of(path)
        for line in chain.from_iterable(steps.lines for steps in chunks_of(content[size:])):
            number = offset.lines + line.number
            size += len(line.text) + 1
            if line.record is not None and not is_husk(line.record):
                after = Offset(number, size, repaired=offset.repaired)
                yield Parcel(name, number, line.text, line.record, after)
            elif line.fault is not None:
                self.damages.append(Damage(str(path), number, f"not shipped: {line.fault}"))


def _end_of(content: bytes, lines: int) -> int:
    """Where so many lines end; what was taken out of them has made them shorter."""
    place = 0
    for _ in range(lines):
        place = content.find(b"\n", place) + 1
        if not place:
            return len(content)
    return place


def _size_of(path: Path) -> int:
    """Nothing, where it was put away just now."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _is_plain(path: Path) -> bool:
    return path.suffix != GZIP


def remarks_named(parcels: list[Parcel]) -> list[str]:
    """The remarks that these events tell of."""
    data: Iterator[dict[str, Any]] = (parcel.record["data"] for parcel in parcels)
    return [str(told["remark"]) for told in data if "remark" in told]
