"""Texts without a translation into a language of the library.

Whoever walks the SOP in that language reads these texts as they are written, marked with the
language they are in. A translation that is marked `fuzzy` counts as missing: it was made for a text
that has changed since, and somebody has to look at it. Counted once for each SOP and language, and
once for what the library shares: facts, and the titles of macros and labels.

Good:

    # sops/example.yaml
    start: ask
    steps:
      ask: {do: Check the door., go: done}
      done: {end: resolved, macro: done, label: done}
    # locale/es/LC_MESSAGES/library.po
    msgid "Example"
    msgstr "Ejemplo"
    msgid "An example."
    msgstr "Un ejemplo."
    msgid "Check the door."
    msgstr "Mire la puerta."
    msgid "yes"
    msgstr "sí"
    msgid "no"
    msgstr "no"
    msgid "Done"
    msgstr "Hecho"

Bad:

    # sops/example.yaml
    start: ask
    steps:
      ask: {do: Check the door., go: done}
      done: {end: resolved, macro: done, label: done}
    # locale/es/LC_MESSAGES/library.po
    msgid "Example"
    msgstr "Ejemplo"
    #, fuzzy
    msgid "Check the door."
    msgstr "Mire la ventana."
    msgid "yes"
    msgstr "sí"
    msgid "no"
    msgstr "no"
    msgid "Done"
    msgstr "Hecho"

Found:

    6:8: hint[SOP605] 2 texts have no translation into `es` (of 3, 1 fuzzy)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Related, Severity
from sopguide.source.texts import SHARED, area_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.translated import Translated
    from sopguide.graph.whole import Whole
    from sopguide.source import models
    from sopguide.source.sources import Entry

CODE = "SOP605"
NAME = "not-translated"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    translations = whole.linker.translations
    if translations is None:
        return
    sources = whole.symbols.sources
    if sources.library is not None and sources.library.model is not None:
        for found in _found(translations.of_library(), sources.library, "name", SHARED):
            yield ("library", ""), found
    for one in whole.procedures.values():
        if one.model.status != "retired":
            far = translations.of_sop(one.id, one.model)
            for found in _found(far, sources.sops[one.id], "title", area_of(one.id)):
                yield ("sops", one.id), found


def _found(
    far: Iterable[Translated], entry: Entry[models.Sop] | Entry[models.Library], key: str, area: str
) -> Iterator[Diagnostic]:
    for language, texts, missing, fuzzy in far:
        if missing:
            which = "1 text has" if len(missing) == 1 else f"{len(missing)} texts have"
            guessed = f", {fuzzy} fuzzy" if fuzzy else ""
            catalogue = f"locale/{language}/LC_MESSAGES/{area}.po"
            first = missing[0].path
            yield Diagnostic(
                CODE,
                Severity.HINT,
                entry.span(key),
                f"{which} no translation into `{language}` (of {texts}{guessed})",
                f"`sopguide i18n update {language}` lists them in `{catalogue}`",
                (Related(entry.span(*first), "the first of them"),) if first else (),
            )
