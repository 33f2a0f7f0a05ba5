"""Run as a program: does something to copies of a data folder, killed at each call of the disk.

`python -m tests.log.dying erase|expire FOLDER COPIES`: the copy `COPIES/7` is of a process that was
killed as it began its eighth call. Prints how many were killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from sopguide.log.due import due
from sopguide.log.erasures import go_on
from sopguide.log.expiring import expire
from sopguide.log.files import SystemDisk
from sopguide.log.folder import DataFolder
from tests.log.office import DAY, FIRST_DAY


class Mortal(SystemDisk):
    """A disk whose process is killed at one of the calls that change it."""

    def __init__(self, at: int) -> None:
        self._left = at

    def __getattribute__(self, name: str) -> Any:
        if name in ("open", "write", "sync", "truncate", "rename", "unlink", "sync_folder"):
            self._left -= 1
            if self._left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return super().__getattribute__(name)


def erase(folder: DataFolder) -> None:
    go_on(folder, [])


def expire_old(folder: DataFolder) -> None:
    cutoffs = dict.fromkeys(("walks", "drills", "tests"), FIRST_DAY + 5 * DAY)
    expire(folder, due(folder, cutoffs, []), [])


WAYS = {"erase": erase, "expire": expire_old}


def main(way: str, folder: Path, copies: Path) -> None:
    killed = 0
    while True:
        copy = copies / str(killed)
        shutil.copytree(folder, copy)
        child = os.fork()
        if not child:
            WAYS[way](DataFolder(copy, Mortal(killed)))
            os._exit(0)
        if os.waitpid(child, 0)[1] == 0:
            break
        killed += 1
    sys.stdout.write(f"{killed}\n")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
