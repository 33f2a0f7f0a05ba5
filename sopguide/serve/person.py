"""The process of one person's desk in a browser.

Who walks is what the server says, never what the surroundings say: there is no setting, no file and
no variable of the person's own here. The walk that was in hand when the last such process ended, by
whatever end, is in hand again.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sopguide.clean import clean
from sopguide.log.local import LocalLog
from sopguide.serve.setup import Setup

if TYPE_CHECKING:
    from sopguide.desk.local import LocalDesk
    from sopguide.log.logged_walk import LoggedWalk
    from sopguide.log.protocol import Unfinished

_STDIN, _STDOUT = 0, 1
_WAIT = 20.0
"""Seconds for the person's last process to let go of the walk; its server was killed, it may be."""
_STAYS_OUT_OF_HAND = frozenset({"waiting", "break", "handover"})


class OwnLog(LocalLog):
    """The log that all share, and of what is unfinished only one person's walks."""

    def __init__(self, data: Path, agent: str) -> None:
        super().__init__(data)
        self._agent = agent

    def unfinished(self) -> list[Unfinished]:
        return [walk for walk in super().unfinished() if walk.agent == self._agent]


def main() -> None:
    gc.disable()  # the desk enables it when its first frame is painted
    os.umask(0o077)
    setup = _read_setup()
    try:
        said = _work(setup)
    except Exception as fault:  # whoever looks at the page hears that it ended
        if os.environ.get("SOPGUIDE_DEBUG"):
            raise
        _say("failed", type(fault).__name__)
        raise SystemExit(1) from None
    _say("ended", clean(said or ""))  # it names the ticket


def _work(setup: Setup) -> str | None:
    from filelock import FileLock

    from sopguide.desk.local import LocalDesk
    from sopguide.desk.queue import read_queue
    from sopguide.graph.load import load_library
    from sopguide.log.folder import DataFolder
    from sopguide.log.identity import Identity
    from sopguide.messages import spoken, use
    from sopguide.serve.driver import PageDriver
    from sopguide.serve.guard import keep_in, limit_memory
    from sopguide.serve.tongues import first_of
    from sopguide.tui.app import DeskApp

    os.environ["COLORFGBG"] = "0;15" if setup.light else "15;0"  # as a terminal says it
    limit_memory(setup.memory)
    keep_in(Path(setup.data), Path(setup.cache))
    library = load_library(Path(setup.trees), Path(setup.cache))
    language = first_of(setup.languages, {*spoken(), *library.languages})
    use(language)
    lock = DataFolder(Path(setup.data)).lock(f"desk-{setup.name}")
    with FileLock(lock, timeout=_WAIT, mode=0o600), OwnLog(Path(setup.data), setup.name) as log:
        identity = Identity(setup.name, vendor=setup.vendor)
        desk = LocalDesk(library, log, identity, language=language)
        queue = read_queue(Path(setup.queue)) if setup.queue else None
        app = DeskApp(desk, walk=in_hand(desk, log), queue=queue)
        app.driver_class = PageDriver
        said = app.run(size=(setup.width, setup.height))
        if app.return_code:
            raise SystemExit(app.return_code)
        return said


def in_hand(desk: LocalDesk, log: LocalLog) -> LoggedWalk | None:
    """The walk that was not parked but left with the window open, or cut off; the latest one."""
    left = [walk for walk in log.unfinished() if walk.mode == "live"]
    left = [walk for walk in left if walk.left not in _STAYS_OUT_OF_HAND]
    if not left:
        return None
    walk = desk.resume(max(left, key=lambda walk: walk.last).walk)
    return None if isinstance(walk, str) else walk  # what stands in the way is told in the list


def _read_setup() -> Setup:
    """One line, and not a byte more: what follows is the keyboard."""
    line = bytearray()
    while (byte := os.read(_STDIN, 1)) not in {b"\n", b""}:
        line += byte
    told: dict[str, Any] = json.loads(line)
    return Setup(**told)


def _say(kind: str, text: str) -> None:
    payload = json.dumps({"type": kind, "said": text}).encode()
    try:
        os.write(_STDOUT, b"M" + len(payload).to_bytes(4, "big") + payload)
    except OSError:
        sys.exit(1)


if __name__ == "__main__":
    main()
