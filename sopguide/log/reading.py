"""Journals read back: every whole step, and what was damaged.

A step that was stored only in part (its process was killed while writing)
was never acknowledged, so it is left out. A line that cannot be read is
reported with its place, and the others are served.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.faults import Damage
from sopguide.log.record import ENDINGS, read_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from sopguide.log.record import Record

_TORN = "the last step was cut off while it was written; it was never acknowledged"


class Reading(NamedTuple):
    """What one journal holds, in the order of writing."""

    path: Path
    size: int
    records: list[Record]
    damages: list[Damage]
    harmless: bool  # nothing worse than a last step cut off


def read_journal(path: Path) -> Reading:
    try:
        content = path.read_bytes()
    except OSError as error:
        return Reading(
            path, 0, [], [Damage(str(path), None, f"cannot be read: {error}")], harmless=False
        )
    lines = content.split(b"\n")
    tail = lines.pop()
    records: list[Record] = []
    damages: list[Damage] = []
    for number, line in enumerate(lines, 1):
        try:
            records.append(read_record(line))
        except ValueError as error:
            damages.append(Damage(str(path), number, f"cannot be read: {error}"))
    harmless = not damages
    left_out = _leave_out_half_a_step(records)
    if tail or left_out:
        damages.append(Damage(str(path), len(lines) + 1 - left_out, _TORN, harmless=True))
    return Reading(path, len(content), records, damages, harmless)


def _leave_out_half_a_step(records: list[Record]) -> int:
    """Drops the last records where the rest of their step is missing; how many."""
    count = 0
    while records and records[-1].get("more"):
        records.pop()
        count += 1
    for record in records:
        record.pop("more", None)
    return count


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
