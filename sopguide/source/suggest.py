"""Did you mean: the name that an author is likely to have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ENOUGH = 70.0
"""How alike two names are, of 100, for one to be offered for the other."""


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name most like `word`, where one is like enough; equal ones go by the alphabet."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        word[:200], sorted(set(names) - {word}), scorer=fuzz.ratio, score_cutoff=ENOUGH
    )
    return found[0] if found else None


def did_you_mean(word: str, names: Iterable[str]) -> str | None:
    """The help that offers the nearest name."""
    name = nearest(word, names)
    return f"did you mean `{name}`?" if name else None
