"""The desk's own words, in the agent's language.

Texts are marked where they are written and translated where they are shown, from the catalogues
beside this file; English is what they are written in, and costs nothing. A program speaks one
language (`use`); a server that talks to several people speaks to each in theirs (`speaking`). What
an SOP says is not here: its library brings its own translations.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from sopguide.languages import ENGLISH, nearest
from sopguide.phrases import say

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLDER = Path(__file__).parent / "locale"
_language = ENGLISH
_catalogue = NullTranslations()
_meanwhile: ContextVar[str | None] = ContextVar("meanwhile", default=None)


def use(language: str) -> str:
    """Speak a language from now on, or the nearest there is; return which."""
    global _language, _catalogue  # noqa: PLW0603 - the one language of this program
    english = nearest(language, (ENGLISH,))
    _language = english or nearest(language, spoken()) or ENGLISH
    _catalogue = _read(_language)
    return _language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak one of the languages that are `spoken` for as long as this one request is answered."""
    before = _meanwhile.set(language)
    try:
        yield
    finally:
        _meanwhile.reset(before)


def language_in_use() -> str:
    """The language that is spoken now."""
    return _meanwhile.get() or _language


@cache
def _read(language: str) -> NullTranslations:
    file = None if language == ENGLISH else _catalogues().get(language)
    if file is None:
        return NullTranslations()
    with file.open("rb") as opened:
        return GNUTranslations(opened)


def spoken() -> list[str]:
    """The languages that the desk can speak."""
    return sorted({ENGLISH, *_catalogues()})


def _catalogues() -> dict[str, Path]:
    return {file.parent.parent.name: file for file in _FOLDER.glob("*/LC_MESSAGES/sopguide.mo")}


def _(text: str) -> str:
    """The text in the language in use."""
    meanwhile = _meanwhile.get()
    return (_catalogue if meanwhile is None else _read(meanwhile)).gettext(text)


def said(text: str) -> str:
    """What the core says, in the language in use."""
    return say(text, _)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a text that is translated later, where it is shown."""
    return text
