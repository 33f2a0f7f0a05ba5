"""The desk's own words, in the agent's language.

Texts are marked where they are written and translated where they are shown, from gettext
catalogues. What an SOP says is not here: its library brings its own translations.
"""

from __future__ import annotations

from gettext import NullTranslations

_catalogue = NullTranslations()


def _(text: str) -> str:
    """The text in the language in use."""
    return _catalogue.gettext(text)


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """Mark a text that is translated later, where it is shown."""
    return text
