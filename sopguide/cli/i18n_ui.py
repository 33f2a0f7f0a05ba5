"""The program's own words, for its translators: every text marked `_()` or `N_()` in its code."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

import sopguide
from sopguide.cli.i18n_catalogues import Texts

DOMAIN = "sopguide"
_MARKS = {"_": None, "N_": None}


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
