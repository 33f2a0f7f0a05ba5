"""A disk that refuses some operations, each as a real one does."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from tests.log.power import RecordingDisk

if TYPE_CHECKING:
    from pathlib import Path


class RefusingDisk(RecordingDisk):
    """Refuses so many operations, one after another, from a certain one on.

    On a full disk a write takes a part, and what frees room still works. On a broken one nothing
    works. One that may only be read refuses whatever would change it.
    """

    def __init__(self, error: int, first: int, count: int) -> None:
        super().__init__()
        self._error = error
        self._refused = range(first, first + count)
        self.done = 0

    def _take(self) -> None:
        self.done += 1
        if self.done in self._refused:
            raise OSError(self._error, os.strerror(self._error))

    def open(self, path: Path, flags: int) -> int:
        self._take()
        return super().open(path, flags)

    def write(self, fd: int, data: bytes) -> int:
        try:
            self._take()
        except OSError:
            written = super().write(fd, data[: len(data) // 2])
            if self._error == errno.ENOSPC and written:
                return written
            raise
        return super().write(fd, data)

    def sync(self, fd: int) -> None:
        self._take()
        super().sync(fd)

    def truncate(self, fd: int, size: int) -> None:
        if self._error != errno.ENOSPC:
            self._take()
        super().truncate(fd, size)

    def rename(self, path: Path, to: Path) -> None:
        self._take()
        super().rename(path, to)

    def link(self, path: Path, to: Path) -> None:
        self._take()
        super().link(path, to)

    def unlink(self, path: Path) -> None:
        if self._error != errno.ENOSPC:
            self._take()
        super().unlink(path)

    def make_folder(self, path: Path) -> None:
        self._take()
        super().make_folder(path)

    def sync_folder(self, path: Path) -> None:
        self._take()
        super().sync_folder(path)
