"""Files that are private to one user and outlast a loss of power.

Folders are 0700, files 0600. A file is replaced as a whole or not at all.
Every failure of the system is a `LogError` that says what failed where.
"""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from sopguide.log.faults import LogError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW = ".new"  # ends the name of a file that is about to replace another
_FOLDER_MODE = 0o700
_FILE_MODE = 0o600
_OTHERS = 0o077
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}  # FAT has none
# fdatasync spares the file's times; it is missing on macOS and Windows.
_sync = getattr(os, "fdatasync", os.fsync)
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would turn line ends


class Disk(Protocol):
    """Every call that changes the log's files, so that tests can let it fail or lose power.

    What is written is safe when `sync` has returned, and a name (of a new, renamed or removed
    file or folder) when `sync_folder` has.
    """

    def open(self, path: Path, flags: int) -> int: ...
    def write(self, fd: int, data: bytes) -> int: ...
    def sync(self, fd: int) -> None: ...
    def truncate(self, fd: int, size: int) -> None: ...
    def close(self, fd: int) -> None: ...
    def rename(self, path: Path, to: Path) -> None: ...
    def link(self, path: Path, to: Path) -> None: ...
    def unlink(self, path: Path) -> None: ...
    def make_folder(self, path: Path) -> None: ...
    def sync_folder(self, path: Path) -> None: ...


class SystemDisk:
    """The operating system's own."""

    def open(self, path: Path, flags: int) -> int:
        return os.open(path, flags | _BINARY, _FILE_MODE)

    def write(self, fd: int, data: bytes) -> int:
        return os.write(fd, data)

    def sync(self, fd: int) -> None:
        _sync(fd)

    def truncate(self, fd: int, size: int) -> None:
        os.ftruncate(fd, size)

    def close(self, fd: int) -> None:
        os.close(fd)

    def rename(self, path: Path, to: Path) -> None:
        path.replace(to)

    def link(self, path: Path, to: Path) -> None:
        os.link(path, to)

    def unlink(self, path: Path) -> None:
        path.unlink()

    def make_folder(self, path: Path) -> None:
        path.mkdir(mode=_FOLDER_MODE, exist_ok=True)

    def sync_folder(self, path: Path) -> None:
        if os.name == "nt":  # pragma: no cover  (NTFS journals its names, and opens no folder)
            return
        fd = os.open(path, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


SYSTEM_DISK = SystemDisk()


@contextmanager
def reported(action: str, path: Path) -> Iterator[None]:
    """Turns the system's refusal into a LogError that names action and file."""
    try:
        yield
    except OSError as error:
        raise LogError(f"cannot {action} {path}: {error.strerror or error}") from error


def private_folder(path: Path, disk: Disk = SYSTEM_DISK) -> None:
    """Makes the folder where it is missing, durably, and takes everybody else's rights away."""
    with reported("make the folder", path):
        _make(path, disk)
        if path.stat().st_mode & _OTHERS:
            path.chmod(_FOLDER_MODE)


def _make(path: Path, disk: Disk) -> None:
    if path.is_dir():
        return
    if path != path.parent:
        _make(path.parent, disk)
    disk.make_folder(path)
    with suppress(PermissionError):  # a folder that may not be listed cannot be synced
        disk.sync_folder(path.parent)


def tighten(path: Path) -> None:
    """Takes everybody else's rights to a file away."""
    with reported("protect", path):
        if path.stat().st_mode & _OTHERS:
            path.chmod(_FILE_MODE)


def create(path: Path, data: bytes, disk: Disk = SYSTEM_DISK) -> bool:
    """A new file, whole and durable with its name; False where there is one already."""
    new = beside(path)
    with reported("write", path):
        try:
            _fill(new, data, disk)
            _name(new, path, disk)
        except FileExistsError:
            return False
        finally:
            with suppress(OSError):
                disk.unlink(new)
        disk.sync_folder(path.parent)
    return True


def _name(new: Path, path: Path, disk: Disk) -> None:
    """Raises FileExistsError where there is such a file."""
    try:
        disk.link(new, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if path.exists():
            raise FileExistsError from None
        disk.rename(new, path)


def replace(path: Path, data: bytes, disk: Disk = SYSTEM_DISK) -> None:
    """Puts a whole new content in place, durably; a reader sees the old or the new one."""
    with replacing(path, disk) as new:
        _fill(new, data, disk)


@contextmanager
def replacing(path: Path, disk: Disk = SYSTEM_DISK) -> Iterator[Path]:
    """The name under which to write what takes the place of a file, if all goes well."""
    new = beside(path)
    with reported("write", path):
        try:
            yield new
            disk.rename(new, path)
        except BaseException:
            with suppress(OSError):
                disk.unlink(new)
            raise
        disk.sync_folder(path.parent)


def beside(path: Path) -> Path:
    """The name of what is about to replace a file or folder, or is about to be removed."""
    return path.with_name(f".{path.name}.{os.getpid()}{NEW}")


def open_new(path: Path, disk: Disk = SYSTEM_DISK) -> int:
    """A file to write from its beginning, whatever a process that was killed left there."""
    return disk.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)


def _fill(path: Path, data: bytes, disk: Disk) -> None:
    fd = open_new(path, disk)
    try:
        if disk.write(fd, data) != len(data):
            raise OSError(errno.ENOSPC, "the disk took only a part of it")
        disk.sync(fd)
    finally:
        disk.close(fd)


def remove(path: Path, disk: Disk = SYSTEM_DISK) -> None:
    """Removes a file; one that is gone already is no fault."""
    with reported("remove", path), suppress(FileNotFoundError):
        disk.unlink(path)
