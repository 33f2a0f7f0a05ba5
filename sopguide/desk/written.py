"""What the agent wrote for the replies of a walk: kept beside it, so that nothing is written twice.

A text that is being written and was not kept yet is remembered too, apart from what is to be sent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from weakref import ref

from sopguide.desk.beside import keep, kept

if TYPE_CHECKING:
    from sopguide.desk.hand import WalkInHand

_LOCALE, _TYPED, _EDITS, _BEGUN = "reply-locale", "reply-typed", "reply-edits", "reply-begun"


class Edit(NamedTuple):
    """A text that the agent wrote, and what was recommended then."""

    text: str
    instead_of: str


class Written:
    """Values by placeholder; texts by macro and locale."""

    def __init__(self, walk: WalkInHand) -> None:
        self._of = ref(walk)
        locales = [locale for [locale] in kept(walk, _LOCALE, 1) if locale in walk.locales]
        self.locale = locales[0] if locales else walk.locale
        self.typed: dict[str, str] = dict(kept(walk, _TYPED, 2))
        self.edits: dict[tuple[str, str], Edit] = {
            (macro, locale): Edit(text, before)
            for macro, locale, text, before in kept(walk, _EDITS, 4)
        }
        self.begun: dict[tuple[str, str], str] = {
            (macro, locale): text for macro, locale, text in kept(walk, _BEGUN, 3)
        }

    @property
    def walk(self) -> WalkInHand:
        """The walk, which whoever shows the draft has in hand."""
        walk = self._of()
        if walk is None:
            raise ReferenceError("the walk of this draft is no longer in hand")
        return walk

    def save(self) -> str | None:
        """Keep all of it beside the walk; a text says why not."""
        walk = self.walk
        return keep(
            walk,
            {
                _LOCALE: [[self.locale]] if self.locale != walk.locale else [],
                _TYPED: [[name, value] for name, value in self.typed.items()],
                _EDITS: [[*key, *edit] for key, edit in self.edits.items()],
                _BEGUN: [[*key, text] for key, text in self.begun.items()],
            },
        )
