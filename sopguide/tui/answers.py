"""What can be answered, drawn: the rows of the answers, and the keys that give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.desk.asking import NUMBERED, Asking, Manner, Option
from sopguide.messages import N_, _
from sopguide.tui.keys import Key
from sopguide.tui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

TICKED, UNTICKED = "☑", "☐"


def answer_rows(asking: Asking) -> Sequence[Row]:
    """The answers: numbered, ticked, or both."""
    numbered = not asking.typed
    return [
        Row(option.label, mark=_mark(asking, option, number if numbered else None))
        for number, option in enumerate(asking.shown, 1)
    ]


def _mark(asking: Asking, option: Option, number: int | None) -> str:
    parts = [] if number is None else [str(number)]
    if asking.has_tick(option):
        parts.append(TICKED if asking.is_marked(option) else UNTICKED)
    return " ".join(parts)


_ENTER = Key("Enter", N_("confirm"), N_("Confirm what is marked or typed"), "screen.confirm")
_PICK = Key("", N_("answer"), N_("Answer at once; or the arrows and Enter"))
_TICK = Key("", N_("tick"), N_("Tick or untick (also Space on the arrows' row)"))
_DONE = Key("Enter", N_("done"), N_("It is done: go on"), "screen.confirm")
_FIND = Key("a-z", N_("find"), N_("Type to find an answer; the arrows move, Enter answers"))
_MARK = Key("Space", N_("mark"), N_("Mark the answer under the cursor"))
_DOWN = Key("↓", N_("not known"), N_("Choose `Not known`, then Enter"))


def answer_keys(asking: Asking) -> tuple[Key, ...]:
    """The keys that answer this question."""
    return tuple(key._replace(word=_(key.word), about=_(key.about)) for key in _answer(asking))


def _answer(asking: Asking) -> tuple[Key, ...]:
    last = min(len(asking.options), NUMBERED)
    numbers = f"1-{last}" if last > 1 else "1"
    if asking.filtered:
        return (_FIND, *((_MARK,) if asking.manner is Manner.MARK else ()), _ENTER)
    match asking.manner:
        case Manner.PICK:
            return (_PICK._replace(key=numbers),)
        case Manner.MARK | Manner.TICK if asking.has_tick(asking.options[0]):
            return (_TICK._replace(key=numbers), _ENTER)
        case Manner.TICK:
            return (_DONE,)
        case Manner.TYPE:
            return (_ENTER, *((_DOWN,) if asking.options else ()))
        case _:
            return ()
