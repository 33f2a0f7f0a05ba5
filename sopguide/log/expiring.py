"""What is older than it may be kept goes, by kind; chains hold all the same.

A finished walk that has expired is dropped from the finished walks, and of its records every part
that can be taken out is: what stays has neither agent, ticket nor data, is no walk any more, and
keeps the chain whole. Where all walks of a journal have expired, one line of it is left, which says
how long the journal was and where its chain stood. Notes and feedback are deleted. A walk that
nobody finished is abandoned, with the reason `expired`, and the ticket's text goes with that.

Journals go before finished walks, so that whoever is killed leaves nothing that is not found again.
What a running process still writes, and what does not hold against its chain, is left and told.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sopguide.log.abandoning import abandon
from sopguide.log.acts import EXPIRED, record_act
from sopguide.log.chain import anchor, first_head
from sopguide.log.checking import check
from sopguide.log.dayfile import drop
from sopguide.log.dayfiles import DayFiles
from sopguide.log.due import names_one_of, walks_in
from sopguide.log.faults import Damage
from sopguide.log.files import reported
from sopguide.log.locks import hold, waited_for
from sopguide.log.parts import PARTS, without
from sopguide.log.remarks import Remarks
from sopguide.log.rewriting import PATIENCE, change_content, journals, replace_journal, wherever
from sopguide.log.steps import content_of, content_wherever, name_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from sopguide.log.due import Due
    from sopguide.log.folder import DataFolder
    from sopguide.log.record import Record

ABANDONED_AS = "expired"
"""The reason with which an unfinished walk is abandoned."""

LOCK = "expiring"
"""Held from the first journal to the last finished walk."""

_RUNNING = "is being written by a running process: what has expired in it is left for the next time"
_UNSOUND = (
    "does not hold against its chain, so what has expired in it is left: `sopguide log verify`"
)


def expire(folder: DataFolder, found: Due, damages: list[Damage]) -> None:
    """Durable on return, and can be done again. That it is done is recorded before. LogError."""
    with waited_for(folder.lock(LOCK), PATIENCE):
        _expire(folder, found, damages)


def _expire(folder: DataFolder, found: Due, damages: list[Damage]) -> None:
    record_act(folder, EXPIRED, found.counts(), disk=folder.disk)
    abandon(folder, frozenset(found.tickets), ABANDONED_AS)
    with waited_for(folder.lock("compacting"), PATIENCE):
        left: set[str] = set()
        for path in journals(folder):
            left |= _expire_journal(folder, path, found.walks.keys(), damages)
        for path in found.acts:
            _expire_journal(folder, path, None, damages)
    gone = found.walks.keys() - left
    with waited_for(folder.lock("walks"), PATIENCE):
        for path in DayFiles(folder.walks).all():
            try:
                drop(path, gone, folder.disk)
            except ValueError as error:
                damages.append(Damage(str(path), None, str(error)))
    remarks = Remarks(folder.remarks, folder.disk)
    for remark in found.remarks:
        remarks.drop(remark)


def _expire_journal(
    folder: DataFolder, path: Path, expired: AbstractSet[str] | None, damages: list[Damage]
) -> set[str]:
    """The walks that had to be left. `expired`: None for all of them."""
    with reported("read", path):
        content = content_wherever(path)
    if expired is not None and not names_one_of(content, expired):
        return set()
    walks = walks_in(content)
    going = walks if expired is None else walks & expired
    lock = hold(folder.lock(name_of(path))) if going else None
    if lock is None:
        if going:
            damages.append(Damage(str(path), None, _RUNNING, harmless=True))
        return going
    try:
        path = wherever(folder, path)
        content = content_of(path)
        checked = check(name_of(path), content)
        if checked.bad is not None:
            damages.append(Damage(str(path), checked.bad.line, _UNSOUND))
            return going
        if going == walks:
            chain = checked.chain or first_head(name_of(path)).hex()
            content = anchor(name_of(path), checked.records, chain, time.time_ns() // 1_000_000)
        else:
            content = change_content(content, lambda record: _husk(record, going)).content
        replace_journal(folder, path, content)
    finally:
        lock.release(forget=path.parent != folder.journals)
    return set()


def _husk(record: Record, going: set[str]) -> Record:
    return without(record, PARTS) if record["walk"] in going else record
