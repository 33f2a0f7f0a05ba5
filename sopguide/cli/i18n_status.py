"""How far a library, or the program itself, is translated: by language, and by SOP."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.cli.i18n_ui import DOMAIN, catalogues_of_ui, texts_of_ui
from sopguide.graph.translated import Translations
from sopguide.source.texts import SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopguide.graph.translated import Translated
    from sopguide.source.sources import Sources


class Row(NamedTuple):
    """One line of the table: `of` is an SOP, `library` or `sopguide`."""

    language: str
    of: str
    translated: int
    fuzzy: int
    missing: int

    @property
    def texts(self) -> int:
        """How many texts there are."""
        return self.translated + self.fuzzy + self.missing


def rows_of_library(sources: Sources) -> list[Row]:
    """How far the library's facts and each SOP are translated."""
    translations = Translations(sources)
    rows = [*_rows(SHARED, translations.of_library())]
    for name, entry in sources.sops.items():
        if entry.model is not None:
            rows += _rows(name, translations.of_sop(name, entry.model))
    return sorted(rows, key=attrgetter("language"))


def rows_of_ui() -> list[Row]:
    """How far the program's own words are translated."""
    texts = texts_of_ui()
    wanted = [str(message.id) for message in texts.domains[DOMAIN] if message.id]
    rows = []
    for language, messages in catalogues_of_ui(texts):
        found = [messages.get((None, text)) for text in wanted]
        done = sum(one is not None and bool(one.said) and not one.fuzzy for one in found)
        fuzzy = sum(one is not None and bool(one.said) and one.fuzzy for one in found)
        rows.append(Row(language, DOMAIN, done, fuzzy, len(wanted) - done - fuzzy))
    return rows


def table(rows: Iterable[Row]) -> Iterator[str]:
    """The rows as lines, each language with its sum."""
    for language, group in groupby(rows, attrgetter("language")):
        each = [*group]
        done, texts = sum(row.translated for row in each), sum(row.texts for row in each)
        yield f"{language}: {done} of {texts} texts are translated"
        for row in each:
            left = [f"{row.fuzzy} fuzzy"] * bool(row.fuzzy)
            left += [f"{row.missing} missing"] * bool(row.missing)
            yield f"  {row.translated:>5} of {row.texts:<5} {row.of:<28} {', '.join(left)}".rstrip()


def to_json(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The rows for a script."""
    return [row._asdict() for row in rows]


def _rows(of: str, far: Iterable[Translated]) -> Iterator[Row]:
    for language, texts, missing, fuzzy in far:
        yield Row(language, of, texts - len(missing), fuzzy, len(missing) - fuzzy)
