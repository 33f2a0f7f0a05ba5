"""The desk's own words, in the agent's language.

Texts are marked where they are written and translated where they are shown, from the catalogues
beside this file; English is what they are written in, and costs nothing. What an SOP says is not
here: its library brings its own translations.
"""

from __future__ import annotations

from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from sopguide.languages import ENGLISH, nearest
from sopguide.phrases import say

_FOLDER = Path(__file__).parent / "locale"
_catalogue = NullTranslations()


def use(language: str) -> str:
    """Speak a language from now on, or the nearest there is; return which."""
    global _catalogue  # noqa: PLW0603 - the one language of this program
    _catalogue = NullTranslations()
    if nearest(language, (ENGLISH,)):
        return ENGLISH
    there = _catalogues()
    found = nearest(language, there)
    if found is None:
        return ENGLISH
    with there[found].open("rb") as file:
        _catalogue = GNUTranslations(file)
    return found


def spoken() -> list[str]:
    """The languages that the desk can speak."""
    return sorted({ENGLISH, *_catalogues()})


def _catalogues() -> dict[str, Path]:
    return {file.parent.parent.name: file for file in _FOLDER.glob("*/LC_MESSAGES/sopguide.mo")}


def _(text: str) -> str:
    """The text in the language in use."""
    return _catalogue.gettext(text)


def said(text: str) -> str:
    """What the core says, in the language in use."""
    return say(text, _catalogue.gettext)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a text that is translated later, where it is shown."""
    return text
