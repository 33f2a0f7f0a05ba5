"""Taking out of a text what could tell who somebody is, before the text is kept.

E-mail and postal addresses, phone and card numbers, IBANs, ids of persons, account ids and handles,
IP addresses, links, dates told as somebody's birth, and whatever the ticket itself says of the
requester. Each is replaced by its kind in brackets. Other dates, times, amounts and small numbers
stay. What looks alike in other scripts (full-width signs, Arabic-Indic digits) is read alike. Names
that the ticket does not tell are not found: nobody can promise that.

What is looked for, and by which library, is in `numbers_told.py`, `words_told.py`, `names_told.py`;
`ordinary.py` says what is left alone.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from sopguide.log import numbers_told, ordinary, words_told
from sopguide.log.names_told import known_finders, personal
from sopguide.log.numbers_told import countries_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Span = tuple[int, int]
    Finder = Callable[[str], Iterable[Span]]

__all__ = ["Redacted", "countries_in", "personal", "redact", "spelt_out"]

EMAIL, URL, PHONE, CARD, IBAN = "e-mail", "link", "phone", "card", "iban"
ACCOUNT, IP, ID, BORN, ADDRESS = "account", "ip", "id", "birth date", "address"

_SIGNS = {"Pd": "-", "Zs": " "}
_HIDDEN = re.compile(
    r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|commat|nbsp|plus|period|hyphen"
    r"|[a-z](?:acute|grave|circ|uml|tilde|cedil|ring));",
    re.IGNORECASE,
)


class Redacted(NamedTuple):
    """A text without what was taken out, and the kinds of that, in the order they came."""

    text: str
    removed: tuple[str, ...]


def redact(
    text: str, known: Mapping[str, Iterable[str]] | None = None, countries: Sequence[str] = ()
) -> Redacted:
    """Take out what could tell who somebody is.

    `known`: values to take out as well, by kind. `countries`: whose ways to write a phone number
    are looked for; all, where none is named.
    """
    shadow = _read_alike(text)
    found: list[tuple[int, int, str]] = []
    for kind, finder in _finders(known or {}, countries):
        for start, end in finder(shadow):
            if end > start and "\0" not in shadow[start:end]:
                shadow = f"{shadow[:start]}{chr(0) * (end - start)}{shadow[end:]}"
                if kind:
                    found.append((start, end, kind))
    return _without(text, sorted(found))


def spelt_out(text: str) -> str:
    """Return the text with every letter as one sign, and no sign hidden as markup (`&#64;`)."""
    return unicodedata.normalize("NFC", _HIDDEN.sub(lambda sign: unescape(sign[0]), text))


def _without(text: str, found: list[tuple[int, int, str]]) -> Redacted:
    parts, here = [], 0
    for start, end, kind in found:
        parts += [text[here:start], f"[{kind}]"]
        here = end
    kinds = dict.fromkeys(kind for *_, kind in found)
    return Redacted("".join([*parts, text[here:]]), tuple(kinds))


def _read_alike(text: str) -> str:
    """Return the text with each character as its plain counterpart, of the same length."""
    plain = text if text.isascii() else "".join(map(_plain, text))
    return plain.replace("\0", " ").replace("\t", " ")


def _plain(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(sign)
    if kind in _SIGNS:
        return _SIGNS[kind]
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def _finders(
    known: Mapping[str, Iterable[str]], countries: Sequence[str]
) -> Iterator[tuple[str, Finder]]:
    """Those that are surest come first: what one has found, the next ones do not see.

    A name comes last, for it may be a part of an address or of a handle.
    """
    yield URL, words_told.links
    yield EMAIL, words_told.emails
    yield from known_finders(known, words=False)
    yield IBAN, numbers_told.ibans
    yield CARD, numbers_told.cards
    yield IP, words_told.ip_addresses
    yield PHONE, numbers_told.phones_abroad
    yield BORN, words_told.birth_dates
    yield "", ordinary.ordinary
    yield ACCOUNT, words_told.named_accounts
    yield PHONE, lambda text: numbers_told.phones(text, countries)
    yield ID, numbers_told.ids
    yield ADDRESS, words_told.addresses
    yield ACCOUNT, words_told.accounts
    yield from known_finders(known, words=True)
