"""What the keys do: one table a screen, for its last line and for its page of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.style import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Key(NamedTuple):
    """A key as shown, its word on the last line, what it does in full, and its action."""

    key: str
    word: str
    about: str
    action: str = ""


def fit(keys: Sequence[Key], width: int, spare: Iterable[str]) -> Sequence[Key]:
    """The keys, of which those with spare actions lose their words until the line fits."""
    for action in spare:
        if bar_of(keys).cell_length <= width:
            break
        keys = [key._replace(word="") if key.action == action else key for key in keys]
    return keys


def bar_of(keys: Iterable[Key]) -> Content:
    """The last line: keys that can be clicked too."""
    parts: list[Content] = []
    for key in keys:
        if not key.word:
            continue
        text = Content.assemble((key.key, "bold"), f" {key.word}")
        if key.action:
            text = text.stylize(Style.from_meta({"@click": key.action}))
        parts.append(text)
    return Content(" ") + Content("  ").join(parts)
