"""Files of the cache: private to one user, written whole or not at all.

What is here can be made anew, so nothing waits for the disk; what must outlast a loss of power is
written by `log/files.py`.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

UNFINISHED = ".tmp"
"""Ends the name of a file that is being written, or that a killed process left."""


def write_whole(place: Path, data: bytes) -> None:
    """Write beside the name, then move there: a reader sees the old content or the new.

    Two processes may do it at once. Raises OSError, and leaves nothing behind.
    """
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix="new-", suffix=UNFINISHED, dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(beside).replace(place)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
