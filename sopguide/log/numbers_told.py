"""Numbers that libraries know: phones, cards, IBANs, ids of persons.

What is a phone number of a country is `phonenumbers`' word, what is an IBAN, a card or an id of a
person is `stdnum`'s. Expressions here only cut out of a text of plain signs what they are asked
about, since neither searches a text for all of these. Two rules of our own are left for phones: a
number that is called one, and one that begins with 0, for people group as they like and mistype.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Span = tuple[int, int]

_ANY = re.IGNORECASE
_ALONE = r"(?<![0-9A-Za-z])"
_BETWEEN_GROUPS = r"[\s./-]{1,2}"
_CARD = re.compile(
    rf"{_ALONE}(?:\d(?:[ -]{{0,2}}\d){{12,18}}|\d{{4}}(?:{_BETWEEN_GROUPS}\d{{4}}){{3}}"
    rf"|\d{{4}}{_BETWEEN_GROUPS}\d{{6}}{_BETWEEN_GROUPS}\d{{5}})(?![0-9A-Za-z])"
)
_IBAN = re.compile(_ALONE + r"[A-Z]{2}\d{2}(?:[\s.-]?[A-Z0-9]){11,30}", _ANY)
_BETWEEN = " .-\n"
_BARELY = str.maketrans("", "", _BETWEEN)
_SHORTEST_IBAN, _COUNTRY_AND_CHECK = 15, 4

_ABROAD = re.compile(r"(?<![\d+])(?:\+|\b00)[ (]{0,2}\d[\d\s()./-]{5,28}")
_HERE = re.compile(r"[(\d][\d ()./-]{5,60}\d")
_BARE = re.compile(r"[1-9]\d*")
_LEAST, _LEAST_BARE, _MOST_BARE = 7, 9, 15  # digits
_FROM_NOUGHT = re.compile(
    r"(?<![0-9A-Za-z.,/-])\(?0[ )/-]{0,2}\d(?:[ ()./-]{0,3}\d){6,13}(?![0-9A-Za-z])"
)
_MOST_ASKED = 12  # places of one text; of what comes after, all that is as long goes
_TRIES = 100  # of the matcher, at one place
_CALLED = (
    r"\b(?:phone|tel|mobile|call|sms|telefon|handy|mobil|tel[ée]fono|m[óo]vil|celular|t[ée]l[ée]phone"
    r"|portable|telefone|whatsapp)\b|電話|携帯|هاتف|جوال|फ़ोन|फोन|मोबाइल"
)
_NAMED = re.compile(rf"(?:{_CALLED})[^\d\n\0]{{0,12}}?(\d(?:[ ()./-]{{0,2}}\d){{5,14}})", _ANY)

_WORD = re.compile(r"(?<![\w.-])(?=[\w./-]*\d[\w./-]*\d[\w./-]*\d)\w[\w./-]{6,20}\w(?![\w-])")
_SPACED = re.compile(r"(?<![\w.-])\d+(?: \d+){1,6}(?![\w-])")
_AND_A_LETTER = re.compile(r"(?<![\w.-])\d{1,2}\.?\d{3}\.?\d{3}[ -]{1,2}[A-Z](?![\w-])", _ANY)
_NINO = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: ?\d\d){3} ?[A-D]\b")
_LEAST_OF_ID = 9  # digits of an id that has no letter
_IDS = (  # those whose check digit, or shape of letters, hardly any other word has
    *("ar.cuit", "br.cpf", "bg.egn", "ch.ssn", "cl.rut", "cn.ric", "de.idnr", "dk.cpr", "ee.ik"),
    *("es.dni", "es.nie", "fi.hetu", "fr.nir", "gb.nhs", "gr.amka", "ie.pps", "il.idnr"),
    *("in_.aadhaar", "in_.pan", "it.codicefiscale", "jp.in_", "kr.rrn", "mx.curp", "mx.rfc"),
    *("my.nric", "nl.bsn", "no.fodselsnummer", "pk.cnic", "pl.pesel", "pt.cc", "pt.nif", "ro.cnp"),
    *("se.personnummer", "th.pin", "tr.tckimlik", "us.ssn", "za.idnr"),
)


def countries_in(form: Mapping[str, Any]) -> list[str]:
    """The countries that a compiled SOP tells apart, by the values of its facts."""
    from phonenumbers import SUPPORTED_REGIONS

    known = (value for fact in form.get("facts", {}).values() for value in fact.get("values", ()))
    return sorted(SUPPORTED_REGIONS & set(known))


def cards(text: str) -> Iterator[Span]:
    """Find payment cards: 13 to 19 digits whose check digit is right."""
    for match in _CARD.finditer(text):
        if _stdnum("luhn").is_valid(re.sub(r"\D", "", match[0])):
            yield match.span()


def ibans(text: str) -> Iterator[Span]:
    """Find IBANs; what follows after a space is left out."""
    here = 0
    while match := _IBAN.search(text, here):
        found = _iban_in(match[0])
        here = match.start() + (len(found) or _COUNTRY_AND_CHECK)
        if found:
            yield match.start(), here


def ids(text: str) -> Iterator[Span]:
    """Find national ids, tax and insurance numbers of persons."""
    for pattern in (_WORD, _SPACED, _AND_A_LETTER):
        for match in pattern.finditer(text):
            if _is_id(match[0]):
                yield match.span()
    yield from (match.span() for match in _NINO.finditer(text))


def phones_abroad(text: str) -> Iterator[Span]:
    """Find phone numbers with the sign of a country."""
    from phonenumbers import Leniency

    for match in _ABROAD.finditer(text):
        dialled = re.sub("^00", " +", match[0]).replace("\n", " ")
        for start, end in _matches(dialled, None, Leniency.POSSIBLE):
            yield match.start() + start - match[0].startswith("00"), match.start() + end


def phones(text: str, countries: Sequence[str]) -> Iterator[Span]:
    """Find phone numbers as they are written in these countries, and those called one."""
    from phonenumbers import SUPPORTED_REGIONS, Leniency

    asked = 0
    for match in _HERE.finditer(text):
        if not _may_hold_one(match[0]):
            continue
        asked += 1
        if asked > _MOST_ASKED:
            if sum(map(str.isdigit, match[0])) >= _LEAST_BARE:
                yield match.span()
            continue
        first = max(0, match.start() - 1)
        around = text[first : match.end() + 1]
        found: set[Span] = set()
        for country in countries or sorted(SUPPORTED_REGIONS):
            for start, end in _matches(around, country, Leniency.STRICT_GROUPING):
                if _is_written_like_one(around[start:end]):
                    found.add((first + start, first + end))
        yield from sorted(found, key=lambda span: span[0] - span[1])
    yield from (match.span(1) for match in _NAMED.finditer(text))
    yield from (match.span() for match in _FROM_NOUGHT.finditer(text))


def _matches(text: str, country: str | None, leniency: Any) -> Iterator[Span]:
    from phonenumbers import PhoneNumberMatcher

    for match in PhoneNumberMatcher(text, country, leniency, _TRIES):
        yield match.start, match.end


def _may_hold_one(text: str) -> bool:
    """Whether to ask at all: not for a list of single digits, nor for an endless number."""
    sizes = [len(digits) for digits in re.findall(r"\d+", text)]
    return 1 < max(sizes) <= _MOST_BARE


def _is_written_like_one(text: str) -> bool:
    digits = sum(sign.isdigit() for sign in text)
    return digits >= (_LEAST_BARE if _BARE.fullmatch(text) else _LEAST)


def _iban_in(text: str) -> str:
    """Return the IBAN that a text begins with; nothing where it begins with none."""
    iban = _stdnum("iban")
    while len(bare := text.translate(_BARELY)) >= _SHORTEST_IBAN:
        if iban.is_valid(bare, check_country=False):
            return text
        text = text[:-1].rstrip(_BETWEEN)
    return ""


def _is_id(text: str) -> bool:
    digits = sum(sign.isdigit() for sign in text)
    letters = any(sign.isalpha() for sign in text)
    if not text.isascii() or (digits < _LEAST_OF_ID and not letters):
        return False
    bare = text.translate(_BARELY) if letters else text
    return any(_stdnum(name).is_valid(each) for name in _IDS for each in {text, bare})


@cache
def _stdnum(name: str) -> Any:
    return import_module(f"stdnum.{name}")
