"""Who reads a walk: in which language, and with which ticket placeholders are filled in."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sopguide.facts.fact import Fact
from sopguide.facts.values import Value, show
from sopguide.walk.procedure import Part
from sopguide.walk.saying import Words
from sopguide.walk.walk import Walk
from sopguide.walk.wording import fill


class Reader(NamedTuple):
    """Reads a walk; `word` says in the agent's language what is nobody's wording ("Done")."""

    walk: Walk
    ticket: Mapping[str, Any] | None
    language: str
    words: Words
    word: Callable[[str], str]

    @property
    def need(self) -> Fact | None:
        """The fact that is asked for, as it reads in the agent's language."""
        need = self.walk.need
        return need and self.words.fact(need, self.walk.part.sop)

    def read(self, text: str, name: str, part: Part | None = None) -> str:
        """A text of a step as it reads in the agent's language, filled in."""
        return self.filled(self.words.say(text, (part or self.walk.part).sop, name), part)

    def filled(self, said: str, part: Part | None = None) -> str:
        """A text that is in the agent's language already, filled in."""
        return fill(self.walk, said, self.ticket, part=part, words=self.words).text

    def value(self, value: Value | None, fact: Fact, sop: str) -> str:
        """A value in its wording; a moment as clocks on the wall tell it, in the library's zone."""
        if isinstance(value, datetime):
            return f"{value.astimezone(self.walk.procedure.zone):%Y-%m-%d %H:%M}"
        return show(value, self.words.fact(fact, sop))


def reader_of(
    walk: Walk,
    ticket: Mapping[str, Any] | None = None,
    language: str | None = None,
    word: Callable[[str], str] = str,
) -> Reader:
    """Return who reads a walk in a language, or in the nearest that there is."""
    shown_in = walk.procedure.language(language)
    return Reader(walk, ticket, shown_in, walk.procedure.words(shown_in), word)
