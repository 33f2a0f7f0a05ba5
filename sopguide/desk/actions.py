"""What can be done by key at the desk: one table, from which all keys are made and explained.

A key is written as a person types it into the config file: a character (`n`, `/`, `?`), or a name
(`f5`, `ctrl+k`, `backspace`). Characters are text where text is typed; an action has a second key
for that. Numbers, Enter, Space, Escape, Tab and the arrows mean the same everywhere, and are not
in the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopguide.messages import N_

if TYPE_CHECKING:
    from collections.abc import Mapping


class Action(NamedTuple):
    """An action's name, its keys, its word on the last line, and what it does in full."""

    name: str
    keys: tuple[str, ...]
    word: str
    about: str


ACTIONS = (
    Action(
        "back",
        ("backspace",),
        N_("back"),
        N_("Back to the last answer (in a text field: an empty one)"),
    ),
    Action("undo", ("u", "ctrl+z"), N_("undo"), N_("Undo the last thing done")),
    Action("redo", ("r", "ctrl+y"), N_("redo"), N_("Do again what was undone")),
    Action(
        "find",
        ("/", "ctrl+k"),
        N_("find"),
        N_("Find an SOP, a step, a macro, a label or a command"),
    ),
    Action("note", ("n", "f5"), N_("note"), N_("Write a note on this walk")),
    Action(
        "feedback",
        ("f", "f6"),
        N_("feedback"),
        N_("Tell the SOP's owner what is wrong with this step"),
    ),
    Action("escalate", ("e", "f7"), N_("escalate"), N_("Hand the ticket off to someone else")),
    Action(
        "override",
        ("o", "f8"),
        N_("override"),
        N_("Choose another outcome, and say for what reason"),
    ),
    Action("park", ("w", "f9"), N_("park"), N_("Park this ticket and take another; it is kept")),
    Action("parked", ("ctrl+r",), N_("parked"), N_("The parked tickets")),
    Action(
        "later",
        ("ctrl+n",),
        N_("later"),
        N_("Put this ticket of the queue last, and take the next"),
    ),
    Action(
        "path",
        ("g", "f3"),
        N_("path"),
        N_("The path so far: return to any step, see what stays valid"),
    ),
    Action("help", ("i", "h", "f2"), N_("help"), N_("Help and policy of this step in full")),
    Action("ticket", ("v", "f4"), N_("ticket"), N_("The ticket: what was written, what is known")),
    Action("copy", ("c",), N_("copy"), N_("Copy the reply")),
    Action("label", ("y",), N_("label"), N_("Copy the label")),
    Action("locale", ("l",), N_("locale"), N_("The reply in the next language")),
    Action("edit", ("m",), N_("edit"), N_("Edit the reply before it is sent")),
    Action(
        "hand-off",
        ("p",),
        N_("hand-off text"),
        N_("Copy the text for whoever takes the ticket over"),
    ),
    Action("give-up", ("x",), N_("give up"), N_("Give this walk up: it ends without an outcome")),
    Action("leave", ("q", "ctrl+q"), N_("leave"), N_("Leave; the walk is kept and offered again")),
    Action("theme", ("t", "ctrl+t"), N_("colours"), N_("The next colours: dark, light, contrast")),
    Action("keys", ("?", "f1"), N_("keys"), N_("The keys of this screen")),
)
BY_NAME = {action.name: action for action in ACTIONS}

_LISTS = "enter space escape tab up down left right pageup pagedown home end insert delete"
_ALIKE = "ctrl+c ctrl+h ctrl+i ctrl+j ctrl+m ctrl+q"
FIXED = frozenset({*_LISTS.split(), *_ALIKE.split()})
"""Keys that keep their meaning: those of lists and text, and those a terminal cannot tell apart."""


class KeyMap:
    """Which key does what: the table's keys, but for those that a person changed."""

    def __init__(self, changed: Mapping[str, tuple[str, ...]] | None = None) -> None:
        self._changed = changed or {}
        self.actions = {key: action.name for action in ACTIONS for key in self.keys(action.name)}

    def keys(self, action: str) -> tuple[str, ...]:
        """The keys of an action, the one that is shown first."""
        return self._changed.get(action) or BY_NAME[action].keys

    def key(self, action: str, *, typing: bool = False) -> str:
        """The key to show for an action: while text is typed, one that is no text; else none."""
        keys = self.keys(action)
        if not typing:
            return keys[0]
        return next((key for key in keys if len(key) > 1), "")


def is_text(key: str) -> bool:
    """Whether the key is a character, which belongs to a text that is being typed."""
    return len(key) == 1
