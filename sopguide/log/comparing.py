"""Whether the finished walks are told as their records say: the product reads those, not journals.

What is told is looked at before the journals are, so that a walk that ends meanwhile is never taken
for one that nobody recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.log.expiring import LOCK
from sopguide.log.faults import Damage
from sopguide.log.gathering import Digests, digest, digest_of
from sopguide.log.heads import may_be_held
from sopguide.log.private import is_open
from sopguide.log.reading import merge
from sopguide.log.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.log.document import WalkDoc
    from sopguide.log.folder import DataFolder
    from sopguide.log.gathering import Folded, Looked
    from sopguide.log.record import Record

_OR_EXPIRED = " (if an expiry was cut short: `sopguide log expire` goes on with it)"
_ANEW = "; `sopguide log rebuild` tells it anew from the journals"


class Comparing:
    """Given every file of finished walks, then every journal, tells what does not agree."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._told: dict[str, tuple[bytes, str]] = {}
        self._finished: Digests = {}
        self._parts: dict[str, list[Record]] = {}
        self._sources: dict[str, str] = {}
        self._differing: set[str] = set()
        self._doubted: set[str] = set()  # walks of journals that do not hold
        self._hint = ""
        self.agree = 0
        """How many walks are told as their records say."""

    def tell(self, folded: Folded) -> None:
        for walk, found in folded.walks.items():
            if walk in self._told and self._told[walk][0] != found:
                self._differing.add(walk)
            self._told[walk] = (found, folded.path)

    def take(self, looked: Looked) -> None:
        self._finished.update(looked.finished)
        if looked.damages:
            self._doubted |= looked.finished.keys() | looked.parts.keys()
        for walk, records in looked.parts.items():
            self._parts.setdefault(walk, []).extend(records)
            self._sources.setdefault(walk, looked.path)
        if looked.husks or (looked.checked and looked.checked.expired):
            self._hint = _OR_EXPIRED

    def damages(self, *, erasing: bool) -> Iterator[Damage]:
        """`erasing`: an erasure changes journals before it changes finished walks."""
        for walk in sorted(self._differing):
            yield Damage(self._told[walk][1], None, f"walk {walk} is told twice, differently")
        yield from self._join()
        for walk, expected in self._finished.items():
            told, path = self._taken(walk)
            if told == expected:
                self.agree += 1
            elif told is not None and not self._agrees_now(walk, expected):
                cause = f"walk {walk} differs from its records{self._anew(walk)}"
                yield Damage(path, None, cause, harmless=erasing)
            elif told is not None:  # it was changed while this looked: by an erasure
                self.agree += 1
            elif not is_open(self._folder, walk):  # else it is about to be told
                cause = f"walk {walk} has ended and is missing{self._anew(walk)}"
                yield Damage(path, None, cause)
        expiring = may_be_held(self._folder.lock(LOCK))  # if not, what it let go is gone by now
        for walk, (_, path) in self._told.items():
            if walk in self._parts:
                yield Damage(path, None, f"walk {walk} has not ended, as its records say")
            elif self._now(walk):  # else it has expired meanwhile
                cause = f"walk {walk} is in no journal{self._hint}"
                yield Damage(path, None, cause, harmless=expiring and bool(self._hint))

    def _join(self) -> Iterator[Damage]:
        """Walks that go over several journals; what is left are those that have not ended."""
        for walk, records in [*self._parts.items()]:
            history = merge(walk, records, self._sources[walk])
            yield from history.damages
            if history.ended:
                self._finished[walk] = digest_of(history)
                del self._parts[walk]

    def _anew(self, walk: str) -> str:
        """What to do; not where the records are what was changed."""
        return "" if walk in self._doubted else _ANEW

    def _taken(self, walk: str) -> tuple[bytes | None, str]:
        """What is told of a walk and where; it may have been told only meanwhile."""
        if walk in self._told:
            return self._told.pop(walk)
        found = self._now(walk)
        return None if found is None else digest(found), str(self._folder.walks)

    def _agrees_now(self, walk: str, expected: bytes) -> bool:
        found = self._now(walk)
        return found is not None and digest(found) == expected

    def _now(self, walk: str) -> WalkDoc | None:
        return Store(self._folder).find(walk, []).get(walk)
