"""Journals and files of finished walks changed afterwards, each replaced as a whole under its lock.

Only what the chain allows is changed: parts are taken out of records (`parts.py`), never edited.
Whoever is killed meanwhile leaves each file either as it was or as it shall be.
"""

from __future__ import annotations

import gzip
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.dayfile import put, read
from sopguide.log.dayfiles import DayFiles
from sopguide.log.document import make_document
from sopguide.log.faults import Damage
from sopguide.log.files import NEW, remove, replace, reported
from sopguide.log.jsontext import dumps, loads_line
from sopguide.log.locks import hold, waited_for
from sopguide.log.record import bare, fault_in
from sopguide.log.steps import GZIP, content_of, name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sopguide.log.document import WalkDoc
    from sopguide.log.folder import DataFolder
    from sopguide.log.record import Record

    Change = Callable[[Record], Record]

UNREAD = "a line that cannot be read may hold what is to go: `sopguide log repair`, then again"
PATIENCE = 30.0  # seconds to wait for another process's fold


class Changed(NamedTuple):
    """What was found to be changed in a journal."""

    content: bytes
    records: list[Record]
    """Those that are changed, as they were."""
    unread: int = 0
    """Lines that cannot be read although what is looked for may stand in them."""


def journals(folder: DataFolder) -> list[Path]:
    """Every journal of walks, the oldest first."""
    return [*folder.done_journals(), *folder.live_journals()]


def change_content(content: bytes, change: Change, needle: bytes = b"") -> Changed:
    """`change` gives back the record itself where it stays as it is."""
    if needle not in content:
        return Changed(content, [])
    lines, found, unread = content.split(b"\n"), [], 0
    for place, line in enumerate(lines):
        if not line or needle not in line:
            continue
        try:
            record = loads_line(line)
        except ValueError:
            unread += 1
            continue
        if fault_in(record):
            continue
        new = change(record)
        if new is not record:
            found.append(record)
            lines[place] = dumps(new)
    return Changed(b"\n".join(lines), found, unread)


def change_journal(
    folder: DataFolder, path: Path, change: Change, needle: bytes, damages: list[Damage]
) -> bool:
    """Durable on return. False where a running process writes it: nothing was done then."""
    lock = hold(folder.lock(name_of(path)))
    if lock is None:
        return False
    try:
        for left in path.parent.glob(f".{path.name}.*{NEW}"):  # of a process that was killed
            remove(left, folder.disk)
        path = wherever(folder, path)
        if path.exists():
            with reported("read", path):
                changed = change_content(content_of(path), change, needle)
            if changed.records:
                replace_journal(folder, path, changed.content)
            if changed.unread:
                damages.append(Damage(str(path), None, UNREAD))
    finally:
        lock.release(forget=path.parent != folder.journals)
    return True


def wherever(folder: DataFolder, path: Path) -> Path:
    """Where a journal is that is held: it may have been put away since it was listed."""
    put_away = folder.done / path.name
    return put_away if not path.exists() and put_away.exists() else path


def replace_journal(folder: DataFolder, path: Path, content: bytes) -> None:
    """Puts another content in place; a compacted journal stays compact."""
    packed = gzip.compress(content, mtime=0) if path.suffix == GZIP else content
    replace(path, packed, folder.disk)


def changed_documents(
    folder: DataFolder, change: Change, needle: bytes, damages: list[Damage]
) -> Iterator[tuple[Path, list[WalkDoc]]]:
    """The files of finished walks in which some change, with these as they will be."""
    for path in DayFiles(folder.walks).all():
        with suppress(FileNotFoundError):
            walks = [change_document(walk, change) for walk in read(path, damages, needle)]
            if found := [walk for walk in walks if walk is not None]:
                yield path, found


def change_document(walk: WalkDoc, change: Change) -> WalkDoc | None:
    """The document of the changed records, as the journals would give it; None: it stays."""
    records = list(walk.records())
    new = [change(record) for record in records]
    if all(after is before for after, before in zip(new, records, strict=True)):
        return None
    return make_document(walk.walk, [bare(dict(record)) for record in new])


def change_documents(
    folder: DataFolder, change: Change, needle: bytes, damages: list[Damage]
) -> None:
    """Durable on return; a damaged file is left as it is, and told."""
    with waited_for(folder.lock("walks"), PATIENCE):
        for left in folder.walks.glob(f"????-??/.*{NEW}"):
            remove(left, folder.disk)
        for path, walks in [*changed_documents(folder, change, needle, damages)]:
            try:
                put(path, walks, folder.disk)
            except ValueError as error:
                damages.append(Damage(str(path), None, str(error)))
