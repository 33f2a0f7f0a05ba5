"""What a data folder has that its store has not: the lines of the journals past their offsets.

Only whole steps leave the machine: a step that is just being written, or was cut off, was never
acknowledged to anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.faults import Damage
from sopguide.log.steps import GZIP, content_of, name_of, steps_of
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

    def waiting(self, offsets: Offsets) -> int:
        """How many bytes have not been acknowledged; compacted journals count as they lie."""
        return sum(
            max(0, path.stat().st_size - (offset.size if _is_plain(path) else 0))
            for path, offset in self._journals(offsets)
        )

    def parcels(self, offsets: Offsets) -> Iterator[Parcel]:
        """In the order in which the journals were begun."""
        for path, offset in self._journals(offsets):
            try:
                content = content_of(path)
            except FileNotFoundError:
                continue  # it was put away just now: the next time it is found there
            except OSError as error:
                self.damages.append(Damage(str(path), None, f"cannot be read: {error}"))
                continue
            yield from self._steps(path, content, offset)
            if path.parent == self._folder.done:
                self.ended.append(name_of(path))

    def _journals(self, offsets: Offsets) -> list[tuple[Path, Offset]]:
        paths = [*self._folder.done_journals(), *self._acts(), *self._folder.live_journals()]
        found = ((path, offsets.of(name_of(path))) for path in paths)
        return [(path, offset) for path, offset in found if not offset.whole]

    def _acts(self) -> list[Path]:
        return sorted((self._folder.journals / "acts").glob("*.jsonl"))

    def _steps(self, path: Path, content: bytes, offset: Offset) -> Iterator[Parcel]:
        size = _end_of(content, offset.lines)
        for line in steps_of(content[size:]).lines:
            number = offset.lines + line.number
            size += len(line.text) + 1
            if line.record is not None:
                after = Offset(number, size)
                yield Parcel(name_of(path), number, line.text, line.record, after)
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


def _is_plain(path: Path) -> bool:
    return path.suffix != GZIP


def remarks_named(parcels: list[Parcel]) -> list[str]:
    """The remarks that these events tell of."""
    data: Iterator[dict[str, Any]] = (parcel.record["data"] for parcel in parcels)
    return [str(told["remark"]) for told in data if "remark" in told]
