"""Which of the languages there are a browser prefers, as its `Accept-Language` says."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sopguide.languages import ENGLISH, nearest

if TYPE_CHECKING:
    from collections.abc import Collection


def first_of(accepted: str, there: Collection[str]) -> str:
    """`de-AT,en;q=0.5` asks for German as in Austria, else English; English where nothing fits."""
    wanted = []
    for part in accepted.split(","):
        language, _, weight = part.partition(";")
        with suppress(ValueError):
            wanted.append((-float(weight.strip().removeprefix("q=") or 1), language.strip()))
    for _, language in sorted(wanted, key=lambda each: each[0]):
        if language and (found := nearest(language, there)):
            return found
    return ENGLISH
