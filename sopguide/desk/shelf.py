"""The SOPs that an agent may walk now, and finding one among them by a few words.

An SOP is offered when it is live and in force at the moment asked for. One with errors is
shown with the reason, and cannot be chosen. Searching forgives typing errors and unfinished words.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from sopguide.desk.in_force import not_walked_because

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from sopguide.graph.library import Entry

_WORD = re.compile(r"\w+")
_TITLE, _KEYWORD, _ID, _LABEL, _ABOUT = 4.0, 4.0, 3.0, 2.0, 1.0
_EXACT, _PREFIX, _REPAIRED = 1.0, 0.7, 0.5
_NEAR = 74.0  # of 100: two letters in a word of eight may be wrong
_SHORTEST_REPAIRED = 3


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


class Shelf:
    """Offers in the order of their ids, and the index of their words, made when first searched."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        self.offers: tuple[Offer, ...] = tuple(sorted(offers, key=lambda offer: offer.sop))
        self._index: _Index | None = None

    def find(self, text: str) -> Sequence[Offer]:
        """The offers that fit all words, the best first; all of them for no word."""
        words = _words(text)
        if not words:
            return self.offers
        if self._index is None:
            self._index = _Index(self.offers)
        return [self.offers[place] for place in self._index.places(words)]


def shelve(
    entries: Iterable[Entry], now: datetime, why_not: Callable[[Entry], str] | None = None
) -> Shelf:
    """The shelf of a library at a moment."""
    return Shelf(
        Offer(
            sop=entry.id,
            title=entry.title,
            version=entry.version,
            owner=entry.owner,
            about=entry.about,
            keywords=tuple(entry.keywords),
            labels=tuple(entry.labels),
            why_not=None if entry.walkable else (why_not(entry) if why_not else "has errors"),
        )
        for entry in entries
        if not_walked_because(entry, now) is None
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold().replace("_", " "))


class _Index:
    """Which offers hold a word, and how much it says about them."""

    def __init__(self, offers: Sequence[Offer]) -> None:
        held: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for place, offer in enumerate(offers):
            for text, weight in (
                (offer.title, _TITLE),
                (" ".join(offer.keywords), _KEYWORD),
                (offer.sop, _ID),
                (" ".join(offer.labels), _LABEL),
                (offer.about, _ABOUT),
            ):
                for word in _words(text):
                    held[word][place] = max(held[word].get(place, 0.0), weight)
        self._size = len(offers)
        self._held = dict(held)
        self._sorted = sorted(held)

    def places(self, words: Sequence[str]) -> list[int]:
        """The places of the offers that hold every word, or else most of them; the best first."""
        total: defaultdict[int, float] = defaultdict(float)
        fits: defaultdict[int, int] = defaultdict(int)
        for word in words:
            for place, score in self._scores(word).items():
                total[place] += score
                fits[place] += 1
        most = max(fits.values(), default=0)
        found = [place for place, count in fits.items() if count == most]
        return sorted(found, key=lambda place: (-total[place], place))

    def _scores(self, word: str) -> dict[int, float]:
        scores: dict[int, float] = {}
        for known, trust in self._alike(word):
            for place, weight in self._held[known].items():
                scores[place] = max(scores.get(place, 0.0), weight * trust)
        rarity = math.log(1 + self._size / max(1, len(scores)))
        return {place: score * rarity for place, score in scores.items()}

    def _alike(self, word: str) -> list[tuple[str, float]]:
        alike = [(known, _EXACT if known == word else _PREFIX) for known in self._begun(word)]
        if alike or len(word) < _SHORTEST_REPAIRED:
            return alike
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        near = process.extract(
            word,
            self._sorted,
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=_NEAR / 100,
            limit=8,
        )
        return [(known, _REPAIRED * score) for known, score, _ in near] or self._begun_nearly(word)

    def _begun(self, word: str) -> Iterable[str]:
        start = bisect_left(self._sorted, word)
        for known in self._sorted[start:]:
            if not known.startswith(word):
                return
            yield known

    def _begun_nearly(self, word: str) -> list[tuple[str, float]]:
        """Words whose beginning is near: a typing error in a word that is not finished."""
        from rapidfuzz.distance import DamerauLevenshtein

        return [
            (known, _REPAIRED * _REPAIRED)
            for known in self._sorted
            if len(known) > len(word)
            and DamerauLevenshtein.distance(word, known[: len(word)], score_cutoff=1) <= 1
        ][:8]
