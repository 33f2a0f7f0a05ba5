"""What tells who somebody is and no library finds: handles, account ids, addresses, links.

Libraries validate an e-mail address or a link, but do not find those that people write down
(`ana [at] example [dot] com`); account ids, handles and streets have no form that one could know.
So these are expressions, in the words of the languages that agents write.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from sopguide.log.ordinary import ALONE, DATE, DAY, YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    Span = tuple[int, int]

_ANY = re.IGNORECASE
_LINK = re.compile(
    r"\b(?:https?|ftp)://[^\s<>\"\0]+|\bwww\.[^\s<>\"\0]+"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}/[^\s<>\"\0]*",
    _ANY | re.ASCII,
)
_AFTER_LINKS = ".,;:!?)]}'\"»”“。、！？）"  # noqa: RUF001  what ends a sentence, in any script
_AT, _DOT = r"(?:at|arrobas?|arobase|ät)", r"(?:dot|punto|punkt|point|ponto)"
_EMAILS = (
    re.compile(r"[a-z0-9._%+'-]{1,64}(?:@| @ |@\n|%40)(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}", _ANY),
    re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}"),
    re.compile(
        rf"[\w.+-]{{1,64}} ?[\[({{] ?{_AT} ?[\])}}] ?"
        rf"(?:[\w-]{{1,63}} ?(?:\.|[\[({{] ?{_DOT} ?[\])}}]) ?){{1,5}}[^\W\d_]{{2,24}}",
        _ANY,
    ),
    re.compile(
        rf"[\w.+-]{{1,64}} {_AT} (?:[\w-]{{1,63}} {_DOT} ){{1,5}}[^\W\d_]{{2,24}}",
        _ANY,
    ),
)
_HANDLES = (
    re.compile(r"(?<![\w@])@[A-Za-z0-9_.]{1,39}[A-Za-z0-9_]"),
    re.compile(
        r"\b(?:snap(?:chat)?|insta(?:gram)?|tiktok|discord|telegram|twitter|facebook|fb|wechat|kakao)"
        r" ?[:=] ?([\w#-][\w.#-]{1,38}[\w-])",
        _ANY,
    ),
    re.compile(
        r"\b(?:user(?: ?name)?|login|nick(?:name)?|handle|usuari[oa]|benutzer(?:name)?|nutzername"
        r"|utilisateur|identifiant|pseudo|usu[áa]rio) ?[:=] ?([\w-][\w.-]{1,38}[\w-])",
        _ANY,
    ),
)
_OF = (
    r"\b(?:id|uid|user|username|user[ -]?id|account|acct|profile|customer|order|ticket|case|konto"
    r"|kontonummer|nutzer|kunde|kundennummer|bestellung|cuenta|usuario|cliente|pedido|compte|client"
    r"|utilisateur|commande|conta|usu[áa]rio|passport|passeport|pasaporte|ausweis|dni|cpf|ssn)\b"
    r"|アカウント|ユーザー|حساب|المستخدم|جواز السفر|खाता"
)
_LINKS = (
    r"(?:[ :=#.-]|\b(?:id|is|number|no|nr|num|n[úu]mero|nummer|do|de|del|usu[áa]rio)\b"
    r"|n[°º]|番号|رقم){0,6}"
)
_NAMED = re.compile(rf"(?:{_OF}){_LINKS}((?=[\w-]*\d[\w-]*\d[\w-]*\d)[A-Za-z0-9_-]{{5,64}})", _ANY)
_ACCOUNTS = (
    re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", _ANY),
    re.compile(r"\beyJ[\w-]{5,}\.[\w-]{2,}(?:\.[\w-]*)?"),  # a session in three parts
    re.compile(r"(?<![0-9A-Za-z_-])(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[A-Za-z0-9_-]{20,}"),
    re.compile(ALONE + r"\d{4}(?:[ -]\d{4}){3}(?![0-9A-Za-z])"),  # a card number, mistyped
    re.compile(ALONE + r"\d{9,}(?![0-9A-Za-z])"),
)
_DEVICE = re.compile(
    r"(?<![0-9A-Za-z:-])(?:(?:[0-9a-f]{2}:){5}|(?:[0-9a-f]{2}-){5})[0-9a-f]{2}(?![0-9A-Za-z:-])",
    _ANY,
)
_FOUR = re.compile(r"(?<![0-9A-Za-z])(?<!\d\.)\d{1,3}(?:\.\d{1,3}){3}(?![0-9A-Za-z]|\.\d)")
_SIX = re.compile(r"(?<![0-9A-Za-z:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![0-9A-Za-z:])", _ANY)

_BORN = (
    r"\b(?:d\.?o\.?b|birth(?:day|date)?|date of birth|born|naci(?:d[oa]|[óo])|nacimiento"
    r"|cumplea[ñn]os|geboren|geb|geburts(?:datum|tag)|n[ée]+e?|naissance|nascid[oa]|nascimento|nat[oa]|nascita)\b"
    r"|生年月日|誕生日|تاريخ الميلاد|ولدت?|مواليد"
)
_MONTH = r"[^\W\d_]{3,12}\.?"
_IN_WORDS = (
    rf"{ALONE}{DAY}(?:\.|st|nd|rd|th|º|er)? (?:de |of )?{_MONTH},? (?:de |of )?{YEAR}\b"
    rf"|\b{_MONTH} {DAY}(?:st|nd|rd|th)?,? {YEAR}\b"
)
_BIRTH = (
    re.compile(rf"(?:{_BORN})[^\d\n\0]{{0,12}}?(?P<date>{DATE}|{_IN_WORDS})", _ANY),
    re.compile(rf"(?P<date>{DATE})(?= ?(?:生まれ|生|geboren\b|born\b))"),
)
_HOUSE = r"\d{1,5}(?: ?(?:[a-h]|bis|ter)\b)?"
_FLAT = r"(?:, ?(?:\d{1,2}[ºª°]|ap(?:to|t)?\.?|flat|piso|app\.?) ?\w{0,4})?"
_TOWN = r"(?:, ?(?:\d{4,5} )?[^\W\d_]{3,30})?"
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-Þ])[\w'-]{1,30}"
_ADDRESSES = (
    re.compile(
        rf"{ALONE}\d{{1,5}}[a-h]?,? (?:{_CAPITAL} ){{1,4}}(?:street|st|road|rd|avenue|ave|lane|ln"
        rf"|close|drive|dr|court|ct|square|sq|place|pl|boulevard|blvd|way|terrace|crescent|gardens)\b\.?{_TOWN}",
        _ANY,
    ),
    re.compile(
        r"\b(?:P\.? ?O\.? box|apartado|postfach|bo[îi]te postale|caixa postal) \d{1,7}", _ANY
    ),
    re.compile(
        rf"\b(?:calle|c/|avda\.?|avenida|av\.?|plaza|paseo|camino|ronda|rua|travessa|pra[çc]a|estrada"
        rf"|alameda|rodovia) (?:(?:de|del|da|do|das|dos|la|las|los) )*(?:{_CAPITAL} ?){{1,4}},?"
        rf" ?{_HOUSE}{_FLAT}{_TOWN}",
        _ANY,
    ),
    re.compile(
        rf"{ALONE}{_HOUSE},? (?:rue|avenue|av\.?|boulevard|bd|place|chemin|all[ée]e|impasse|quai"
        rf"|route|cours) (?:(?:de|du|des|la|le|les|l'|d') ?)*{_CAPITAL}(?: {_CAPITAL}){{0,3}}"
        rf"{_TOWN}",
        _ANY,
    ),
    re.compile(
        rf"\b(?-i:[A-ZÄÖÜ])[\wß-]*(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer)"
        rf" {_HOUSE}{_TOWN}",
        _ANY,
    ),
    re.compile(
        rf"\b(?-i:Am|An der|Auf der|Im|In der|Zum|Zur) (?:{_CAPITAL} ){{1,3}}{_HOUSE}{_TOWN}", _ANY
    ),
    re.compile(
        r"(?:[\u4e00-\u9fff]{2,3}[都道府県])?[\u4e00-\u9fff]{1,6}[市区町村郡]"
        r"[\u4e00-\u9fff\u3040-\u30ff]{0,12}\d{1,4}(?:(?:-|丁目|番地?|号)\d{0,4}){0,4}"
    ),
    re.compile(r"شارع(?: [^\W\d_]+){1,4}[،,]? ?\d{1,5}"),
)


def links(text: str) -> Iterator[Span]:
    """Find links, without what ends the sentence after them."""
    for match in _LINK.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip(_AFTER_LINKS))


def emails(text: str) -> Iterator[Span]:
    """Find e-mail addresses, also those written to escape machines."""
    yield from _each(text, *_EMAILS)


def named_accounts(text: str) -> Iterator[Span]:
    """Find the ids of accounts, orders and passports that are called so."""
    yield from _each(text, _NAMED)


def accounts(text: str) -> Iterator[Span]:
    """Find handles, and account ids too long to be anything else."""
    yield from _each(text, *_ACCOUNTS, *_HANDLES)


def addresses(text: str) -> Iterator[Span]:
    """Find where somebody lives, by the words for streets."""
    yield from _each(text, *_ADDRESSES)


def birth_dates(text: str) -> Iterator[Span]:
    """Find dates that are told as somebody's birth."""
    for pattern in _BIRTH:
        for match in pattern.finditer(text):
            yield match.span("date")


def ip_addresses(text: str) -> Iterator[Span]:
    """Find IP addresses, of version 4 and 6, and those of a device in its network."""
    yield from _each(text, _DEVICE)
    for pattern in (_FOUR, _SIX):
        for match in pattern.finditer(text):
            if _is_ip(match[0]) and not text[: match.start()].lower().endswith("version "):
                yield match.span()


def _each(text: str, *patterns: re.Pattern[str]) -> Iterator[Span]:
    for pattern in patterns:
        yield from (match.span(pattern.groups) for match in pattern.finditer(text))


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return text.strip(":") != ""
