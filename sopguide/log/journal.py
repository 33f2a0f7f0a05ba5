"""A journal: the record of what one process did, JSON lines, only ever added to.

One write and one fdatasync a step; a step is acknowledged by returning. A
write that fails or falls short is cut off again. After a failed fdatasync the
system may have thrown the data away and say so only once, so it is never
tried again: the journal takes nothing more. Every record is sealed by the
journal's chain, which goes on from the last step that was acknowledged.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from sopguide.log.chain import Chain
from sopguide.log.faults import LogError
from sopguide.log.files import SYSTEM_DISK, Disk, reported
from sopguide.log.locks import hold

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.folder import DataFolder

_ADVICE = "this step is not stored; quit, see to the disk, and resume the walk"


class Journal:
    """Open for adding, locked for as long as the process lives."""

    def __init__(
        self, folder: DataFolder, disk: Disk = SYSTEM_DISK, place: Path | None = None
    ) -> None:
        began = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
        self.name = f"{began}-{os.getpid()}-{os.urandom(4).hex()}"
        place = place or folder.journals
        self.path = place / f"{self.name}.jsonl"
        self.size = 0
        self._chain = Chain(self.name)
        self._disk = disk
        self._broken: str | None = None
        lock = hold(folder.lock(self.name))
        if lock is None:  # pragma: no cover  (the name is random)
            raise LogError(f"the journal {self.name} is in use")
        self._lock = lock
        try:
            with reported("write", self.path):
                self._fd = disk.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND)
                disk.sync_folder(place)
        except LogError:
            lock.release(forget=True)
            raise

    def append(self, lines: bytes) -> None:
        """Seals and stores records; durable on return. Raises LogError, and then none counts."""
        if self._broken is not None:
            raise LogError(f"{self.path} takes no more since {self._broken}: {_ADVICE}")
        sealed = self._chain.seal(lines)
        try:
            written = self._disk.write(self._fd, sealed)
        except OSError as error:
            self._cut()
            raise LogError(self._report(error)) from error
        if written != len(sealed):
            self._cut()
            raise LogError(f"cannot write {self.path}: the disk is full: {_ADVICE}")
        try:
            self._disk.sync(self._fd)
        except OSError as error:
            self._broken = "fdatasync failed"
            self._cut()
            raise LogError(self._report(error)) from error
        self.size += written
        self._chain.acknowledge()

    def close(self, *, forget: bool = False) -> None:
        self._disk.close(self._fd)
        self._lock.release(forget=forget)

    def _report(self, error: OSError) -> str:
        return f"cannot write {self.path}: {error.strerror or error}: {_ADVICE}"

    def _cut(self) -> None:
        try:
            self._disk.truncate(self._fd, self.size)
        except OSError:
            self._broken = "a part of a step could not be cut off"
