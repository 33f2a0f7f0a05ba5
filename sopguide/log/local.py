"""The path log of one machine, in the data folder.

Journals are the record; finished walks are folded into TinyDB files, which
is what queries read. `folder.py` says where things lie.

Several processes may use a folder at once: each writes its own journal, a walk
is held by one of them at a time, and the shared files are replaced under a
lock. Finished journals are moved away, so that looking for unfinished walks
does not get slower with the months.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from sopguide.log.asked import Asked
from sopguide.log.faults import Damage, LogError, NoSuchWalkError, WalkHeldError
from sopguide.log.files import SYSTEM_DISK, Disk
from sopguide.log.forms import keep_form
from sopguide.log.journal import Journal
from sopguide.log.locks import hold, waited_for
from sopguide.log.private import (
    empty_private,
    forget_private,
    is_open,
    keep_private,
)
from sopguide.log.record import Header
from sopguide.log.recorder import LocalRecorder
from sopguide.log.upkeep import sweep

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sopguide.log.record import Record

PATIENCE = 10.0  # seconds for which others may be taking a ticket
ROTATE = 4_000_000  # bytes after which a process begins its next journal


class LocalLog(Asked):
    """A `WalkLog` in a folder. Close it when the program ends: that tidies up."""

    def __init__(self, data: Path, disk: Disk = SYSTEM_DISK, rotate: int = ROTATE) -> None:
        super().__init__(data, disk)
        self._disk = disk
        self._rotate = rotate
        self._journal: Journal | None = None
        self._former: list[Journal] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def in_turn(self) -> AbstractContextManager[None]:
        """One process after another: what is looked up within still holds when a walk is begun."""
        return waited_for(self._folder.lock("taking"), PATIENCE)

    def begin(
        self, walk: str, header: Header, form: bytes, private: dict[str, Any] | None = None
    ) -> LocalRecorder:
        """Nothing is in the journal yet: the first events are appended by the caller."""
        keep_form(self._folder, header.hash, form)
        lock = hold(self._folder.lock(walk))
        if lock is None:
            raise WalkHeldError(f"walk {walk} has begun already")
        try:
            if is_open(self._folder, walk):
                raise WalkHeldError(f"walk {walk} has begun already")
            journal = self._writable_journal()
            keep_private(self._folder, walk, private or {})
            return LocalRecorder(self._finish, walk, header, journal, lock, keep=self._keep_private)
        except LogError:
            lock.release()
            raise

    def reopen(self, walk: str, agent: str | None = None) -> LocalRecorder:
        """Goes on with an unfinished walk; `agent`: who does, where it is another person."""
        lock = hold(self._folder.lock(walk))
        if lock is None:
            raise WalkHeldError(f"walk {walk} is being walked in another window")
        try:
            history = self._in_progress().get(walk)
            if history is None or history.ended:
                raise NoSuchWalkError(f"there is no unfinished walk {walk}")
            first = history.records[0]
            header = Header(**{field: first[field] for field in Header._fields})
            header = header._replace(agent=agent or header.agent)
            if not is_open(self._folder, walk):
                keep_private(self._folder, walk, {})
            journal = self._writable_journal()
            earlier = history.records
            return LocalRecorder(
                self._finish, walk, header, journal, lock, earlier, keep=self._keep_private
            )
        except LogError:
            lock.release()
            raise

    def _keep_private(self, walk: str, private: dict[str, Any]) -> None:
        keep_private(self._folder, walk, private)

    def _finish(self, walk: str, records: Sequence[Record]) -> None:
        """Folds a walk that has just ended, while its recorder still holds it.

        The walk is durable already, so a failure is kept as damage and made
        good by the next `tidy`.
        """
        from sopguide.log.document import make_document

        try:
            self._store.fold([make_document(walk, records)])
            forget_private(self._folder, walk)
        except (LogError, OSError) as error:
            self._damages.append(Damage(str(self._folder.walks), None, str(error)))
            empty_private(self._folder, walk)

    def _writable_journal(self) -> Journal:
        if self._journal is not None and self._journal.size > self._rotate:
            self._former.append(self._journal)  # recorders may still write to it
            self._journal = None
        if self._journal is None:
            self._journal = Journal(self._folder, self._disk)
        return self._journal

    def close(self) -> None:
        """Lets go of this process's journals, and tidies up."""
        for journal in (*self._former, *([self._journal] if self._journal else [])):
            journal.close()
        self._former, self._journal = [], None
        with suppress(LogError):  # the next start tidies just as well
            self.tidy()
            sweep(self._folder)
            self._erase_what_waited()

    def _erase_what_waited(self) -> None:
        """An erasure waits for every journal that a running process writes."""
        if any(self._folder.erasing.glob("*.json")):
            from sopguide.log.erasures import go_on

            go_on(self._folder, self._damages)
