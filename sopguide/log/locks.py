"""Who holds a walk or a journal: locks that the system frees when a process dies.

On the way to the first question every millisecond counts, so flock is
called directly where it exists; filelock, which takes longer to import,
serves the systems without it, and where a lock has to be waited for.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from sopguide.log.faults import LogError
from sopguide.log.files import reported

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from filelock import BaseFileLock


_HAS_FLOCK = os.name == "posix"


class Lock(Protocol):
    """A lock that is held, until it is released or the process ends."""

    def release(self, *, forget: bool = False) -> None:
        """Frees it; `forget` removes its file too.

        Right only where what it guarded has ended for good, so that a late
        comer finds nothing to do.
        """


def hold(path: Path) -> Lock | None:
    """The lock, or None where another holds it. Never waits."""
    return hold_by_flock(path) if _HAS_FLOCK else hold_by_filelock(path)


def is_held(path: Path) -> bool:
    if not path.exists():
        return False
    lock = hold(path)
    if lock is None:
        return True
    lock.release()
    return False


def hold_by_flock(path: Path) -> Lock | None:
    import fcntl

    with reported("open the lock", path):
        fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(fd)
            if isinstance(error, BlockingIOError):
                return None
            raise
    return _Flock(path, fd)


def hold_by_filelock(path: Path) -> Lock | None:
    from filelock import FileLock, Timeout

    lock = FileLock(path, mode=0o600)
    with reported("open the lock", path):
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return None
    return _FileLock(path, lock)


@contextmanager
def waited_for(path: Path, patience: float) -> Iterator[None]:
    """Holds a lock that others hold for moments only; raises LogError after so many seconds."""
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=patience, mode=0o600)
    with reported("lock", path):
        try:
            lock.acquire()
        except Timeout as error:
            raise LogError(f"another process has kept {path} for too long") from error
    try:
        yield
    finally:
        lock.release()


class _Flock:
    def __init__(self, path: Path, fd: int) -> None:
        self._path = path
        self._fd = fd

    def release(self, *, forget: bool = False) -> None:
        if forget:
            with suppress(OSError):
                self._path.unlink()
        os.close(self._fd)


class _FileLock:
    def __init__(self, path: Path, lock: BaseFileLock) -> None:
        self._path = path
        self._lock = lock

    def release(self, *, forget: bool = False) -> None:
        self._lock.release()
        if forget:
            with suppress(OSError):
                self._path.unlink()
