"""What a library says in other languages: for each compiled form the texts that it shows.

A text is looked up in the catalogue of its SOP's area, then in the one that the library shares.
Every language of the library is named in every form, be it with nothing: only so can a walk tell
what is not translated yet from what nobody wants to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.facts.fact import YES_NO
from sopguide.source.texts import (
    LABELS,
    MACROS,
    SHARED,
    TITLE,
    Text,
    apart,
    area_of,
    context_of,
    texts_of_library,
    texts_of_sop,
    texts_of_title,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from sopguide.graph.compile_sop import Procedure
    from sopguide.source import models
    from sopguide.source.sources import Sources
    from sopguide.source.translations import Catalogue

Said = dict[str, str]
"""Texts in another language, by the text; by its place too where that tells it apart."""


class Translated(NamedTuple):
    """How far texts are translated into one language; `fuzzy` are missing, but guessed."""

    language: str
    texts: int
    missing: tuple[Text, ...]
    fuzzy: int


class Translations:
    """The translations of one library."""

    def __init__(self, sources: Sources) -> None:
        self._catalogues = sources.translations
        library = sources.library.model if sources.library else None
        self._shared = [*texts_of_library(library)] if library else []
        macros = (each.model for each in sources.macros.values())
        labels = (each.model for each in sources.labels.values())
        self._titles = [
            text for each in (*macros, *labels) if each for text in texts_of_title(each)
        ]

    @property
    def languages(self) -> list[str]:
        """The languages that somebody translates into."""
        return sorted(self._catalogues)

    def form(self, used: Iterable[Procedure], parts: Mapping[str, Any]) -> dict[str, Said]:
        """What a form says in each language: its procedures, and what of the library it needs."""
        facts = parts["facts"]
        procedures = [*used]
        own = (fact for one in procedures for fact in one.form.get("facts", {}).values())
        asks_yes_no = any(fact["type"] == YES_NO for fact in (*own, *facts.values()))
        shared = [
            one for one in self._shared if (one.path[1] in facts if one.path else asks_yes_no)
        ]
        found = {}
        for language in self.languages:
            said: Said = {}
            for one in procedures:
                self._take(said, language, one.id, texts_of_sop(one.model))
            self._take(said, language, SHARED, shared)
            for kind in (MACROS, LABELS):
                titles = (Text(each["title"], (TITLE,)) for each in parts[kind].values())
                self._take(said, language, kind, titles)
            found[language] = said
        return found

    def names(self, procedures: Iterable[Procedure]) -> dict[str, Said]:
        """The titles of SOPs, and what they are about, in each language."""
        every = [*procedures]
        found = {}
        for language in self.languages:
            said: Said = {}
            for one in every:
                texts = (Text(one.model.title, ("title",)), Text(one.model.about, ("about",)))
                self._take(said, language, one.id, texts)
            found[language] = said
        return found

    def of_sop(self, sop: str, model: models.Sop) -> Iterator[Translated]:
        """How far the texts of an SOP are translated, by language."""
        return self._count(sop, texts_of_sop(model))

    def of_library(self) -> Iterator[Translated]:
        """How far facts, and the titles of macros and labels, are translated, by language."""
        return self._count(
            SHARED, (*self._shared, *(one._replace(path=()) for one in self._titles))
        )

    def _count(self, owner: str, texts: Iterable[Text]) -> Iterator[Translated]:
        different: dict[str, Text] = {}
        for text in texts:
            different.setdefault(text.text, text)
        every = different.values()
        for language in self.languages:
            missing = [one for one in every if self._said(language, owner, one) is None]
            fuzzy = sum(self._guessed(language, owner, one) for one in missing)
            yield Translated(language, len(different), tuple(missing), fuzzy)

    def _take(self, said: Said, language: str, owner: str, texts: Iterable[Text]) -> None:
        for one in texts:
            translation = self._said(language, owner, one)
            if translation is not None and said.setdefault(one.text, translation) != translation:
                said[apart(context_of(owner, one.path), one.text)] = translation

    def _said(self, language: str, owner: str, text: Text) -> str | None:
        context = context_of(owner, text.path)
        for catalogue in self._of(language, owner):
            said = catalogue.say(text.text, context) or catalogue.say(text.text)
            if said is not None:
                return said
        return None

    def _guessed(self, language: str, owner: str, text: Text) -> bool:
        catalogues = self._of(language, owner)
        found = (catalogue.messages.get((None, text.text)) for catalogue in catalogues)
        return any(one is not None and one.fuzzy for one in found)

    def _of(self, language: str, owner: str) -> Collection[Catalogue]:
        catalogues = self._catalogues[language]
        areas = dict.fromkeys((area_of(owner), SHARED))
        return [catalogues[area] for area in areas if area in catalogues]
