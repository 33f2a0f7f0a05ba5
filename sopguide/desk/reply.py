"""The reply as the agent will send it: in a locale, its placeholders filled in, edited or not.

A draft belongs to one walk in hand and follows it: a wait has a reply, an end has one, and what was
typed for a placeholder serves both, in every locale. Nothing is ever a blank: what nobody filled in
stands in the text as ⟦name⟧ and is asked for. Of all this the log learns the locale, whether the
text was edited and the names of what was typed, never a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.clean import clean
from sopguide.desk.beside import Beside
from sopguide.desk.hand import Applied
from sopguide.desk.incoming import locale_of
from sopguide.desk.written import Edit, Written
from sopguide.messages import _

if TYPE_CHECKING:
    from sopguide.desk.difference import Line
    from sopguide.desk.hand import WalkInHand
    from sopguide.walk.wording import Rendered

LONGEST = 20_000
"""Characters of a reply; no helpdesk sends a longer one."""
LONGEST_VALUE = 400
_TEXT = "text"  # what is missing where a macro cannot be filled in at all


class Draft:
    """The reply of the step at which a walk stands."""

    def __init__(self, walk: WalkInHand) -> None:
        self._written = Written(walk)

    @property
    def locale(self) -> str:
        """The language that the reply is wanted in."""
        return self._written.locale

    @locale.setter
    def locale(self, locale: str) -> None:
        self._written.locale = locale
        self._written.save()

    @property
    def recommended(self) -> Rendered | None:
        """The macro with all that is known and was typed; None where no reply is sent."""
        return self._render(self.locale, self._written.typed)

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
    def guessed(self) -> bool:
        """Whether neither the ticket nor the agent named the language."""
        walk = self._written.walk
        chosen = self.locale != walk.locale or self.edited
        return len(walk.locales) > 1 and not chosen and locale_of(walk.ticket) is None

    @property
    def applied(self) -> Applied | None:
        """What the log learns of it; None where no reply is sent."""
        found = self.recommended
        if found is None:
            return None
        filled = tuple(name for name in self.asked if name in self._written.typed)
        return Applied(found.locale or self.locale, self.edited, filled)

    def value(self, name: str) -> str:
        """What was typed for a placeholder."""
        return self._written.typed.get(name, "")

    def fill(self, name: str, value: str) -> None:
        """Type a value for a placeholder; an empty one leaves it open, in plain sight."""
        written, mine = self._written, {}
        for key, edit in self._written.edits.items():
            if key[0] == self._macro:
                mine[key] = edit, edit.instead_of == _text(self._render(key[1], written.typed))
        written.typed.pop(name, None)
        if typed := " ".join(clean(value, keep_newlines=False).split())[:LONGEST_VALUE]:
            written.typed[name] = typed
        for key, (edit, current) in mine.items():
            text = edit.text.replace(_mark(name), typed or _mark(name))
            now = _text(self._render(key[1], written.typed)) if current else edit.instead_of
            written.edits[key] = Edit(text, now)
        written.save()

    @property
    def begun(self) -> str:
        """What was being written and is not kept yet, else what is to be sent."""
        return self._written.begun.get(self._key, self.text)

    def begin(self, text: str) -> None:
        """Remember what is being written."""
        self._written.begun[self._key] = clean(text)[:LONGEST]
        if self._written.begun[self._key] == self.text:
            del self._written.begun[self._key]
        self._written.save()

    def drop(self) -> None:
        """Forget what was being written."""
        self._written.begun.pop(self._key, None)
        self._written.save()

    def write(self, text: str) -> str | None:
        """Send this text instead; a text says why not."""
        written = clean(text).strip("\n")
        if not self._macro:
            return _("There is no reply at this step")
        if not written.strip():
            return _("An empty reply helps nobody: write one, or drop what you changed")
        if len(written) > LONGEST:
            return _("A reply has at most {n} characters").format(n=LONGEST)
        self._written.edits.pop(self._key, None)
        if written != self.recommended_text:
            self._written.edits[self._key] = Edit(written, self.recommended_text)
        self.drop()
        return None

    def restore(self) -> None:
        """Send the recommended text after all."""
        self._written.edits.pop(self._key, None)
        self.drop()

    def next_locale(self) -> None:
        """Take the library's next language; what was edited in this one is kept."""
        locales = self._written.walk.locales
        here = locales.index(self.locale) if self.locale in locales else -1
        self.locale = locales[(here + 1) % len(locales)]

    def diff(self, text: str | None = None) -> tuple[Line, ...]:
        """What this text, else the draft, changes in the recommended one: lines of a diff."""
        from sopguide.desk.difference import compare

        return compare(self.recommended_text, self.text if text is None else clean(text))

    @property
    def _macro(self) -> str:
        outcome = self._written.walk.view().outcome
        return outcome.macro or "" if outcome else ""

    @property
    def _key(self) -> tuple[str, str]:
        return self._macro, self.locale

    @property
    def _edit(self) -> Edit | None:
        return self._written.edits.get(self._key)

    def _render(self, locale: str, typed: dict[str, str]) -> Rendered | None:
        return self._written.walk.macro(locale, typed)


draft_of = Beside(Draft)
"""The draft of a walk: the same one on every screen, for as long as it is in hand."""


def _text(rendered: Rendered | None) -> str:
    return clean(rendered.text).strip("\n") if rendered else ""


def _mark(name: str) -> str:
    return "⟦this text cannot be filled in" if name == _TEXT else f"⟦{clean(name)}⟧"
