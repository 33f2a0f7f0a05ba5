"""Text of others on the screen: cleaned, and never read as markup."""

from __future__ import annotations

from textual.content import Content

from sopguide.clean import clean


def shown(text: str, style: str = "") -> Content:
    """Text as it may be shown, its lines kept."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def line(text: str, style: str = "") -> Content:
    """Text as it may be shown on one line."""
    cleaned = " ".join(clean(text, keep_newlines=False).split())
    return Content.styled(cleaned, style) if style else Content(cleaned)
