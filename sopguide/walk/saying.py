"""What a procedure says in one language: the agent's, or the one a reply is written in.

A text without a translation is shown as it is written, with the language it is in before it, so
that nobody takes it for a slip. Where a library has nothing in the language wanted, or is written
in it, texts are shown as they are and nothing is marked.
"""

from collections.abc import Mapping
from typing import Any

from sopguide.facts.fact import Fact
from sopguide.facts.names import is_code

SHARED = "library"
"""Whose facts those of the library are."""
MACROS, LABELS = "macros", "labels"
"""Whose the titles of macros and of labels are."""

Translations = Mapping[str, str]


class Words:
    """The words of a procedure in one language; `said` is None where they stay as written."""

    def __init__(self, said: Translations | None, written_in: str, *, marked: bool = True) -> None:
        self._said = said
        self._mark = f"({written_in}) " if marked else ""
        self._facts: dict[tuple[str, str], Fact] = {}

    @property
    def as_written(self) -> bool:
        """Whether texts are shown as they are written."""
        return self._said is None

    def say(self, text: str, sop: str, name: str) -> str:
        """Return a text of an SOP; `name` is the step, fact or key that it stands under."""
        if self._said is None or not text or is_code(text):
            return text
        found = self._said.get(f"{sop}:{name}\x04{text}") or self._said.get(text)
        return f"{self._mark}{text}" if found is None else found

    def title(self, form: Mapping[str, Any], kind: str, name: str | None) -> str:
        """Return what a macro or a label of a procedure's form is called; nothing for none."""
        title: str = form.get(kind, {}).get(name, {}).get("title", "")
        return self.say(title, kind, "title")

    def fact(self, fact: Fact, sop: str) -> Fact:
        """Return a fact with its question, its values and its unit in this language."""
        if self._said is None:
            return fact
        owner = sop if fact.own else SHARED
        found = self._facts.get((owner, fact.name))
        if found is None:
            said = {value: self.say(fact.say(value), owner, fact.name) for value in fact.values}
            ask = fact.ask and self.say(fact.ask, owner, fact.name)
            unit = fact.unit and self.say(fact.unit, owner, fact.name)
            found = fact._replace(wording=said, ask=ask, unit=unit)
            self._facts[owner, fact.name] = found
        return found


AS_WRITTEN = Words(None, "")
