"""Which language a person reads: as they say, else as their system does.

Languages are named as gettext does (`es`, `pt_BR`); what others write (`pt-BR`, `es_MX.UTF-8`) is
understood. What there is to read in them is nobody's affair here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ENGLISH = "en"
_NAMED_BY = ("LC_ALL", "LC_MESSAGES", "LANG")
_NONE = frozenset({"", "C", "POSIX"})


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language of a system, from the first variable that names one; else English."""
    for name in _NAMED_BY:
        if written := environment.get(name):
            language = written.partition(".")[0].partition("@")[0]
            return ENGLISH if language in _NONE else language
    return ENGLISH


def nearest(language: str, there: Iterable[str]) -> str | None:
    """Return the language itself, its plain form, or another form of it, of those there are."""
    known = {name.replace("-", "_").lower(): name for name in there}
    wanted = language.replace("-", "_").lower()
    plain = wanted.partition("_")[0]
    alike = (name for name in known if name.partition("_")[0] == plain)
    found = next((name for name in (wanted, plain, *alike) if name in known), None)
    return None if found is None else known[found]
