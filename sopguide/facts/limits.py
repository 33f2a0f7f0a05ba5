"""A `min` or `max` of a fact, held against a value."""

import operator
from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from sopguide.facts.fact import Fact
from sopguide.facts.order import alike
from sopguide.facts.truth import Formula, Known, Unknown
from sopguide.facts.values import show


class Bound:
    """A `min` or `max` of a fact, ready to be held against a value."""

    def __init__(
        self, fact: Fact, limit: Formula, fits: Callable[[Any, Any], Any], zone: tzinfo
    ) -> None:
        self._fact = fact
        self._limit = limit
        self._fits = fits
        self._zone = zone

    def missing(self, known: Known) -> Unknown | None:
        """Return the fact that must be known before the limit is."""
        limit = self._limit(known)
        return limit if isinstance(limit, Unknown) else None

    def refuse(self, known: Known, value: Any) -> str | None:
        """Say why the value lies outside; None where it may stand or the limit is open."""
        limit = self._limit(known)
        if value is None or limit is None or isinstance(limit, Unknown):
            return None
        if self._fits(*alike(value, limit, self._zone)):
            return None
        return f"it must be {_WORDS[self._fits]} {show(limit, self._fact)}"


_WORDS: dict[Callable[[Any, Any], Any], str] = {
    operator.ge: "at least",
    operator.gt: "more than",
    operator.le: "at most",
    operator.lt: "less than",
}
