"""A data folder kept in order: what ended is folded, what is finished is put away.

All of it can be done at any time, by any process that uses the folder, and done again after it
was cut short.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from sopguide.log.faults import Damage, LogError
from sopguide.log.files import SYSTEM_DISK, Disk
from sopguide.log.folder import DataFolder
from sopguide.log.live import Live
from sopguide.log.locks import hold
from sopguide.log.private import forget_private, is_open
from sopguide.log.upkeep import put_away, remove_orphans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sopguide.log.compacting import Compacted
    from sopguide.log.document import WalkDoc
    from sopguide.log.inspecting import Broken
    from sopguide.log.live import Found
    from sopguide.log.reading import History
    from sopguide.log.setting_aside import Kept
    from sopguide.log.store import Store

_MOST_COMPACTED = 3  # old journals in one go, so that nobody waits for it


class Tended:
    """The folder of a log, with what is known of it.

    What the first question does not need is imported where it is used.
    """

    def __init__(self, data: Path, disk: Disk = SYSTEM_DISK) -> None:
        self._folder = DataFolder(data, disk)
        self._live = Live(self._folder, lambda: self._store)
        self._damages: list[Damage] = []
        self._unfolded: list[WalkDoc] = []  # ended, and in the way of its folding is the disk

    @cached_property
    def _store(self) -> Store:
        from sopguide.log.store import Store

        return Store(self._folder)

    def tidy(self) -> None:
        """Folds what ended without being folded, and puts finished journals away.

        What cannot be folded now is kept as damage and served from its journal.
        """
        from sopguide.log.compacting import OLD, compact

        self._unfolded = []
        found = self._live.look(self._damages)
        for walk, history in found.histories.items():
            self._damages += history.damages
            if history.ended and is_open(self._folder, walk):
                self._fold_again(history)
        self._clear(found)
        with self._put_off(self._folder.done):
            compact(self._folder, _MOST_COMPACTED, OLD)

    def rebuild(self) -> int:
        """From the journals; what they do not have any more is kept as it is."""
        return self._rebuild()[0]

    def _rebuild(self) -> tuple[int, list[Kept]]:
        from sopguide.log.rebuild import Rebuilding

        self.tidy()
        rebuilding = Rebuilding(self._folder, self._store)
        kept = self._store.replace_all(rebuilding.documents())
        self._damages += rebuilding.damages
        return len(rebuilding.walks), kept

    def compact(self) -> Compacted:
        """Makes the journals small that are only kept."""
        from sopguide.log.compacting import compact

        self.tidy()
        return compact(self._folder)

    def inspect(self) -> list[Broken]:
        """Every damaged file; nothing is changed."""
        from sopguide.log.inspecting import inspect

        return list(inspect(self._folder))

    def repair(self, broken: Sequence[Broken]) -> list[Kept]:
        """Makes damaged files good; where the originals are now, and what is lost of them.

        Of those that are not among them, a running process is in the way.
        """
        from sopguide.log.inspecting import JOURNAL, WALKS
        from sopguide.log.repairing import record_repair, repair

        mended = [repair(each, self._folder) for each in broken if each.kind != WALKS]
        kept = [each for each in mended if each is not None]
        if any(each.kind in (WALKS, JOURNAL) for each in broken):
            kept += self._rebuild()[1]
        for each in kept:
            record_repair(self._folder, each)
        self._damages = []  # they were told, and are mended
        return kept

    def _clear(self, found: Found) -> None:
        with self._put_off(self._folder.journals):
            put_away(self._folder, found.readings, found.histories)
        with self._put_off(self._folder.open):
            remove_orphans(self._folder, found.histories, self._in_progress)

    @contextmanager
    def _put_off(self, place: Path) -> Iterator[None]:
        """What cannot be done now is told, and done another time; no question waits for it."""
        try:
            yield
        except LogError as error:
            self._damages.append(Damage(str(place), None, str(error)))

    def _in_progress(self) -> dict[str, History]:
        return self._live.look(self._damages).histories

    def _fold_again(self, history: History) -> None:
        from sopguide.log.document import make_document

        document = make_document(history.walk, history.records)
        with self._put_off(self._folder.walks):
            self._unfolded.append(document)
            lock = hold(self._folder.lock(history.walk))
            try:
                if lock is not None and is_open(self._folder, history.walk):
                    self._store.fold([document], again=True)
                    forget_private(self._folder, history.walk)
                self._unfolded.pop()  # or its process is about to fold it
            finally:
                if lock is not None:
                    lock.release(forget=True)
