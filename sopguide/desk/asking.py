"""One question in hand: what may be answered, what is marked or typed so far, what Enter means.

Screens draw what this says and pass keys on to it. It knows nothing of keys or screens, and it
refuses only what is not yet an answer (nothing chosen, a tick missing); whether an answer is a good
one is for the walk to say.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from sopguide.facts.numbers import parse_whole
from sopguide.messages import N_, _
from sopguide.walk.answering import DONE
from sopguide.walk.view import NOT_KNOWN as NOT_KNOWN_ID
from sopguide.walk.walk import DO, STUCK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sopguide.walk.view import View

Thing = TypeVar("Thing")

NUMBERED = 9
"""So many answers have a number key; where there are more, one types to find them."""

_LIKE = 60.0

_EXAMPLES = {
    "integer": N_("a whole number"),
    "decimal": N_("a number, such as 12.50"),
    "date": N_("a date, such as 2026-05-19"),
    "datetime": N_("a date and time, such as 2026-05-19T14:30"),
    "duration": N_("a duration, such as 2d 4h"),
    "text": N_("any text; it is not logged"),
}


class Manner(Enum):
    """How a question is answered."""

    PICK = "pick one"
    MARK = "mark any, then confirm"
    TYPE = "type it"
    TICK = "tick all, then go on"
    STUCK = "nothing to answer"


class Option(NamedTuple):
    """Something that can be chosen, marked or ticked."""

    id: str
    label: str
    value: Any


class Given(NamedTuple):
    """An answer, in the form the walk takes."""

    value: Any


class Unready(NamedTuple):
    """Not an answer yet, and why."""

    why: str


def not_known() -> Option:
    """The option that stands for "not known"."""
    return Option(NOT_KNOWN_ID, _("Not known"), None)


class Asking:
    """A question and what is marked at it. The filter narrows what is shown, not what is marked."""

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
            return _("type to find one of {n}").format(n=len(self.options))
        example = _(_EXAMPLES[self.view.type]) if self.view.type in _EXAMPLES else ""
        return f"{example} ({self.view.unit})" if self.view.unit else example

    @property
    def typed_before(self) -> str:
        """What was typed at this question before, for a question that is asked again."""
        suggested = self.view.suggested
        return "" if self.manner is not Manner.TYPE or suggested is None else str(suggested)

    @property
    def start(self) -> int:
        """Where the cursor begins: at the answer given before, or where there is one thing to do.

        Else nowhere, so that a stray Enter answers nothing.
        """
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
        if option.id == NOT_KNOWN_ID:
            return False
        return self.manner is Manner.MARK or bool(self.manner is Manner.TICK and self.view.check)

    def choose(self, option: Option) -> Given | None:
        """A number key or a click: an answer, or a tick set or taken away."""
        if not self.has_tick(option):
            return Given(option.value)
        self._mark(option.id)
        return None

    def _mark(self, value: str) -> None:
        """Set or take away a mark; values that stand alone take the others away."""
        alone = set(self.view.exclusive)
        if value in self.marked:
            self.marked.remove(value)
        else:
            self.marked = {value} if value in alone else (self.marked - alone) | {value}

    def confirm(self, option: Option | None, typed: str = "") -> Given | Unready:
        """Enter, with the cursor on an option (or none) and a text in the field."""
        if option is not None and not self.has_tick(option):
            return Given(option.value)
        if self.manner is Manner.MARK:
            values = [each.value for each in self.options if each.id in self.marked]
            return Given(values) if values else Unready(_("Mark at least one, then press Enter"))
        if self.manner is Manner.TICK:
            left = [n for n, each in enumerate(self.options, 1) if each.id not in self.marked]
            numbers = ", ".join(str(number) for number in left)
            todo = _("Tick {numbers} first: each is to be done").format(numbers=numbers)
            return Unready(todo) if left else Given(DONE)
        if self.manner is Manner.TYPE:
            return self._typed(typed.strip())
        if typed.strip() and self.filtered and not self.shown:
            return Unready(no_answer(typed.strip()))
        return Unready(_(_FIND if self.filtered else _WHY_NOT[self.manner]))

    def _typed(self, text: str) -> Given | Unready:
        if not text:
            return Unready(_("Type {what}").format(what=self.hint) if self.hint else _("Type it"))
        from sopguide.desk.typed import Ambiguous, as_meant

        try:
            return Given(as_meant(text, self.view.type, self.view.unit))
        except Ambiguous as error:
            return Unready(str(error))

    def read(self, text: str) -> Given | Unready:
        """An answer typed as a line: numbers, ids or wording; or the value itself."""
        if self.manner is Manner.TYPE:
            known = any(_same(one, text) for one in self.options if one.id == NOT_KNOWN_ID)
            return Given(None) if known else self.confirm(None, text)
        if self.manner is Manner.PICK:
            option = self.named(text)
            return Given(option.value) if option else Unready(no_answer(text))
        return self._read_marks(text)

    def _read_marks(self, text: str) -> Given | Unready:
        """Several at once: `1 3`, `receipt, device`; at a checklist also `done`, for all of it."""
        if self.manner is Manner.STUCK:
            return Unready(_(_WHY_NOT[self.manner]))
        if self.manner is Manner.TICK and (text.strip().casefold() == DONE or not self.view.check):
            return Given(DONE) if _agrees(text) else Unready(_("Type `done` when it is done"))
        whole = self.named(text)
        words = [text] if whole else text.replace(",", " ").split()
        options = [self.named(word) for word in words]
        for word, option in zip(words, options, strict=True):
            if option is None:
                return Unready(no_answer(word))
            if option.id == NOT_KNOWN_ID:
                return Given(None)
        named = {option.id for option in options if option}
        self.marked = self.marked | named if self.manner is Manner.TICK else named
        return self.confirm(None)

    def named(self, text: str) -> Option | None:
        """The option of that number, id or wording."""
        word = text.strip()
        same = (option for option in self.options if _same(option, word))
        return numbered(self.options, word) or next(same, None)


def numbered(things: Sequence[Thing], text: str) -> Thing | None:
    """The one of that number, where they are counted from 1."""
    number = parse_whole(text) or 0
    return things[number - 1] if 0 < number <= len(things) else None


def _same(option: Option, text: str) -> bool:
    return text.strip().casefold() in {option.id.casefold(), option.label.casefold()}


def _agrees(text: str) -> bool:
    agreed = {DONE, "1", "ok", "yes", "y", _("done").casefold(), _("yes").casefold()}
    return text.strip().casefold() in agreed


def no_answer(text: str) -> str:
    """That nothing which can be answered reads like it."""
    return _("No answer reads `{text}`").format(text=text)


_FIND = N_("Choose an answer first: type a part of it, or use the arrows")
_WHY_NOT = {
    Manner.PICK: N_("Choose an answer first: by its number, or with the arrows"),
    Manner.STUCK: N_("There is nothing to answer here: go back, or hand the ticket off"),
}

_SLIPS = 2
"""So many letters too many may be typed."""


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

    labels = {
        place: option.label.casefold()
        for place, option in enumerate(options)
        if len(option.label) + _SLIPS >= len(sought)  # a sentence is no slip for a word in it
    }
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
    if view.status == STUCK:
        return Manner.STUCK
    if view.status == DO:
        return Manner.TICK
    if view.multiple:
        return Manner.MARK
    return Manner.PICK if view.choices else Manner.TYPE


def _options(view: View, manner: Manner) -> tuple[Option, ...]:
    if manner is Manner.TICK and view.check:
        return tuple(Option(str(n), text, None) for n, text in enumerate(view.check, 1))
    choices = view.choices
    options = tuple(
        Option(each.id, each.label, each.id) for each in choices if each.id != NOT_KNOWN_ID
    )
    return (*options, not_known()) if view.optional else options
