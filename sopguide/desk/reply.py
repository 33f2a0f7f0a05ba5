"""The reply as the agent will send it: in a locale, its placeholders filled in, edited or not.

A draft belongs to one walk in hand and follows it: a wait has a reply, an end has one, and what was
typed for a placeholder serves both, in every locale. Nothing is ever a blank: what nobody filled in
stands in the text as ⟦name⟧ and is asked for. Of all this the log learns the locale, whether the
text was edited and the names of what was typed, never a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import ref

from sopguide.clean import clean
from sopguide.desk.beside import Beside
from sopguide.desk.hand import Applied
from sopguide.messages import _

if TYPE_CHECKING:
    from sopguide.desk.difference import Line
    from sopguide.desk.hand import WalkInHand
    from sopguide.walk.wording import Rendered

LONGEST = 20_000
"""Characters of a reply; no helpdesk sends a longer one."""
LONGEST_VALUE = 400
_TEXT = "text"  # what is missing where a macro cannot be filled in at all


class _Edit(NamedTuple):
    """A text that the agent wrote, and what was recommended then."""

    text: str
    instead_of: str


class Draft:
    """The reply of the step at which a walk stands."""

    def __init__(self, walk: WalkInHand) -> None:
        self.locale = walk.locale
        self._of = ref(walk)
        self._typed: dict[str, str] = {}
        self._edits: dict[tuple[str, str], _Edit] = {}

    @property
    def recommended(self) -> Rendered | None:
        """The macro with all that is known and was typed; None where no reply is sent."""
        return self._render(self.locale, self._typed)

    @property
    def recommended_text(self) -> str:
        """The same as it may be shown."""
        return _text(self.recommended)

    @property
    def text(self) -> str:
        """What is to be sent, as far as it is written."""
        edit = self._edit
        return edit.text if edit else self.recommended_text

    @property
    def edited(self) -> bool:
        """Whether it is another text than the recommended one."""
        edit = self._edit
        return edit is not None and edit.text != self.recommended_text

    @property
    def outdated(self) -> bool:
        """Whether the recommended text has changed since it was edited."""
        edit = self._edit
        return edit is not None and edit.instead_of != self.recommended_text

    @property
    def asked(self) -> tuple[str, ...]:
        """The placeholders that only the agent can fill in, by their names."""
        found = self._render(self.locale, {})
        return tuple(name for name in found.missing if name != _TEXT) if found else ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The placeholders that stand open in the text."""
        found = self.recommended
        if found is None or self._edit is None:
            return found.missing if found else ()
        open_ones = self._render(self.locale, {})
        names = dict.fromkeys((*found.missing, *(open_ones.missing if open_ones else ())))
        return tuple(name for name in names if _mark(name) in self.text)

    @property
    def ready(self) -> bool:
        """Whether it may be sent as it stands."""
        return not self.missing

    @property
    def stand_in(self) -> str | None:
        """The locale that is shown in place of the one wanted; None where it is that one."""
        found = self.recommended
        return found.locale if found and found.locale not in ("", self.locale) else None

    @property
    def applied(self) -> Applied | None:
        """What the log learns of it; None where no reply is sent."""
        found = self.recommended
        if found is None:
            return None
        filled = tuple(name for name in self.asked if name in self._typed)
        return Applied(found.locale or self.locale, self.edited, filled)

    def value(self, name: str) -> str:
        """What was typed for a placeholder."""
        return self._typed.get(name, "")

    def fill(self, name: str, value: str) -> None:
        """Type a value for a placeholder; an empty one leaves it open, in plain sight."""
        typed = " ".join(clean(value, keep_newlines=False).split())[:LONGEST_VALUE]
        before = {key: _text(self._render(key[1], self._typed)) for key in self._edits}
        self._typed.pop(name, None)
        if typed:
            self._typed[name] = typed
        for key, edit in self._edits.items():
            if key[0] != self._macro:
                continue
            now = _text(self._render(key[1], self._typed))
            base = now if edit.instead_of == before[key] else edit.instead_of
            self._edits[key] = _Edit(edit.text.replace(_mark(name), typed or _mark(name)), base)

    def write(self, text: str) -> str | None:
        """Send this text instead; a text says why not."""
        macro, written = self._macro, clean(text).strip("\n")
        if macro is None:
            return _("There is no reply at this step")
        if not written.strip():
            return _("An empty reply helps nobody: write one, or drop what you changed")
        if len(written) > LONGEST:
            return _("A reply has at most {n} characters").format(n=LONGEST)
        recommended = self.recommended_text
        self._edits.pop((macro, self.locale), None)
        if written != recommended:
            self._edits[macro, self.locale] = _Edit(written, recommended)
        return None

    def restore(self) -> None:
        """Send the recommended text after all."""
        if self._macro is not None:
            self._edits.pop((self._macro, self.locale), None)

    def next_locale(self) -> None:
        """Take the library's next language; what was edited in this one is kept."""
        locales = self._walk.locales
        here = locales.index(self.locale) if self.locale in locales else -1
        self.locale = locales[(here + 1) % len(locales)]

    def diff(self, text: str | None = None) -> tuple[Line, ...]:
        """What this text, else the draft, changes in the recommended one: lines of a diff."""
        from sopguide.desk.difference import compare

        return compare(self.recommended_text, self.text if text is None else clean(text))

    @property
    def _walk(self) -> WalkInHand:
        """The walk, which whoever shows the draft has in hand."""
        walk = self._of()
        if walk is None:
            raise ReferenceError("the walk of this draft is no longer in hand")
        return walk

    @property
    def _macro(self) -> str | None:
        outcome = self._walk.view().outcome
        return outcome.macro if outcome else None

    @property
    def _edit(self) -> _Edit | None:
        return self._edits.get((self._macro or "", self.locale))

    def _render(self, locale: str, typed: dict[str, str]) -> Rendered | None:
        return self._walk.macro(locale, typed)


draft_of = Beside(Draft)
"""The draft of a walk: the same one on every screen, for as long as it is in hand."""


def _text(rendered: Rendered | None) -> str:
    return clean(rendered.text).strip("\n") if rendered else ""


def _mark(name: str) -> str:
    return "⟦this text cannot be filled in" if name == _TEXT else f"⟦{clean(name)}⟧"
