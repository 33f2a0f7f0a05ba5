"""The names that a test or an expression mentions, as it is typed, right or wrong.

For finding uses, not for judging them: what is no test at all simply mentions nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"(?<![A-Za-z0-9_:])[a-z][a-z0-9_]*(?![A-Za-z0-9_]|\s*\()")
_AND = re.compile(r"\s+and\s+")
_NOT = re.compile(r"\s*(?:not\s+)*")
_COMPARED = re.compile(r"<=|>=|<|>|=")
_IN = re.compile(r"(?:(?<=\[)|(?<=,)|\A)\s*in\s+([a-z][a-z0-9_]*)")


def names_in_expression(text: str) -> Iterator[tuple[str, int]]:
    """Every name of a fact, with its place in the text."""
    for found in _NAME.finditer(text):
        yield found[0], found.start()


def names_in_test(text: str) -> Iterator[tuple[str, str, int]]:
    """Every name, as ("fact" or "set", name, place): `< minimum_age`, `in eea and not IE`."""
    place = 0
    for joint in [*_AND.finditer(text), None]:
        end = joint.start() if joint else len(text)
        negated = _NOT.match(text, place, end)
        start = negated.end() if negated else place
        part = text[start:end]
        if _COMPARED.match(part) or ".." in part:
            yield from (("fact", name, start + at) for name, at in names_in_expression(part))
        else:
            yield from (("set", found[1], start + found.start(1)) for found in _IN.finditer(part))
        place = joint.end() if joint else end
