"""Shipping while an agent works: in a process of its own, one at a time, never in the walk's way.

The desk only starts it and looks no further: at the beginning, at the end of each walk, at the end,
and when a walk begins a while after the last time; for its people, `sopguide serve` does. What the
process has to say it notes in the data folder, where `sopguide db status` and `sopguide log ship`
tell it. Where no team store is named, nothing of this happens.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from sopguide.log.faults import LogError
from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.locks import hold
from sopguide.log.team.address import find_url, is_named
from sopguide.log.team.offsets import keep_offsets, read_offsets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from sopguide.log.record import Record
    from sopguide.log.recorder import LocalRecorder
    from sopguide.log.team.shipping import Shipped, Show

    Spawn = Callable[[list[str]], int | None]

_A_WHILE = 300.0  # seconds
_LOCK = "ship"


def walk_log(data: Path) -> LocalLog:
    """The log that an agent's walks are recorded in; what it gets is shipped by and by."""
    return ShippingLog(data) if is_named(data) else LocalLog(data)


def ship_now(data: Path, show: Show, *, anew: bool = False, served: bool = False) -> Shipped | None:
    """Ships what is new, or everything; None where another process is at it. Raises TeamError.

    `served`: what several people walked, which only a gateway may ship.
    """
    from sopguide.log.team.offsets import Offsets
    from sopguide.log.team.shipping import Shipper

    folder = DataFolder(data)
    lock = hold(folder.lock(_LOCK))
    if lock is None:
        return None
    try:
        if anew:
            keep_offsets(folder, Offsets())
        return Shipper(folder, find_url(), show, served=served).ship()
    finally:
        lock.release()


def ship_quietly(data: Path, *, served: bool = False) -> None:
    """As the desk's own process does: not before it is time again, and without a word."""
    folder = DataFolder(data)
    if read_offsets(folder).again > time.time():
        return
    with suppress(AttributeError, OSError):
        os.nice(10)
    try:
        ship_now(data, lambda *_: None, served=served)
    except LogError:
        pass  # noted where it happened
    except Exception as fault:  # noqa: BLE001  (nobody else would ever hear of it)
        offsets = read_offsets(folder)
        offsets.did_not_work(f"a fault of sopguide itself: {type(fault).__name__}", time.time())
        keep_offsets(folder, offsets)


class Starter:
    """Starts the process that ships, and knows when it last did."""

    def __init__(self, data: Path, spawn: Spawn | None = None, *, served: bool = False) -> None:
        command = [sys.executable, "-P", "-m", "sopguide", "log", "ship", "--background"]
        self._command = [*command, *(["--served"] if served else []), "--data", str(data)]
        self._spawn = spawn or _spawn
        self._last = -_A_WHILE
        self.child: int | None = None

    def after_a_while(self) -> None:
        if time.monotonic() - self._last >= _A_WHILE:
            self.now()

    def now(self) -> None:
        """Where that is not possible, the next walk tries again."""
        self._last = time.monotonic()
        if self.child is not None:
            with suppress(OSError):
                os.waitpid(self.child, os.WNOHANG)  # else it would stay as a zombie
        with suppress(OSError):
            self.child = self._spawn(self._command)


class ShippingLog(LocalLog):
    """The log of this machine, which sees to it that what it gets is shipped."""

    def __init__(self, data: Path, spawn: Spawn | None = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.starter = Starter(data, spawn)
        self.starter.after_a_while()

    def begin(self, *args: Any, **more: Any) -> LocalRecorder:
        recorder = super().begin(*args, **more)
        self.starter.after_a_while()
        return recorder

    def close(self) -> None:
        super().close()
        self.starter.now()

    def _finish(self, walk: str, records: Sequence[Record]) -> None:
        super()._finish(walk, records)
        self.starter.now()


def _spawn(command: list[str]) -> int | None:
    """Start a process that outlives this one and has nothing of it but its environment."""
    if not hasattr(os, "posix_spawn"):  # pragma: no cover  (Windows)
        import subprocess

        nowhere = subprocess.DEVNULL
        subprocess.Popen(  # noqa: S603  (ours)
            command, stdin=nowhere, stdout=nowhere, stderr=nowhere, creationflags=0x00000008
        )
        return None
    streams = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0o600) for number in range(3)]
    return os.posix_spawn(command[0], command, os.environ, file_actions=streams, setsid=True)
