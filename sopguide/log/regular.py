"""The bytes of a file that anybody who may write in the data folder can have put there.

Whoever verifies, keeps or reads another person's log must not wait for a pipe that nobody writes
to, nor read a device that has no end, nor what no memory holds: what is no regular file, or one
larger than any that the log makes, is an `OSError`, as a folder is.
"""

from __future__ import annotations

import errno
import os
import stat
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST = 1 << 30
"""Bytes; a journal has some millions."""
_CHUNK = 1 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def read_regular(path: Path) -> bytes:
    """All of it. Raises OSError."""
    with open_regular(path) as file:
        _check_size(os.fstat(file.fileno()).st_size, path)
        return file.read()


def unpacked(packed: bytes, path: Path) -> bytes:
    """What was compressed, from the bytes of this file. Raises OSError."""
    import gzip
    import io
    import zlib

    parts, size = [], 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(packed)) as file:
            while part := file.read(_CHUNK):
                parts.append(part)
                size += len(part)
                _check_size(size, path)
    except (EOFError, zlib.error) as error:
        raise OSError(f"it is no whole gzip file ({error})") from error
    return b"".join(parts)


def open_regular(path: Path) -> IO[bytes]:
    """The file, to be read. Raises OSError."""
    fd = os.open(path, _FLAGS)
    try:
        _check(os.fstat(fd).st_mode, path)
        return os.fdopen(fd, "rb")
    except BaseException:
        os.close(fd)
        raise


def _check(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "is no regular file", str(path))


def _check_size(size: int, path: Path) -> None:
    if size > MOST:
        raise OSError(errno.EFBIG, f"is larger than any file of a log ({MOST:,} bytes)", str(path))
