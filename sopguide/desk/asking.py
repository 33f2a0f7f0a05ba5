"""One question in hand: what may be answered, what is marked or typed so far, what Enter means.

Screens draw what this says and pass keys on to it. It knows nothing of keys or screens, and it
refuses only what is not yet an answer (nothing chosen, a tick missing); whether an answer is a good
one is for the walk to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.walk.view import View

NUMBERED = 9
"""So many answers have a number key; where there are more, one types to find them."""

DONE = "done"
_LIKE = 60.0

_EXAMPLES = {
    "integer": "a whole number",
    "decimal": "a number, such as 12.50",
    "date": "a date, such as 2026-05-19",
    "datetime": "a date and time, such as 2026-05-19T14:30",
    "duration": "a duration, such as 2d 4h",
    "text": "any text; it is not logged",
}


class Manner(Enum):
    """How a question is answered."""

    PICK = "pick one"
    MARK = "mark any, then confirm"
    TYPE = "type it"
    TICK = "tick all, then go on"
    STUCK = "nothing to answer"


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen, marked or ticked."""

    id: str
    label: str
    value: Any


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, in the form the walk takes."""

    value: Any


@dataclass(frozen=True, slots=True)
class Unready:
    """Not an answer yet, and why."""

    why: str


NOT_KNOWN = Option("not known", "Not known", None)


class Asking:
    """A question and what is marked at it. The filter narrows what is shown, never what is marked."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.manner = _manner(view)
        self.options = _options(view, self.manner)
        self.marked: set[str] = set()
        self.filter = ""
        if self.manner is Manner.MARK and isinstance(view.suggested, (list, tuple)):
            self.marked = {str(value) for value in view.suggested}

    @property
    def filtered(self) -> bool:
        """Whether answers are found by typing."""
        return self.manner in {Manner.PICK, Manner.MARK} and len(self.options) > NUMBERED

    @property
    def typed(self) -> bool:
        """Whether a text field is needed."""
        return self.filtered or self.manner is Manner.TYPE

    @property
    def shown(self) -> Sequence[Option]:
        """The options that fit the filter."""
        return narrow(self.options, self.filter) if self.filtered else self.options

    @property
    def hint(self) -> str:
        """What to type."""
        if self.filtered:
            return f"type to find one of {len(self.options)}"
        example = _EXAMPLES.get(self.view.type or "", "")
        return f"{example} ({self.view.unit})" if self.view.unit else example

    @property
    def typed_before(self) -> str:
        """What was typed at this question before, for a question that is asked again."""
        suggested = self.view.suggested
        return "" if self.manner is not Manner.TYPE or suggested is None else str(suggested)

    @property
    def start(self) -> int:
        """Where the cursor begins: the answer given before, else nowhere, so that a stray Enter
        answers nothing; where there is only one thing to do, there."""
        if self.manner is Manner.TICK and not self.view.check:
            return 0
        if self.manner is not Manner.PICK or self.view.suggested is None:
            return -1
        values = [option.value for option in self.options]
        return values.index(self.view.suggested) if self.view.suggested in values else -1

    def is_marked(self, option: Option) -> bool:
        """Whether a tick stands at the option."""
        return option.id in self.marked

    def has_tick(self, option: Option) -> bool:
        """Whether the option is one to tick rather than to choose."""
        if option is NOT_KNOWN:
            return False
        return self.manner is Manner.MARK or bool(self.manner is Manner.TICK and self.view.check)

    def choose(self, option: Option) -> Given | None:
        """A number key or a click: an answer, or a tick set or taken away."""
        if not self.has_tick(option):
            return Given(option.value)
        self.marked ^= {option.id}
        return None

    def confirm(self, option: Option | None, typed: str = "") -> Given | Unready:
        """Enter, with the cursor on an option (or none) and a text in the field."""
        if option is not None and not self.has_tick(option):
            return Given(option.value)
        if self.manner is Manner.MARK:
            values = [each.value for each in self.options if each.id in self.marked]
            return Given(values) if values else Unready("Mark at least one, then press Enter")
        if self.manner is Manner.TICK:
            left = [n for n, each in enumerate(self.options, 1) if each.id not in self.marked]
            numbers = ", ".join(str(number) for number in left)
            return Unready(f"Tick {numbers} first: each is to be done") if left else Given(DONE)
        if self.manner is Manner.TYPE:
            return Given(typed.strip()) if typed.strip() else Unready(f"Type {self.hint or 'it'}")
        return Unready(_WHY_NOT[self.manner])


_WHY_NOT = {
    Manner.PICK: "Choose an answer first: by its number, or with the arrows",
    Manner.STUCK: "There is nothing to answer here: go back, or hand the ticket off",
}


def narrow(options: Sequence[Option], text: str) -> Sequence[Option]:
    """The options that fit a text: those that begin so, hold it, or read much like it."""
    sought = text.strip().casefold()
    if not sought:
        return options
    ranked = [(_rank(option, sought), option) for option in options]
    best = sorted((pair for pair in ranked if pair[0] is not None), key=lambda pair: pair[0] or 0)
    if best:
        return [option for _, option in best]
    from rapidfuzz import fuzz, process

    labels = [option.label.casefold() for option in options]
    found = process.extract(sought, labels, scorer=fuzz.WRatio, score_cutoff=_LIKE, limit=NUMBERED)
    return [options[place] for _, _, place in found]


def _rank(option: Option, sought: str) -> int | None:
    label = option.label.casefold()
    if sought == option.id.casefold():
        return 0
    if label.startswith(sought):
        return 1
    if f" {sought}" in label:
        return 2
    return 3 if sought in label else None


def _manner(view: View) -> Manner:
    if view.kind == "stuck":
        return Manner.STUCK
    if view.kind == "do":
        return Manner.TICK
    if view.multiple:
        return Manner.MARK
    return Manner.PICK if view.choices else Manner.TYPE


def _options(view: View, manner: Manner) -> tuple[Option, ...]:
    if manner is Manner.TICK:
        items = view.check or ("Done",)
        return tuple(
            Option(str(n), text, DONE if not view.check else None)
            for n, text in enumerate(items, 1)
        )
    options = tuple(Option(choice.id, choice.label, choice.id) for choice in view.choices)
    return (*options, NOT_KNOWN) if view.optional else options
