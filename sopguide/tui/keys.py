"""What the keys are called on the screen: its last line, and its page of keys.

Which key does what is told by `desk/actions.py`; here it gets a face.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style

from sopguide.desk.actions import BY_NAME, KeyMap
from sopguide.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.events import Key as Pressed

_GAP = "  "
_SHOWN = {"backspace": "⌫", "ctrl": "^"}


class Key(NamedTuple):
    """A key as shown, its word on the last line, what it does in full, and its action."""

    key: str
    word: str
    about: str
    action: str = ""


def pressed(event: Pressed) -> str:
    """A key that was pressed, by the name it has in the table of actions."""
    character = event.character
    if character is not None and character.isprintable() and not character.isspace():
        return character
    return event.key


def face(key: str) -> str:
    """How a key is shown: `^K`, `F1`, `⌫`."""
    if key.startswith("ctrl+"):
        return f"^{key[-1].upper()}"
    if len(key) > 1:
        return _SHOWN.get(key, key.upper())
    return key


def key_for(keymap: KeyMap, name: str, *, typing: bool = False) -> Key:
    """An action's key for the last line: while text is typed, one that is no text."""
    action = BY_NAME[name]
    key = keymap.key(name, typing=typing)
    return Key(face(key), _(action.word) if key else "", _(action.about), _do(name))


def keys_for(keymap: KeyMap, names: Iterable[str]) -> tuple[Key, ...]:
    """All keys of actions, for the page of keys."""
    return tuple(
        Key(" ".join(face(key) for key in keymap.keys(name)), "", _(BY_NAME[name].about))
        for name in names
    )


def fit(keys: Sequence[Key], width: int, order: Iterable[str]) -> Sequence[Key]:
    """The keys that have room on the line; where they do not all fit, `order` says which first."""
    ranks = {_do(name): rank for rank, name in enumerate(order)}
    kept: set[str] = set()
    room = width + len(_GAP) - 1
    for key in sorted(keys, key=lambda key: ranks.get(key.action, -1)):
        needs = cell_len(f"{key.key} {key.word}{_GAP}") if key.word else 0
        if needs <= room or key.action not in ranks:
            kept.add(key.action)
            room -= needs
    return [key for key in keys if key.action in kept]


def _do(name: str) -> str:
    return f"screen.do('{name}')"


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
    return Content(" ") + Content(_GAP).join(parts)
