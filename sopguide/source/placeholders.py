"""Whether a translation fills in what its text does: the same placeholders, the same conditions.

A placeholder may stand elsewhere in the sentence, and be repeated or not; what it says is kept
letter for letter. Tags (`{% if ... %}`) keep their order, or they would not be Liquid any more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_FILLED = re.compile(r"\{\{-?\s*(.*?)\s*-?\}\}", re.DOTALL)
_TAG = re.compile(r"\{%-?\s*(.*?)\s*-?%\}", re.DOTALL)


def differences(text: str, said: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the placeholders of a translation, and the words at fault in it."""
    if said.count("{{") + said.count("{%") > len(_FILLED.findall(said)) + len(_TAG.findall(said)):
        yield "a placeholder does not end", "{{" if said.count("{{") else "{%"
        return
    wanted = dict.fromkeys(_FILLED.findall(text))
    given = {found[1]: found[0] for found in _FILLED.finditer(said)}
    for name in wanted:
        if name not in given:
            yield f"the placeholder `{name}` is missing", ""
    for name, written in given.items():
        if name not in wanted:
            yield f"the text has no placeholder `{name}`", written
    if _TAG.findall(text) != _TAG.findall(said):
        yield "the tags (`{% ... %}`) are not those of the text, in the same order", ""
