"""The names that a text may use: the facts in sight, and the named sets."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from sopguide.facts.fact import DATE, DATETIME, Fact

GIVEN = {"today": Fact("today", DATE), "now": Fact("now", DATETIME)}
"""The walk's start: passed in from outside, known in every walk."""


class NamedSet(NamedTuple):
    """Values of one fact under a name: `eea` is a set of countries."""

    of: str
    values: tuple[str, ...]


class Scope(NamedTuple):
    """What the tests and expressions of one place can refer to."""

    facts: Mapping[str, Fact]
    sets: Mapping[str, NamedSet] = MappingProxyType({})

    def fact(self, name: str) -> Fact | None:
        """Return the fact of that name, the given `today` and `now` included."""
        return self.facts.get(name) or GIVEN.get(name)

    def fact_names(self) -> tuple[str, ...]:
        """Return every name that `fact` knows, to look for a typo among."""
        return (*self.facts, *GIVEN)
