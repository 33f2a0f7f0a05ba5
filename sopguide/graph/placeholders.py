"""Placeholders in texts: `{{ amount }}`, `{{ ticket.requester.first_name }}`, and other Liquid.

Plain placeholders are read here; whatever else Liquid allows is left to `liquid`, which is imported
only for texts that need it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sopguide.templates import MOST_CHARACTERS, refusal

_PLAIN = re.compile(r"\{\{-?\s*([A-Za-z_][A-Za-z0-9_]*)((?:\.[A-Za-z0-9_]+)*)\s*-?\}\}")
_WORDS = frozenset({"true", "false", "nil", "null", "empty", "blank"})
_CONTROL = frozenset({"for", "if", "else", "in", "as", "with", "continue", "required"})
_KEYWORDS = _CONTROL | {"and", "or", "not", "contains", "limit", "offset", "reversed", "cols"}
"""Words that Liquid does not take for a name."""

_PARTIALS = frozenset({"include", "render", "extends", "block", "import", "snippet"})


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name that a text asks for, and where in the text it stands, if that is known."""

    name: str
    start: int | None = None

    @property
    def end(self) -> int | None:
        """Where the name ends."""
        return None if self.start is None else self.start + len(self.name)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a text is no Liquid."""

    why: str


def placeholders(text: str) -> list[Placeholder] | Unreadable:
    """The names a text asks for; those it gives a value itself are not among them."""
    if "{{" not in text and "{%" not in text:
        return []
    rest = _PLAIN.sub("", text)
    if len(text) > MOST_CHARACTERS or "{{" in rest or "{%" in rest:
        return _liquid(text)
    named = [(found[1], found.start(1)) for found in _PLAIN.finditer(text)]
    if any(name in _KEYWORDS for name, _ in named):
        return _liquid(text)
    return [Placeholder(name, start) for name, start in named if name not in _WORDS]


def _liquid(text: str) -> list[Placeholder] | Unreadable:
    if (why := refusal(text)) is not None:
        return Unreadable(why)
    from liquid import Environment
    from liquid.exceptions import LiquidError

    environment = Environment()
    try:
        analysis = environment.from_string(text).analyze(include_partials=False)
    except LiquidError as fault:
        return Unreadable(str(fault).splitlines()[0])
    for name in analysis.filters:
        if name not in environment.filters:
            return Unreadable(f"unknown filter '{name}'")
    for name in analysis.tags:
        if name in _PARTIALS:
            return Unreadable(f"the tag '{name}' needs another file, and there is none")
    return [Placeholder(name) for name in analysis.globals]
