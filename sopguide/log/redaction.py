"""Taking out of a text what could tell who somebody is, before the text is kept.

E-mail addresses, phone and card numbers, IBANs, account ids and handles, IP addresses, links, and
whatever the ticket itself says of the requester. Each is replaced by its kind in brackets. Dates,
times, amounts and small numbers stay. What looks alike in other scripts (full-width signs,
Arabic-Indic digits) is read alike. Names that the ticket does not tell are not found: nobody can
promise that.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.log.numbers_told import accounts, addresses, cards, ibans, ordinary, phones

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Span = tuple[int, int]
    Finder = Callable[[str], Iterable[Span]]

EMAIL, URL, PHONE, CARD, IBAN = "e-mail", "link", "phone", "card", "iban"
ACCOUNT, IP, TICKET, NAME = "account", "ip", "ticket", "name"

_SHORTEST = 3  # letters of a name that is looked for
_LINK = re.compile(
    r"\b(?:https?|ftp)://[^\s<>\"\0]+|\bwww\.[^\s<>\"\0]+"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}/[^\s<>\"\0]*",
    re.IGNORECASE | re.ASCII,
)
_AFTER_LINKS = ".,;:!?)]}'\"»”“。、！？）"  # noqa: RUF001  what ends a sentence, in any script
_EMAILS = (
    re.compile(r"[a-z0-9._%+'-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}", re.IGNORECASE),
    re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}"),
    re.compile(
        r"[\w.+-]{1,64} ?[\[({] ?(?:at|arroba|ät) ?[\])}] ?"
        r"(?:[\w-]{1,63} ?(?:\.|[\[({]dot[\])}]) ?){1,5}[^\W\d_]{2,24}",
        re.IGNORECASE,
    ),
)
_SIGNS = {"Pd": "-", "Zs": " "}
_HANDLE = re.compile(
    r"(?<![\w@])@[\w.]{2,40}"
    r"|\b(?:snap(?:chat)?|insta(?:gram)?|tiktok|discord|telegram|twitter|facebook|fb|wechat|kakao)"
    r" ?[:=] ?[\w#-][\w.#-]{1,38}[\w-]",
    re.IGNORECASE,
)


class Redacted(NamedTuple):
    """A text without what was taken out, and the kinds of that, in the order they came."""

    text: str
    removed: tuple[str, ...]


def redact(text: str, known: Mapping[str, Iterable[str]] | None = None) -> Redacted:
    """Take out what could tell who somebody is; `known`: values to take out as well, by kind."""
    shadow = _read_alike(text)
    found: list[tuple[int, int, str]] = []
    for kind, finder in (*_known(known or {}), *_FINDERS):
        for start, end in finder(shadow):
            if end > start and "\0" not in shadow[start:end]:
                shadow = f"{shadow[:start]}{chr(0) * (end - start)}{shadow[end:]}"
                if kind:
                    found.append((start, end, kind))
    return _without(text, sorted(found))


def personal(ticket: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a ticket says of who wrote it: its id, and all that stands at the requester."""
    requester = ticket.get("requester")
    told = list(requester.values()) if isinstance(requester, dict) else []
    whole = [str(value) for value in told if isinstance(value, str | int)]
    words = [word for value in whole for word in value.split() if word.isalpha()]
    return {TICKET: [str(ticket.get("id", ""))], NAME: [*whole, *words]}


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
    return plain.replace("\0", " ")


def _plain(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(sign)
    if kind in _SIGNS:
        return _SIGNS[kind]
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def _links(text: str) -> Iterator[Span]:
    for match in _LINK.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip(_AFTER_LINKS))


def _each(*patterns: re.Pattern[str]) -> Finder:
    def find(text: str) -> Iterator[Span]:
        for pattern in patterns:
            yield from (match.span() for match in pattern.finditer(text))

    return find


def _known(known: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Finder]]:
    for kind, values in known.items():
        plain = sorted({_read_alike(value.strip()) for value in values}, key=len, reverse=True)
        for value in plain:
            if len(value) >= _SHORTEST or not value.isascii():
                yield kind, _each(_whole(value))


def _whole(value: str) -> re.Pattern[str]:
    """Find a value as a word; a single name as it is spelt, for `Will` is not `will`."""
    around = (r"(?<![^\W_])", r"(?![^\W_])") if value.isascii() else ("", "")
    spelt = re.NOFLAG if value.isalpha() else re.IGNORECASE
    return re.compile(re.escape(value).join(around), spelt)


_FINDERS: tuple[tuple[str, Finder], ...] = (
    (URL, _links),
    (EMAIL, _each(*_EMAILS)),
    (IBAN, ibans),
    (CARD, cards),
    (IP, addresses),
    (PHONE, lambda text: phones(text, sure=True)),
    ("", ordinary),
    (PHONE, lambda text: phones(text, sure=False)),
    (ACCOUNT, accounts),
    (ACCOUNT, _each(_HANDLE)),
)
