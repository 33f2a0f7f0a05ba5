"""Texts that are kept nowhere but in the walk in progress.

An event says that a `text` fact was given, never what it says. A walk that is
resumed therefore knows the fact without its text, and asks for it again.
"""

from typing import Any, Final

from sopguide.facts.fact import TEXT, Fact

GIVEN: Final[dict[str, bool]] = {"given": True}
"""What events say in place of a text."""


class LostText(str):
    """A text that was given, and that no record holds."""

    __slots__ = ()


LOST: Final = LostText("⟦given earlier⟧")


def conceal(fact: Fact, data: Any) -> Any:
    """Return the JSON form of a value as an event may carry it."""
    return GIVEN if fact.type == TEXT and data is not None else data
