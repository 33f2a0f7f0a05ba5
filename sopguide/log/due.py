"""What in a log is older than it may be kept: worked out before anything goes."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sopguide.log.acts import act_journals
from sopguide.log.ages import kind_of, mode_kind
from sopguide.log.dayfile import read
from sopguide.log.dayfiles import DayFiles
from sopguide.log.jsontext import loads
from sopguide.log.local import LocalLog
from sopguide.log.parts import is_husk
from sopguide.log.record import ENDINGS
from sopguide.log.remarks import Remarks
from sopguide.log.rewriting import journals
from sopguide.log.steps import content_of, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder
    from sopguide.log.record import Record
    from sopguide.log.remarks import Remark

_WALK = re.compile(rb'"walk":"([^"]{1,200})"')


@dataclass(slots=True)
class Due:
    """What has expired: told before it goes."""

    cutoffs: Mapping[str, int]
    walks: dict[str, str] = field(default_factory=dict)
    """Finished walks, with their kind."""
    known: set[str] = field(default_factory=set)
    """All finished walks there are."""
    tickets: list[str] = field(default_factory=list)
    """Unfinished walks."""
    remarks: list[Remark] = field(default_factory=list)
    acts: list[Path] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many of each kind that is named."""
        found = dict.fromkeys(self.cutoffs, 0)
        kinds = [*self.walks.values(), *(remark.kind for remark in self.remarks)]
        for kind in map(kind_of, kinds):
            found[kind] += 1
        for kind, some in (("tickets", self.tickets), ("acts", self.acts)):
            if kind in found:
                found[kind] = len(some)
        return found


def due(folder: DataFolder, cutoffs: Mapping[str, int], damages: list[Damage]) -> Due:
    """Reads the log, and changes nothing that can be asked for. `cutoffs`: ms UTC, by kind."""
    found = Due(cutoffs)
    for path in DayFiles(folder.walks).all():
        with suppress(FileNotFoundError):
            for walk in read(path, damages):
                found.known.add(walk.walk)
                if _is_past(cutoffs, mode_kind(walk.mode), walk.last):
                    found.walks[walk.walk] = mode_kind(walk.mode)
    for path in journals(folder):
        found.walks.update(_unfolded(path, found))
    found.tickets = [*_left(folder, cutoffs)]
    remarks = Remarks(folder.remarks)
    kept = remarks.all()
    found.remarks = [one for one in kept if _is_past(cutoffs, kind_of(one.kind), one.at)]
    damages += remarks.damages
    if "acts" in cutoffs:
        found.acts = [path for path in act_journals(folder) if _acts_past(path, cutoffs["acts"])]
    return found


def walks_in(content: bytes) -> set[str]:
    """The walks of which records are there that have not expired yet."""
    return {record["walk"] for record in _records(content)}


def names_one_of(content: bytes, walks: AbstractSet[str]) -> bool:
    """Whether a record of one of these walks may be there: a journal is long, and mostly is not."""
    return any(name.decode(errors="replace") in walks for name in _WALK.findall(content))


def _records(content: bytes) -> Iterator[Record]:
    for line in steps_of(content).lines:
        if line.record is not None and not is_husk(line.record):
            yield line.record


def _unfolded(path: Path, found: Due) -> Iterator[tuple[str, str]]:
    """Expired walks that are whole in a journal, and that the finished ones do not have."""
    last: dict[str, Record] = {}
    with suppress(OSError):  # whoever reads the log is told
        content = content_of(path)
        names = {name.decode(errors="replace") for name in _WALK.findall(content)}
        if names <= found.known:
            return
        for record in _records(content):
            if record["walk"] not in found.known:
                last[record["walk"]] = record
    for walk, record in last.items():
        kind = mode_kind(record["mode"])
        if record["type"] in ENDINGS and _is_past(found.cutoffs, kind, record["wall"]):
            yield walk, kind


def _left(folder: DataFolder, cutoffs: Mapping[str, int]) -> Iterator[str]:
    if "tickets" in cutoffs:
        with LocalLog(folder.root, folder.disk) as log:
            for walk in log.unfinished():
                if walk.last < cutoffs["tickets"]:
                    yield walk.walk


def _is_past(cutoffs: Mapping[str, int], kind: str, wall: int) -> bool:
    return kind in cutoffs and wall < cutoffs[kind]


def _acts_past(path: Path, cutoff: int) -> bool:
    with suppress(OSError, ValueError, KeyError, TypeError):
        lines = content_of(path).splitlines()
        return bool(lines) and all(loads(line)["wall"] < cutoff for line in lines)
    return False
