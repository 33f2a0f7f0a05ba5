"""The texts of a library's SOPs and facts, for its translators: a domain for each area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog

from sopguide.cli.exits import UserError
from sopguide.cli.i18n_catalogues import Texts
from sopguide.diagnostics import Severity
from sopguide.source.files import read_library
from sopguide.source.read import read_files
from sopguide.source.texts import (
    LABELS,
    MACROS,
    SHARED,
    area_of,
    context_of,
    texts_of_library,
    texts_of_sop,
    texts_of_title,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sopguide.source.sources import Entry, Sources
    from sopguide.source.texts import Text

LOCALE = "locale"


def texts_of(root: Path) -> Texts:
    """What there is to translate in the library at `root`."""
    sources = read_files(read_library(root))
    _refuse_broken(sources)
    domains: dict[str, Catalog] = {}
    contexts: set[tuple[str, str]] = set()

    def take(area: str, name: str, entry: Entry[Any], texts: Iterable[Text]) -> None:
        catalogue = domains.setdefault(area, Catalog())
        for text, path in texts:
            line = entry.span(*path, key=False).line
            places = [(f"{root.resolve().name}/{entry.document.path}", line)] if path else []
            catalogue.add(text, locations=places)
            contexts.add((context_of(name, path), text))

    library = sources.library
    if library is not None and library.model is not None:
        take(SHARED, SHARED, library, texts_of_library(library.model))
    for macro in sources.macros.values():
        if macro.model is not None:
            take(SHARED, MACROS, macro, texts_of_title(macro.model))
    for label in sources.labels.values():
        if label.model is not None:
            take(SHARED, LABELS, label, texts_of_title(label.model))
    for name, entry in sources.sops.items():
        if entry.model is not None:
            take(area_of(name), name, entry, texts_of_sop(entry.model))
    title = library.model.name if library and library.model else root.name
    return Texts(title, root / LOCALE, dict(sorted(domains.items())), frozenset(contexts))


def _refuse_broken(sources: Sources) -> None:
    """What cannot be read would count as gone, and its translations with it."""
    for found in sources.diagnostics:
        file = found.span.file if found.span else ""
        if found.severity is Severity.ERROR and not file.startswith(f"{LOCALE}/"):
            raise UserError(str(found), "mend first what `sopguide check` finds")
