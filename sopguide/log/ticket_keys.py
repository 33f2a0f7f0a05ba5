"""The keys under which a log names tickets: its own, and the one of the organisation it ships to.

A machine that ships gets the organisation's key from the team's store, and names tickets by it from
then on, so that one ticket walked on two machines is one. What was walked before stays under the
key of then, so every key is kept, `team.key` with the newest first, and a ticket is looked for
under all. A machine that never ships has its own, and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.log.faults import LogError
from sopguide.log.files import SYSTEM_DISK, replace, reported
from sopguide.log.identity import KEY_BYTES, ticket_hash, ticket_key

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.files import Disk


class TicketKeys:
    """Those of a data folder; `own`: where its own key is, made when one is first needed."""

    def __init__(self, own: Path, disk: Disk = SYSTEM_DISK) -> None:
        self._own = own
        self._team = own.with_name("team.key")
        self._disk = disk
        self._read: bytes | None = None

    def name(self, ticket_id: str) -> str:
        """The ticket's name from now on. Raises LogError."""
        return ticket_hash(ticket_id, (self.of_team() or [self._of_machine()])[0])

    def names(self, ticket_id: str) -> tuple[str, ...]:
        """Every name that it may have been given, the newest first. Raises LogError."""
        return tuple(ticket_hash(ticket_id, key) for key in self._all())

    def exist(self) -> bool:
        """Whether any ticket was named yet."""
        return self._own.exists() or self._team.exists()

    def of_team(self) -> list[bytes]:
        """None before the machine first ships; another process may have got it just now."""
        if not self._team.exists():
            return []
        with reported("read", self._team):
            kept = self._team.read_bytes()
        if not kept or len(kept) % KEY_BYTES:
            cause = "it is damaged: see `sopguide log repair --dry-run`"
            raise LogError(f"cannot use {self._team}: {cause}")
        return [kept[start : start + KEY_BYTES] for start in range(0, len(kept), KEY_BYTES)]

    def keep(self, key: bytes) -> None:
        """The organisation's key from now on, durably."""
        former = self.of_team()
        if former[:1] != [key]:
            others = [each for each in former if each != key]
            replace(self._team, b"".join([key, *others]), self._disk)

    def _all(self) -> list[bytes]:
        team = self.of_team()
        return [*team, *([self._of_machine()] if self._own.exists() or not team else [])]

    def _of_machine(self) -> bytes:
        if self._read is None:
            self._read = ticket_key(self._own, self._disk)
        return self._read
