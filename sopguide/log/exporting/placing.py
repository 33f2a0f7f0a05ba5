"""What is exported is put in place when it is whole, and is its owner's alone (0600, 0700).

It is written beside its name, under a name with a dot that says it is not finished. An export
that is interrupted or fails leaves nothing behind; one that is killed leaves only that.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from sopguide.log.faults import LogError
from sopguide.log.files import SYSTEM_DISK, beside, open_new, replacing, reported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUFFER = 1 << 20


@contextmanager
def placed_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write, which takes the place of what is there when all went well.

    A pipe or a device is written to, not replaced; neither is a link, but what it leads to.
    """
    if path.is_symlink():
        path = path.resolve()
    if path.exists() and not path.is_file():
        with reported("write", path), path.open("wb", buffering=_BUFFER) as file:
            yield file
        return
    with replacing(path) as new, os.fdopen(open_new(new), "wb", buffering=_BUFFER) as file:
        yield file
        file.flush()
        SYSTEM_DISK.sync(file.fileno())


@contextmanager
def placed_folder(path: Path) -> Iterator[Path]:
    """A folder to fill; one that is there already must be empty."""
    new = beside(path)
    with reported("write", path):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise LogError(f"{path} is there already and not empty: name another folder")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        try:
            yield new
            _sync_all(new)
            SYSTEM_DISK.rename(new, path)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
        SYSTEM_DISK.sync_folder(path.parent)


def _sync_all(folder: Path) -> None:
    """Every file and name below a folder, safe from a loss of power."""
    for path in (*folder.rglob("*"), folder):
        if path.is_dir():
            SYSTEM_DISK.sync_folder(path)
            continue
        with path.open("rb") as file:
            SYSTEM_DISK.sync(file.fileno())
