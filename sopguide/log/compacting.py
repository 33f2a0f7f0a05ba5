"""Old journals made small: the same bytes, compressed, in `journals/done/`.

The compressed copy is read back before the original goes, and the original goes last, so that a
reader finds every journal at every moment. Journals that are still in use are left alone.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from sopguide.log.faults import LogError
from sopguide.log.files import NEW, remove, replace, reported
from sopguide.log.locks import hold
from sopguide.log.regular import read_regular

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.folder import DataFolder

OLD = 30 * 86_400
"""Seconds after which a journal is compacted by itself."""


class Compacted(NamedTuple):
    """How many journals were compacted, and their bytes before and after."""

    journals: int = 0
    before: int = 0
    after: int = 0


def compact(folder: DataFolder, most: int | None = None, age: float = 0) -> Compacted:
    """Compacts the journals of which every walk is folded and that began so many seconds ago.

    One process at a time does; another leaves it to that one.
    """
    found = Compacted()
    paths = compactable(folder, age)[:most]
    lock = hold(folder.lock("compacting")) if paths else None
    if lock is None:
        return found
    try:
        for path in paths:
            if path.exists():
                before, after = _compact(path, folder)
                found = Compacted(found.journals + 1, found.before + before, found.after + after)
        for left in folder.done.glob(f".*{NEW}"):
            remove(left, folder.disk)  # its process was killed
    finally:
        lock.release(forget=True)
    return found


def compactable(folder: DataFolder, age: float = 0) -> list[Path]:
    """The oldest first. A journal's name begins with when it did."""
    latest = time.strftime("%Y%m%dT%H%M%S", time.gmtime(time.time() - age))
    return [path for path in sorted(folder.done.glob("*.jsonl")) if not age or path.name < latest]


def _compact(path: Path, folder: DataFolder) -> tuple[int, int]:
    import gzip

    with reported("read", path):
        content = read_regular(path)
    small = gzip.compress(content, mtime=0)
    if gzip.decompress(small) != content:  # pragma: no cover  (memory or library at fault)
        raise LogError(f"{path} is left as it is: compressed, it reads differently")
    replace(path.with_name(f"{path.name}.gz"), small, folder.disk)
    remove(path, folder.disk)
    return len(content), len(small)
