"""What only the agent may see of a walk in progress: the ticket's id and text.

It lies apart from the events, is never shipped, and is gone when the walk has
ended. Its file doubles as the sign that a walk is not yet among the finished
ones, so it is removed last.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sopguide.log.files import NEW, remove, replace
from sopguide.log.jsontext import dumps, loads
from sopguide.log.regular import read_regular

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.folder import DataFolder


def keep_private(folder: DataFolder, walk: str, private: dict[str, Any]) -> None:
    replace(folder.private(walk), dumps(private), folder.disk)


def read_private(folder: DataFolder, walk: str) -> dict[str, Any]:
    """What was kept; empty where it is damaged: the walk goes on without it."""
    try:
        private = loads(read_regular(folder.private(walk)))
    except (OSError, ValueError):
        return {}
    return private if isinstance(private, dict) else {}


def is_open(folder: DataFolder, walk: str) -> bool:
    return folder.private(walk).exists()


def open_walks(folder: DataFolder) -> set[str]:
    return {path.stem for path in folder.open.glob("*.json")}


def half_kept(folder: DataFolder) -> list[Path]:
    """What `keep_private` was about to put in place, unless it is doing so just now."""
    return list(folder.open.glob(f".*{NEW}"))


def walk_of(half: Path) -> str:
    return half.name[1:].partition(".json.")[0]


def forget_private(folder: DataFolder, walk: str) -> None:
    remove(folder.private(walk), folder.disk)


def empty_private(folder: DataFolder, walk: str) -> None:
    """Takes the content away but leaves the sign: the walk ended, its folding did not work."""
    with suppress(OSError):
        fd = folder.disk.open(folder.private(walk), os.O_WRONLY)
        try:
            folder.disk.truncate(fd, 0)
        finally:
            folder.disk.close(fd)
