"""What a ticket itself tells of the requester: its id, and every value that stands with them.

A name is found in every spelling of its accents and, unless it is a word of its own as well (`Will`
is not `will`), in every case.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Finder = Callable[[str], Iterator[tuple[int, int]]]

TICKET, NAME = "ticket", "name"

_LATIN = "[0-9A-Za-z]"  # other scripts set no space between words
_SHORTEST = 3  # letters of a name that is looked for
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d{4,}")  # of a ticket, which people leave its prefix out of
_NAME = re.compile(r"[^\W\d_]+(?:[ '\u2019.-]{1,2}[^\W\d_]+)*\.?")
_ALSO_WORDS = re.compile(  # names that a note may well hold in their everyday sense
    r"amber|angel|april|art|august|autumn|bill|brown|chase|claire|clara|clement|cook|dean|de[rs]|die"
    r"|dos|elle|faith|felix|fisher|flora|fox|frank|grace|grant|gray|green|gro(?:ss|ß)|guy|hand|harmony"
    r"|heather|hill|hope|hunter|iris|ivy|jack|joy|june|jung|justice|king|klein|klug|lang|les|long|luz"
    r"|mar|marc|marks?|mas|mason|may|mercy|miles|miller|neu|noble|olive|page|para|park|paz|pearl|penny"
    r"|petit|pilar|por|price|que|rich|robin|ros[ae]|ruby|sage|sans|sol|stark?|stone|sue|summer|sun|the"
    r"|toni|und|van|victor|von|weiss|west|white|will|winter|wolf|wood|young"
)


def personal(ticket: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a ticket says of who wrote it, by kind."""
    requester = ticket.get("requester")
    whole = list(_values(requester)) if isinstance(requester, dict) else []
    parts = [part for value in whole if _NAME.fullmatch(value) for part in _parts(value)]
    name = str(ticket.get("id", ""))
    return {TICKET: [name, *_NUMBER.findall(name)], NAME: [*whole, *parts]}


def known_finders(
    known: Mapping[str, Iterable[str]], *, words: bool
) -> Iterator[tuple[str, Finder]]:
    """What finds these values, the longest first: those that are a word, or the others."""
    for kind, values in known.items():
        plain = {_folded(value.strip()) for value in values}
        for value in sorted(plain, key=lambda value: (-len(value), value)):
            sought = len(value) >= _SHORTEST or not value.isascii()
            if sought and bool(_NAME.fullmatch(value)) == words:
                yield kind, _finder(_whole(value))


def _finder(pattern: re.Pattern[str]) -> Finder:
    return lambda text: (match.span() for match in pattern.finditer(_folded(text)))


def _parts(name: str) -> Iterator[str]:
    """Yield the parts of a name, and the parts of these: `O'Brien-Walsh`, `O'Brien`, `Walsh`."""
    for word in name.split():
        yield word
        for part in word.split("-"):
            yield part
            yield from _WORD.findall(part)


def _values(told: object) -> Iterator[str]:
    if isinstance(told, dict | list):
        for value in told.values() if isinstance(told, dict) else told:
            yield from _values(value)
    elif isinstance(told, str | int) and not isinstance(told, bool):
        yield unicodedata.normalize("NFC", str(told))


def _whole(value: str) -> re.Pattern[str]:
    """Find a value as a word; one that is an everyday word too, only as it is spelt."""
    around = (f"(?<!{_LATIN})", f"(?!{_LATIN})") if value.isascii() else ("", "")
    spelt = re.NOFLAG if _ALSO_WORDS.fullmatch(value.lower()) else re.IGNORECASE
    return re.compile(re.escape(value).join(around), spelt)


def _folded(text: str) -> str:
    """Return the text with plain signs and no accents, of the same length."""
    return text if text.isascii() else "".join(map(_fold, text))


def _fold(sign: str) -> str:
    bare = unicodedata.normalize("NFKD", sign)[:1]
    return bare or sign
