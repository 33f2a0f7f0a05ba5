"""What a desk in a browser may not do, whatever a setting, a library or a fault asks for.

It starts no program and opens no connection; it writes to no file but those of the log and the
cache; it takes no more memory than it was given, and leaves no image of it behind. Once set, the
guard cannot be taken off.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_FORBIDDEN = frozenset(
    {
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
        "os.system",
        "pty.spawn",
        "socket.bind",
        "socket.connect",
        "socket.sendto",
        "subprocess.Popen",
    }
)
_CHANGING = frozenset(
    {"os.link", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate"}
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MIB = 1 << 20


def limit_memory(mebibytes: int) -> None:
    """Past it, memory is refused to this process, and no other suffers."""
    import resource

    most = mebibytes * _MIB
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def keep_in(*folders: Path) -> None:
    """From now on only these folders are written to, and nothing is started."""
    sys.addaudithook(_guard(tuple(os.path.realpath(folder) + os.sep for folder in folders)))


def _guard(roots: tuple[str, ...]) -> Callable[[str, tuple[Any, ...]], None]:
    def inside(path: Any) -> bool:
        if isinstance(path, int):  # open already
            return True
        text = os.path.realpath(os.fsdecode(path))
        return text == os.devnull or text.startswith(roots)

    def check(event: str, given: tuple[Any, ...]) -> None:
        if event == "open":
            path, _mode, flags = given
            if flags & _WRITING and path is not None and not inside(path):
                raise PermissionError("a desk in a browser writes to its log alone")
        elif event in _FORBIDDEN:
            raise PermissionError(f"a desk in a browser may not use {event}")
        elif event in _CHANGING and not inside(given[0]):
            raise PermissionError(f"a desk in a browser may not use {event} there")

    return check
