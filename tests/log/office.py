"""Agents who walk tickets of a small library, for tests of what a log holds on them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sopguide.log.chain import commitment, first_head, is_anchor, next_head
from sopguide.log.files import SystemDisk
from sopguide.log.identity import Identity
from sopguide.log.jsontext import loads
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from sopguide.log.rewriting import journals
from sopguide.log.steps import content_of, name_of
from sopguide.review.summary import summarise
from sopguide.walk.events import Moment
from sopguide.walk.procedure import Procedure
from sopguide.walk.ticket import read_ticket
from tests.building import library
from tests.locked_out import FILES

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.files import Disk
    from sopguide.log.folder import DataFolder

FIRST_DAY = 1_700_000_000_000  # 2023-11-14
DAY = 86_400_000
_SOP = "account/locked"


class Unsynced(SystemDisk):
    """For tests that store much and lose no power."""

    def sync(self, fd: int) -> None:
        pass

    def sync_folder(self, path: Path) -> None:
        pass


class Office:
    """Time passes only when told."""

    def __init__(self, log: LocalLog, day: int = 0) -> None:
        self.log = log
        self.now = FIRST_DAY + day * DAY
        self._library = library(FILES)

    def clock(self) -> Moment:
        self.now += 1_000
        return Moment(self.now, self.now)

    def begin(self, agent: str, ticket: str, mode: str = "live", **facts: Any) -> LoggedWalk:
        entry = self._library.sops[_SOP]
        assert entry.hash is not None
        procedure = Procedure(self._library.form(_SOP), entry.hash)
        told = {"id": ticket, "body": f"text of {ticket}", "channel": "email", "facts": facts}
        return LoggedWalk.begin(
            self.log,
            procedure,
            self._library.form_bytes(_SOP),
            read_ticket(told, procedure),
            told,
            Identity(agent),
            mode=mode,
            now=datetime.fromtimestamp(self.now / 1000, UTC),
            clock=self.clock,
        )

    def walk(self, agent: str, ticket: str, mode: str = "live") -> str:
        """A walk to its end: the age is the ticket's, the amount is asked for."""
        walk = self.begin(agent, ticket, mode, age=37)
        for choice in ("no", "receipt", "done", "49.75"):
            assert walk.answer(choice) is None
        assert walk.finish() is None
        return walk.id


def summary(data: Path) -> list[dict[str, Any]]:
    """What `sopguide log summary` tells."""
    with LocalLog(data) as log:
        return [one.to_json() for one in summarise(log.walks())]


def documents(data: Path, disk: Disk | None = None) -> list[dict[str, Any]]:
    """Every walk, as the log tells it."""
    with LocalLog(data, disk) if disk else LocalLog(data) as log:
        found = [walk.to_json() for walk in log.walks()]
        assert log.damages() == []
        return found


def everything(data: Path) -> bytes:
    """Every byte of the data folder, journals unpacked, and the names of its files."""
    files = [path for path in sorted(data.rglob("*")) if path.is_file()]
    return b"\n".join(
        part for path in files for part in (str(path.relative_to(data)).encode(), content_of(path))
    )


def chains_hold(folder: DataFolder) -> bool:
    """Whether every journal of walks holds, from its first record to its last."""
    return all(_holds(path) for path in journals(folder))


def _holds(path: Path) -> bool:
    head = first_head(name_of(path))
    for line in content_of(path).splitlines():
        record = loads(line)
        if is_anchor(record):
            continue
        head = next_head(head, commitment(record))
        if record["chain"] != head.hex():
            return False
    return True
