"""The finished walks, made anew from the journals.

Journals are read one at a time; a walk is let go of as soon as it is whole, so
that memory does not grow with the log. A walk that no journal has any more is
kept as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.log.document import make_document
from sopguide.log.private import is_open
from sopguide.log.reading import History, merge, read_journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.log.document import WalkDoc
    from sopguide.log.faults import Damage
    from sopguide.log.folder import DataFolder
    from sopguide.log.record import Record
    from sopguide.log.store import Store


class Rebuilding:
    """`documents` yields each finished walk once, and notes them and what was damaged."""

    def __init__(self, folder: DataFolder, store: Store) -> None:
        self._folder = folder
        self._store = store
        self._parts: dict[str, list[Record]] = {}  # of walks not yet seen to their end
        self.walks: set[str] = set()
        self.damages: list[Damage] = []

    def documents(self) -> Iterator[WalkDoc]:
        for path in [*self._folder.done_journals(), *self._folder.live_journals()]:
            reading = read_journal(path)
            self.damages += reading.damages
            for record in reading.records:
                self._parts.setdefault(record["walk"], []).append(record)
            for walk in dict.fromkeys(record["walk"] for record in reading.records):
                history = merge(walk, self._parts[walk], str(path))
                if history.whole and history.ended:
                    yield from self._document(history)
        for walk, records in list(self._parts.items()):
            history = merge(walk, records, str(self._folder.journals))
            self.damages += history.damages
            yield from self._document(self._completed(history))
        yield from self._in_no_journal()

    def _completed(self, history: History) -> History:
        """With what the journals have no more and its document still has."""
        if (history.whole and history.ended) or is_open(self._folder, history.walk):
            return history
        found = self._store.find(history.walk, self.damages).get(history.walk)
        if found is None:
            return history
        return merge(history.walk, [*history.records, *found.records()], str(self._folder.walks))

    def _document(self, history: History) -> Iterator[WalkDoc]:
        """None yet for a walk that is still to be folded by whoever ended it."""
        if history.ended and not is_open(self._folder, history.walk):
            del self._parts[history.walk]
            if history.walk not in self.walks:
                self.walks.add(history.walk)
                yield make_document(history.walk, history.records)

    def _in_no_journal(self) -> Iterator[WalkDoc]:
        for day in self._store.days():
            for document in self._store.read_day(day, self.damages):
                if document.walk not in self.walks:
                    self.walks.add(document.walk)
                    yield document
