"""The SOPs that an agent may walk now, and finding one among them by a few words.

An SOP is offered when it is live and in force at the moment asked for. One with errors is
shown with the reason, and cannot be chosen. Searching is `sopguide.desk.search`'s affair.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from sopguide.desk.in_force import not_walked_because
from sopguide.messages import _
from sopguide.walk.saying import AS_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sopguide.desk.search import Index
    from sopguide.graph.library import Entry
    from sopguide.walk.saying import Words


class Offer(NamedTuple):
    """An SOP on the shelf; `why_not` says what keeps it from being walked."""

    sop: str
    title: str
    version: str
    owner: str
    about: str
    keywords: tuple[str, ...]
    labels: tuple[str, ...]
    why_not: str | None = None
    titles: tuple[str, ...] = ()
    abouts: tuple[str, ...] = ()
    """Title and what it is about in the library's other languages, in which tickets come too."""


class Ranked(NamedTuple):
    """An offer for a ticket, and the ticket's words that speak for it, the most telling first."""

    offer: Offer
    words: tuple[str, ...]


class Shelf:
    """Offers in the order of their ids, and the index of their words, made when first searched."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        self.offers: tuple[Offer, ...] = tuple(sorted(offers, key=lambda offer: offer.sop))

    @cached_property
    def _index(self) -> Index:
        from sopguide.desk.search import Columns, Index

        rows = (
            Columns(
                title=offer.title,
                keywords=" ".join((*offer.keywords, *offer.titles)),
                id=offer.sop,
                labels=" ".join(offer.labels),
                about=" ".join((offer.about, *offer.abouts)),
            )
            for offer in self.offers
        )
        return Index(tuple(rows), (word for offer in self.offers for word in offer.keywords))

    def make_ready(self) -> None:
        """Make the index now, so that the first search need not wait for it."""
        self._index.typed("")

    def find(self, text: str) -> Sequence[Offer]:
        """The offers that fit all words typed so far, the best first; all of them for no word."""
        if not any(map(str.isalnum, text)):
            return self.offers
        return [self.offers[found.place] for found in self._index.typed(text)]

    def rank(self, text: str) -> Sequence[Ranked]:
        """The offers that a ticket's text may be for, the best first, with what speaks for each."""
        if not any(map(str.isalnum, text)):
            return []
        return [Ranked(self.offers[found.place], found.words) for found in self._index.told(text)]


def shelve(
    entries: Iterable[Entry],
    now: datetime,
    why_not: Callable[[Entry], str] | None = None,
    words: Words = AS_WRITTEN,
    others: Sequence[Words] = (),
) -> Shelf:
    """The shelf of a library at a moment, its titles in the `words` of a language.

    `others` are the languages that it is searched in, too.
    """
    return Shelf(
        Offer(
            sop=entry.id,
            title=words.say(entry.title, entry.id, "title"),
            version=entry.version,
            owner=entry.owner,
            about=words.say(entry.about, entry.id, "about"),
            keywords=tuple(entry.keywords),
            labels=tuple(entry.labels),
            why_not=None if entry.walkable else (why_not(entry) if why_not else _("it has errors")),
            titles=_elsewhere(entry.title, entry.id, "title", words, others),
            abouts=_elsewhere(entry.about, entry.id, "about", words, others),
        )
        for entry in entries
        if not_walked_because(entry, now) is None
    )


def _elsewhere(
    text: str, sop: str, name: str, words: Words, others: Sequence[Words]
) -> tuple[str, ...]:
    """A text in the languages in which it reads otherwise, each wording once."""
    said = dict.fromkeys(each.say(text, sop, name) for each in others)
    said.pop(words.say(text, sop, name), None)
    return tuple(said)
