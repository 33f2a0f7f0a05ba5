"""A `min` or `max` of a fact, held against a value."""

import operator
from collections.abc import Callable
from datetime import tzinfo
from typing import Any

from sopguide.facts.fact import Fact
from sopguide.facts.order import alike
from sopguide.facts.truth import Formula, Known, Unknown
from sopguide.facts.values import show
from sopguide.phrases import Phrase


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
        return _SAID[self._fits](show(limit, self._fact))


_SAID: dict[Callable[[Any, Any], Any], Callable[[str], Phrase]] = {
    operator.ge: lambda limit: Phrase("it must be at least {limit}", limit=limit),
    operator.gt: lambda limit: Phrase("it must be more than {limit}", limit=limit),
    operator.le: lambda limit: Phrase("it must be at most {limit}", limit=limit),
    operator.lt: lambda limit: Phrase("it must be less than {limit}", limit=limit),
}
