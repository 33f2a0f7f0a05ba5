"""Did you mean: the name that an author is likely to have meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ENOUGH = 0.6
"""How alike two names are, of 1, for one to be offered for the other."""


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name most like `word`, by letters left out, added, changed or swapped.

    Failing that, the first name that begins `word`, or that `word` begins.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    others = sorted(set(names) - {word})
    found = process.extractOne(
        word[:200], others, scorer=OSA.normalized_similarity, score_cutoff=ENOUGH
    )
    if found:
        return str(found[0])
    if len(word) == 1:
        return None
    return next((name for name in others if _begins(word, name)), None)


def _begins(word: str, name: str) -> bool:
    return len(name) > 1 and (word.startswith(name) or name.startswith(word))


def did_you_mean(word: str, names: Iterable[str]) -> str | None:
    """The help that offers the nearest name."""
    name = nearest(word, names)
    return f"did you mean `{name}`?" if name else None
