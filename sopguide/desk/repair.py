"""Words that a misspelt word may be a slip of, by rapidfuzz, which is imported when one is met.

Each comes with how far to trust it. What is typed to search by may be unfinished, and near words
are many; most unknown words of a ticket are no slips at all, so there the nearest alone count.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NEAR, _NEARER = 0.66, 0.74  # of 1: two letters in a word of six, of eight may be wrong
_SLIP, _SLIP_AT_THE_START = 0.7, 0.25
_SHORTEST_TOLD, _SHORTEST_TYPED = 4, 3
_MOST = 8

Near = list[tuple[str, float]]


class Repairs:
    """Repairs to words of an index: `known` are all of them, `names` those that name a matter."""

    def __init__(self, known: Iterable[str], names: Iterable[str]) -> None:
        self._known = sorted(known)
        self._names = sorted(names)
        self._names_like: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._names:
            self._names_like[word[0], len(word)].append(word)

    def told(self, word: str) -> Near:
        """Of a ticket's word: where the first letter differs, the rest must agree the more."""
        if len(word) < _SHORTEST_TOLD:
            return []
        reach = range(len(word) - 2, len(word) + 3)
        like = [known for size in reach for known in self._names_like[word[0], size]]
        return _alike(word, like, _NEAR, 0.01) or _alike(word, self._names, _NEARER, 0.01)

    def typed(self, word: str) -> Near:
        """Of a word typed to search by, or the beginning of one."""
        if len(word) < _SHORTEST_TYPED:
            return []
        return _alike(word, self._known, _NEARER, 0.1) or self._begun_nearly(word)

    def _begun_nearly(self, word: str) -> Near:
        from rapidfuzz.distance import OSA

        return [
            (known, _SLIP_AT_THE_START)
            for known in self._known
            if len(known) > len(word)
            and OSA.distance(word, known[: len(word)], score_cutoff=1) <= 1
        ][:_MOST]


def _alike(word: str, choices: Sequence[str], least: float, spread: float) -> Near:
    """The choices most like a word; those that are less so by `spread` count too."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extract(
        word, choices, scorer=OSA.normalized_similarity, score_cutoff=least, limit=_MOST
    )
    best = near[0][1] if near else 0.0
    return [(known, _SLIP * score) for known, score, _ in near if score > best - spread]
