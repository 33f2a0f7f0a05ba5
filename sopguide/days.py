"""A day as a letter has it, in the language of the letter: `1 de diciembre de 2026`.

By Babel, which Liquid brings along anyway, and which is imported where the first day is written. On
the desk, in logs and in exports a day is `2026-12-01`.
"""

from __future__ import annotations

from datetime import date
from typing import Self


class Day(date):
    """A day that prints itself so; otherwise the day that it is."""

    _language: str

    @classmethod
    def of(cls, day: date, language: str) -> Self:
        """The same day, for a letter in a language."""
        made = cls(day.year, day.month, day.day)
        made._language = language
        return made

    def __str__(self) -> str:
        from babel import Locale, UnknownLocaleError
        from babel.dates import format_date

        try:
            locale = Locale.parse(self._language, sep="-" if "-" in self._language else "_")
        except (UnknownLocaleError, ValueError):
            return self.isoformat()
        return format_date(self, "long", locale=locale)
