"""Telling numbers apart: cards, IBANs, phones, account ids, IP addresses; dates and amounts.

Each function finds the places of one kind in a text of plain signs. Nothing here knows why.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

_ANY = re.IGNORECASE
_ALONE = r"(?<![0-9A-Za-z])"
_CARD = re.compile(_ALONE + r"\d(?:[ -]?\d){12,18}(?![0-9A-Za-z])")
_IBAN = re.compile(_ALONE + r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}", _ANY)
_SHORTEST_IBAN, _COUNTRY_AND_CHECK = 15, 4
_FOUR = re.compile(r"(?<![0-9A-Za-z])(?<!\d\.)\d{1,3}(?:\.\d{1,3}){3}(?![0-9A-Za-z]|\.\d)")
_SIX = re.compile(r"(?<![0-9A-Za-z:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![0-9A-Za-z:])", _ANY)

_DAY, _YEAR = r"\d{1,2}", r"(?:19|20)\d\d"
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?"
_MONEY = (
    r"[€$£¥₹₩₽₺₫₴₦₱฿]|\b(?:AED|ARS|AUD|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EUR|GBP|HKD|HUF|IDR|ILS|INR"
    r"|JPY|KRW|MXN|MYR|NGN|NOK|NZD|PEN|PHP|PKR|PLN|RON|RUB|SAR|SEK|SGD|THB|TRY|TWD|UAH|USD|VND|ZAR)\b"
    r"|\b(?:euros?|dollars?|pounds?|pesos?|reais|yen|won|rupees?|coins?)\b|円|元|ユーロ|ドル|ريال|درهم|रुपये"
)
_NUMBER = r"\d(?:[\d.,' ]{0,24}\d)?"
_ORDINARY = re.compile(
    rf"{_ALONE}{_YEAR}[-/.年] ?{_DAY}[-/.月] ?{_DAY}日?(?:[T ]{_TIME})?"
    rf"|{_ALONE}{_DAY}([./-]) ?{_DAY}\1 ?(?:{_YEAR}|\d\d)(?![\d./-]\d)"
    rf"|{_ALONE}{_DAY} {_DAY} {_YEAR}(?! ?\d)"
    rf"|{_ALONE}{_YEAR}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)"
    rf"|{_ALONE}{_YEAR}(?: ?[-/, ] ?{_YEAR})*(?! ?[-/. ]?\d)"
    rf"|{_ALONE}{_TIME}"
    rf"|(?:{_MONEY}) ?{_NUMBER}"
    rf"|{_ALONE}{_NUMBER} ?(?:{_MONEY}|%)"
    rf"|{_ALONE}\d{{1,3}}(?:[.,']\d{{3}})+(?:[.,]\d{{1,2}})?(?![.,'/-]?\d)"
    rf"|{_ALONE}\d+[.,]\d{{1,2}}(?![.,/-]?\d)",
    _ANY,
)

_SURE_PHONE = re.compile(r"(?<![\d+])(?:\+|\b00)[ (]{0,2}\d(?:[ ()./-]{0,3}\d){6,14}")
_CALLED = (
    r"\b(?:phone|tel|mobile|call|sms|telefon|handy|mobil|tel[ée]fono|m[óo]vil|celular|t[ée]l[ée]phone"
    r"|portable|telefone)\b|電話|携帯|هاتف|جوال|फ़ोन|फोन|मोबाइल"
)
_NAMED_PHONE = re.compile(
    rf"(?:{_CALLED})[^\d\n\0]{{0,12}}?(\d(?:[ ()./-]{{0,2}}\d){{5,14}})", _ANY
)
_MAYBE_PHONE = re.compile(_ALONE + r"\(?\d(?:[ ()./-]{0,2}\d){7,14}(?![0-9A-Za-z])")
_LEAST, _LEAST_LOCAL = 9, 8
_PAIR = 2

_OF = (
    r"\b(?:id|uid|user|username|user[ -]?id|account|acct|profile|customer|order|ticket|case|konto"
    r"|kontonummer|nutzer|kunde|kundennummer|bestellung|cuenta|usuario|cliente|pedido|compte|client"
    r"|utilisateur|commande|conta|usu[áa]rio|passport|passeport|pasaporte|ausweis|dni|cpf|ssn)\b|アカウント|ユーザー|حساب|المستخدم|खाता"
)
_LINKS = r"(?:[ :=#.-]|\b(?:id|is|number|no|nr|num|n[úu]mero|nummer|is)\b|n[°º]|番号|رقم){0,6}"
_ACCOUNTS = (
    re.compile(rf"(?:{_OF}){_LINKS}((?=[\w-]*\d[\w-]*\d[\w-]*\d)[A-Za-z0-9_-]{{5,64}})", _ANY),
    re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", _ANY),
    re.compile(r"(?<![0-9A-Za-z_-])(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]{20,}"),
    re.compile(_ALONE + r"\d{9,}(?![0-9A-Za-z])"),
)


def cards(text: str) -> Iterator[Span]:
    """Find payment cards: 13 to 19 digits whose check digit is right (Luhn)."""
    for match in _CARD.finditer(text):
        if _luhn([int(sign) for sign in match[0] if sign.isdigit()]):
            yield match.span()


def ibans(text: str) -> Iterator[Span]:
    """Find IBANs, by their check digits; what follows after a space is left out."""
    here = 0
    while match := _IBAN.search(text, here):
        found = _iban_in(match[0])
        here = match.start() + (len(found) or _COUNTRY_AND_CHECK)
        if found:
            yield match.start(), here


def addresses(text: str) -> Iterator[Span]:
    """Find IP addresses, of version 4 and 6."""
    for pattern in (_FOUR, _SIX):
        for match in pattern.finditer(text):
            if _is_address(match[0]) and not text[: match.start()].lower().endswith("version "):
                yield match.span()


def ordinary(text: str) -> Iterator[Span]:
    """Find numbers that tell nothing about anybody: dates, times, amounts."""
    yield from (match.span() for match in _ORDINARY.finditer(text))


def phones(text: str, *, sure: bool) -> Iterator[Span]:
    """Find phone numbers: with the sign of a country, or else those that are written like one."""
    if sure:
        yield from (match.span() for match in _SURE_PHONE.finditer(text))
        return
    yield from (match.span(1) for match in _NAMED_PHONE.finditer(text))
    for match in _MAYBE_PHONE.finditer(text):
        if _is_phone(match[0]):
            yield match.span()


def accounts(text: str) -> Iterator[Span]:
    """Find account ids: named as such, or too long to be anything else."""
    for pattern in _ACCOUNTS:
        for match in pattern.finditer(text):
            yield match.span(pattern.groups)


def _luhn(digits: list[int]) -> bool:
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0 and any(digits)


def _iban_in(text: str) -> str:
    """Return the IBAN that a text begins with; nothing where it begins with none."""
    while len(text.replace(" ", "")) >= _SHORTEST_IBAN:
        if _is_iban(text.replace(" ", "")):
            return text
        text = text[:-1].rstrip()
    return ""


def _is_iban(text: str) -> bool:
    turned = text[4:] + text[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return text.strip(":") != ""


def _is_phone(text: str) -> bool:
    groups = re.findall(r"\d+", text)
    digits = "".join(groups)
    if digits.startswith("0") or text.startswith("("):
        return len(digits) >= _LEAST_LOCAL
    if len(groups) == 1 or len(digits) < _LEAST:
        return False
    sizes = {len(group) for group in groups}
    return max(sizes) > _PAIR or sizes == {_PAIR}  # else a mere list
