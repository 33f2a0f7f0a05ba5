"""Keeping the data folder small: what is finished is put away, what was left is removed.

So that looking for unfinished walks stays fast with months of journals, those
that cannot hold one any more move to `journals/done/`.
"""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from sopguide.log.files import NEW, remove, reported
from sopguide.log.locks import hold
from sopguide.log.private import forget_private, half_kept, is_open, open_walks, walk_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sopguide.log.folder import DataFolder
    from sopguide.log.locks import Lock
    from sopguide.log.reading import History, Reading

_SURELY_GONE = 3600  # seconds: nobody takes as long to write a file


def put_away(
    folder: DataFolder, readings: Sequence[Reading], histories: Mapping[str, History]
) -> None:
    """Moves the journals of processes that are gone, once all their walks are folded.

    Journals that share a walk go together: the first part of a walk, left
    alone, would look like an unfinished one.
    """
    for walks, group in _sharing_walks(readings):
        folded = all(histories[walk].ended and not is_open(folder, walk) for walk in walks)
        if folded and all(reading.harmless for reading in group):
            _move_to_done(folder, group)


def _sharing_walks(readings: Sequence[Reading]) -> list[tuple[set[str], list[Reading]]]:
    groups: list[tuple[set[str], list[Reading]]] = []
    for reading in readings:
        walks = {record["walk"] for record in reading.records}
        members = [reading]
        apart = []
        for group in groups:
            if walks & group[0]:
                walks |= group[0]
                members = [*group[1], *members]
            else:
                apart.append(group)
        groups = [*apart, (walks, members)]
    return groups


def _move_to_done(folder: DataFolder, group: Sequence[Reading]) -> None:
    """All or none, oldest first: what a crash leaves behind is the end of a walk, not its start."""
    locks: list[Lock] = []
    moved = False
    try:
        for reading in group:
            lock = hold(folder.lock(reading.path.stem))
            if lock is None:
                return  # its process is running
            locks.append(lock)
        with reported("move", folder.done), suppress(FileNotFoundError):  # another was faster
            if all(reading.path.stat().st_size == reading.size for reading in group):
                folder.disk.sync_folder(folder.open)  # no sign of these walks comes back
                for reading in sorted(group, key=lambda reading: reading.path.name):
                    folder.disk.rename(reading.path, folder.done / reading.path.name)
                    folder.disk.sync_folder(folder.done)
                    folder.disk.sync_folder(folder.journals)
                moved = True
    finally:
        for lock in locks:
            lock.release(forget=moved)


def sweep(folder: DataFolder) -> None:
    """Removes what processes left that were killed while they wrote a file, long ago."""
    latest = time.time() - _SURELY_GONE
    places = (folder.root, folder.forms, folder.erasing, *folder.remarks.glob("????-??"))
    for left in (left for place in places for left in place.glob(f".*{NEW}")):
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < latest:
                remove(left, folder.disk)


def remove_orphans(
    folder: DataFolder,
    histories: Mapping[str, History],
    look_again: Callable[[], Mapping[str, History]],
) -> None:
    """Removes what was kept for walks of which nothing was ever stored.

    With it goes what a process left that was killed while keeping it.
    """
    for path in half_kept(folder):
        lock = hold(folder.lock(walk_of(path)))
        if lock is not None:
            try:
                remove(path, folder.disk)
            finally:
                lock.release()
    for walk in open_walks(folder) - histories.keys():
        lock = hold(folder.lock(walk))
        if lock is not None:
            orphan = False
            try:
                orphan = walk not in look_again()  # it may have begun since
                if orphan:
                    forget_private(folder, walk)
            finally:
                lock.release(forget=orphan)
