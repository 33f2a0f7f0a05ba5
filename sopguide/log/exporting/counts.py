"""What a log of cases holds, counted while it passes by: the figures that other tools count too.

A variant is the list of a case's activities in order; an edge of the directly-follows graph is
two activities of which one came right after the other in a case. Variants are told apart by a
digest, so that counting takes little memory however long they are.
"""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sopguide.log.exporting.cases import iso

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 5
_KEPT = 1000  # variants that are remembered in full


class Counts:
    """Cases, events, activities, variants and directly-follows edges, and from when to when."""

    def __init__(self) -> None:
        self.cases = 0
        self.events = 0
        self.activities: Counter[str] = Counter()
        self.follows: Counter[tuple[str, str]] = Counter()
        self.first: int | None = None  # ms UTC
        self.last: int | None = None
        self._variants: Counter[bytes] = Counter()
        self._examples: dict[bytes, tuple[str, ...]] = {}

    def add(self, activities: Sequence[str], times: Sequence[int]) -> None:
        """One case: what was done, and when, in ms UTC."""
        self.cases += 1
        self.events += len(activities)
        self.activities.update(activities)
        self.follows.update(pairwise(activities))
        self.first = min(times) if self.first is None else min(self.first, *times)
        self.last = max(times) if self.last is None else max(self.last, *times)
        key = blake2b("\x1f".join(activities).encode("utf-8", "replace"), digest_size=16).digest()
        self._variants[key] += 1
        if len(self._examples) < _KEPT:
            self._examples.setdefault(key, tuple(activities))

    @property
    def variants(self) -> int:
        return len(self._variants)

    def commonest(self) -> list[tuple[tuple[str, ...], int]]:
        """The commonest variants, of those that came first."""
        found = sorted(self._examples, key=lambda key: -self._variants[key])
        return [(self._examples[key], self._variants[key]) for key in found[:_MOST]]

    def to_json(self) -> dict[str, Any]:
        return {
            "cases": self.cases,
            "events": self.events,
            "activities": len(self.activities),
            "variants": self.variants,
            "directly_follows": len(self.follows),
            "first": None if self.first is None else iso(self.first),
            "last": None if self.last is None else iso(self.last),
        }
