"""The program's own words, for its translators: every text marked `_()` or `N_()` in its code.

What the core says for others to translate is marked `Phrase()`, or `word()` where it is handed the
function that does it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

import sopguide
from sopguide.cli.i18n_catalogues import Texts
from sopguide.source.catalogues import CatalogueReader
from sopguide.source.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.source.catalogues import Key, Message

DOMAIN = "sopguide"
_MARKS = {"_": None, "N_": None, "word": None, "Phrase": None}


def texts_of_ui() -> Texts:
    """What there is to translate in the program itself."""
    package = Path(sopguide.__file__).parent
    catalogue = Catalog()
    found = extract_from_dir(package, [("**.py", "python")], keywords=_MARKS)
    for file, _line, text, _comments, _context in sorted(found, key=lambda one: one[:2]):
        if not isinstance(text, str):
            raise TypeError(f"{file}: a text to translate is written as one")
        catalogue.add(text, locations=[(f"{package.name}/{Path(file).as_posix()}", 1)])
    return Texts(package.name, package / "locale", {DOMAIN: catalogue}, lines=False)


def catalogues_of_ui(texts: Texts) -> Iterator[tuple[str, dict[Key, Message]]]:
    """Every catalogue of the program: its language, and its entries."""
    for language in texts.languages:
        file = texts.file(language, DOMAIN)
        yield language, CatalogueReader(Document(str(file), file.read_text("utf-8"))).read()
