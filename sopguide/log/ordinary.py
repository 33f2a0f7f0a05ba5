"""Numbers that tell nothing about anybody, and so stay: dates, times, amounts.

No library finds what is *not* personal; without this, a date would be read as a phone number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ALONE = r"(?<![0-9A-Za-z])"
DAY, YEAR = r"\d{1,2}", r"(?:19|20)\d\d"
_TIME = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?"
_MONEY = (
    r"[€$£¥₹₩₽₺₫₴₦₱฿]|\b(?:AED|ARS|AUD|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EUR|GBP|HKD|HUF|IDR|ILS|INR"
    r"|JPY|KRW|MXN|MYR|NGN|NOK|NZD|PEN|PHP|PKR|PLN|RON|RUB|SAR|SEK|SGD|THB|TRY|TWD|UAH|USD|VND|ZAR)\b"
    r"|\b(?:euros?|dollars?|pounds?|pesos?|reais|yen|won|rupees?|coins?)\b|円|元|ユーロ|ドル|ريال|درهم|रुपये"
)
_NUMBER = r"\d(?:[\d.,' ]{0,24}\d)?"
DATE = (
    rf"{ALONE}(?<!\d[./-])(?:{YEAR}[-/.年] ?{DAY}[-/.月] ?{DAY}日?"
    rf"|{DAY}(?P<between>[./-]) ?{DAY}(?P=between) ?(?:{YEAR}|\d\d)(?![\d./-]\d))"
)
_ORDINARY = re.compile(
    rf"(?:{DATE})(?:[T ]{_TIME})?"
    rf"|{ALONE}{DAY} {DAY} {YEAR}(?! ?\d)"
    rf"|{ALONE}{YEAR}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)"
    rf"|{ALONE}{YEAR}(?: ?[-/, ] ?{YEAR})*(?! ?[-/. ]?\d)"
    rf"|{ALONE}{_TIME}"
    rf"|(?:{_MONEY}) ?{_NUMBER}"
    rf"|{ALONE}{_NUMBER} ?(?:{_MONEY}|%)"
    rf"|{ALONE}\d{{1,3}}(?:[.,']\d{{3}})+(?:[.,]\d{{1,2}})?(?![.,'/-]?\d|-[A-Z]\b)"
    rf"|{ALONE}(?<!\d[./-])\d+[.,]\d{{1,2}}(?![.,/-]?\d)",
    re.IGNORECASE,
)


def ordinary(text: str) -> Iterator[tuple[int, int]]:
    """Find them in a text of plain signs."""
    yield from (match.span() for match in _ORDINARY.finditer(text))
