"""Journals read back: every whole step, and what was damaged.

A step that was stored only in part (its process was killed while writing, or
the power went) was never acknowledged, so it is left out. A line that cannot
be read is reported with its place, and the others are served. What is served
is bare of its seal; whoever ships or verifies takes `steps_of`.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.faults import Damage
from sopguide.log.parts import is_husk
from sopguide.log.record import ENDINGS, bare
from sopguide.log.regular import open_regular
from sopguide.log.steps import content_of, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sopguide.log.record import Record
    from sopguide.log.steps import Steps

TORN = "the last step was cut off while it was written; it was never acknowledged"


class Reading(NamedTuple):
    """What one journal holds, in the order of writing."""

    path: Path
    size: int
    records: list[Record]
    damages: list[Damage]
    harmless: bool  # nothing worse than a last step cut off


def read_journal(path: Path) -> Reading:
    try:
        content = content_of(path)
    except OSError as error:
        return Reading(path, 0, [], [_unreadable(path, error)], harmless=False)
    steps = steps_of(content)
    damages = _damages(path, steps)
    records = _records(steps)
    return Reading(path, len(content), records, damages, all(damage.harmless for damage in damages))


def read_on(before: Reading) -> Reading:
    """A journal that was read before; where it has only grown since, only the rest is read."""
    if not before.damages:
        with suppress(OSError), open_regular(before.path) as journal:
            journal.seek(before.size)
            content = journal.read()
            steps = steps_of(content)
            if (
                content
                and steps.torn is None
                and all(line.record is not None for line in steps.lines)
            ):
                size = before.size + len(content)
                return before._replace(size=size, records=[*before.records, *_records(steps)])
    return read_journal(before.path)


def _records(steps: Steps) -> list[Record]:
    """What is told: not what is left of walks that have expired."""
    records = (line.record for line in steps.lines)
    return [bare(record) for record in records if record is not None and not is_husk(record)]


def _unreadable(path: Path, error: OSError) -> Damage:
    return Damage(str(path), None, f"cannot be read: {error}")


def _damages(path: Path, steps: Steps) -> list[Damage]:
    damages = [
        Damage(str(path), line.number, f"cannot be read: {line.fault}")
        for line in steps.lines
        if line.fault is not None
    ]
    if steps.torn is not None:
        damages.append(Damage(str(path), steps.torn, TORN, harmless=True))
    return damages


class History(NamedTuple):
    """All that is known of one walk, from however many journals."""

    walk: str
    records: tuple[Record, ...]  # by seq, dense unless damaged
    damages: tuple[Damage, ...]

    @property
    def whole(self) -> bool:
        """Whether no event is missing, so that it can be replayed."""
        return len(self.records) == 1 + int(self.records[-1]["seq"])

    @property
    def ended(self) -> bool:
        return any(record["type"] in ENDINGS for record in self.records)


def merge(walk: str, records: Iterable[Record], source: str) -> History:
    """By seq. What is there twice counts once; a hole is reported."""
    ordered = sorted(records, key=lambda record: (record["seq"], record["id"]))
    kept: list[Record] = []
    damages: list[Damage] = []
    for record in ordered:
        seq = record["seq"]
        expected = kept[-1]["seq"] + 1 if kept else 0
        if seq == expected:
            kept.append(record)
        elif seq > expected:
            damages.append(Damage(source, None, f"walk {walk}: {_missing(expected, seq)}"))
            kept.append(record)
        elif record["id"] != kept[-1]["id"]:
            damages.append(Damage(source, None, f"walk {walk}: two different events {seq}"))
    return History(walk, tuple(kept), tuple(damages))


def _missing(first: int, after: int) -> str:
    return (
        f"event {first} is missing"
        if after == first + 1
        else (f"events {first} to {after - 1} are missing")
    )


def by_walk(readings: Sequence[Reading]) -> dict[str, History]:
    """Every walk of these journals, in the order in which they began."""
    gathered: dict[str, list[Record]] = {}
    sources: dict[str, str] = {}
    for reading in readings:
        for record in reading.records:
            walk = record["walk"]
            gathered.setdefault(walk, []).append(record)
            sources.setdefault(walk, str(reading.path))
    histories = (merge(walk, records, sources[walk]) for walk, records in gathered.items())
    return {history.walk: history for history in histories}
