"""Erasing an agent, or a ticket, from the log of one machine; chain and counts stay whole.

Of an agent's records the name goes, and what they wrote in their own words: notes and feedback. Of
a ticket's walks the ticket goes, its facts, every answer that the agent did not choose or that is a
number or a date; and what was written on these walks. Which steps were taken, and which answers the
agent chose by their ids, stays; so do the walk's times and where it came out: a report counts what
it counted. A walk that nobody finished is abandoned first, with the reason
`erased`, for it cannot be gone on with.

What is to be erased is put down first (`erasures.py`), so that a process that is killed, or a
journal that a running process still writes, only delays it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sopguide.log.faults import Damage
from sopguide.log.files import NEW, remove
from sopguide.log.jsontext import dumps
from sopguide.log.locks import waited_for
from sopguide.log.parts import without
from sopguide.log.regular import read_regular
from sopguide.log.rewriting import (
    PATIENCE,
    UNREAD,
    change_content,
    change_documents,
    change_journal,
    changed_documents,
    journals,
)
from sopguide.log.steps import content_wherever
from sopguide.walk.path import AGENT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from sopguide.log.folder import DataFolder
    from sopguide.log.record import Record
    from sopguide.log.remarks import Remark, Remarks

BY_AGENT, BY_TICKET = "agent", "ticket"
_TIME_DIGITS = 12  # of a UUIDv7
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what is erased: an agent's name, or a ticket's hash, in all that began until `at`.

    `walks`: those that were found for a ticket, whose remarks go.
    """

    by: str
    value: str
    at: int
    walks: frozenset[str] = frozenset()

    @property
    def needle(self) -> bytes:
        """What stands in every line in which something is to be erased."""
        return dumps(self.value)

    def change(self, record: Record) -> Record:
        """The record without what is erased; the same object where there is nothing to erase."""
        if record[self.by] != self.value or _began(record["walk"]) > self.at:
            return record
        return without(record, {"agent"} if self.by == BY_AGENT else _of_the_ticket(record))

    def wrote(self, remark: Remark) -> bool:
        """Whether a remark goes too."""
        if self.by == BY_AGENT:
            return remark.agent == self.value and remark.at <= self.at
        return remark.walk in self.walks


@dataclass(slots=True)
class Extent:
    """What there is to erase: told before it is done, and recorded when it is."""

    walks: set[str] = field(default_factory=set)
    records: int = 0
    documents: int = 0
    remarks: int = 0

    def counts(self) -> dict[str, int]:
        return {
            "walks": len(self.walks),
            "records": self.records,
            "documents": self.documents,
            "remarks": self.remarks,
        }


def extent(folder: DataFolder, remarks: Remarks, subject: Subject, damages: list[Damage]) -> Extent:
    """Reads the whole log, and changes nothing."""
    found = Extent()
    for path in journals(folder):
        try:
            changed = change_content(content_wherever(path), subject.change, subject.needle)
        except OSError as error:
            damages.append(Damage(str(path), None, f"cannot be read: {error}"))
            continue
        found.walks.update(record["walk"] for record in changed.records)
        found.records += len(changed.records)
        if changed.unread:
            damages.append(Damage(str(path), None, UNREAD))
    for _, walks in changed_documents(folder, subject.change, subject.needle, damages):
        found.walks.update(walk.walk for walk in walks)
        found.documents += len(walks)
    known = replace(subject, walks=frozenset(found.walks))
    found.remarks = sum(known.wrote(remark) for remark in remarks.all())
    return found


def erase_from(
    folder: DataFolder, remarks: Remarks, subject: Subject, damages: list[Damage]
) -> list[str]:
    """Durable on return, and can be done again; the journals that running processes still write."""
    change, needle = subject.change, subject.needle
    with waited_for(folder.lock("compacting"), PATIENCE):
        held = [
            path.name
            for path in journals(folder)
            if not change_journal(folder, path, change, needle, damages)
        ]
    change_documents(folder, change, needle, damages)
    for remark in [remark for remark in remarks.all() if subject.wrote(remark)]:
        remarks.drop(remark)
    for left in [*_half_written(folder, subject)]:
        remove(left, folder.disk)
    return held


def _half_written(folder: DataFolder, subject: Subject) -> Iterator[Path]:
    """Remarks that a process was killed over: nobody was told that they are kept."""
    names = (subject.needle, *map(dumps, subject.walks))
    for left in folder.remarks.glob(f"????-??/.*{NEW}"):
        with suppress(FileNotFoundError):
            content = read_regular(left)
            if any(name in content for name in names):
                yield left


def _of_the_ticket(record: Record) -> set[str]:
    """What of a record tells of the ticket."""
    data: Mapping[str, Any] = record["data"]
    return {"ticket", "facts", *_values(data)}


def _values(data: Mapping[str, Any]) -> Iterator[str]:
    """`answer`, unless it is one that the agent chose among those that the SOP offers."""
    answer = data.get("answer")
    told = isinstance(answer, str) and not _ID.fullmatch(answer)
    if data.get("by") != AGENT or told or not isinstance(answer, bool | str | list | None):
        yield "answer"


def _began(walk: str) -> int:
    """When a walk began, by its id; a walk with another kind of id has always been there."""
    try:
        return int(walk.replace("-", "")[:_TIME_DIGITS], 16)
    except ValueError:
        return 0
