"""What is taken out of remarks, and what stays, in several languages and scripts."""

# ruff: noqa: RUF001  (full-width signs and other scripts are what is tested)

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sopguide.log.redaction import countries_in, personal, redact, spelt_out
from tests.fresh import imported
from tests.log.planting import left_of, planted

ORDINARY = Path(__file__).parent / "ordinary.txt"


@pytest.mark.parametrize(
    ("text", "left", "removed"),
    [
        (
            "She writes from ana.lopez+x@mail.example.com, call +1 (415) 555-0134 or 415-555-0134.",
            "She writes from [e-mail], call [phone] or [phone].",
            ("e-mail", "phone"),
        ),
        (
            "Pagó con 4111 1111 1111 1111, llama al 612 34 56 78; su cuenta es @ana_lopez99, pedido 8841123",
            "Pagó con [card], llama al [phone]; su cuenta es [account], pedido [account]",
            ("card", "phone", "account"),
        ),
        (
            "An DE89 3704 0044 0532 0130 00 bitte 1.234,56 €; Handy 0151 23456789, Konto-ID 7723119",
            "An [iban] bitte 1.234,56 €; Handy [phone], Konto-ID [account]",
            ("iban", "phone", "account"),
        ),
        (
            "Elle a 13 ans, née le 04.11.2012 ; 06 12 34 56 78, voir https://vm.example.com/ZMabc/.",
            "Elle a 13 ans, née le [birth date] ; [phone], voir [link].",
            ("birth date", "phone", "link"),
        ),
        (
            "Ligue (11) 91234-5678, IP 192.168.10.7 ou 2001:db8::1, usuário 7012345678901234567",
            "Ligue [phone], IP [ip] ou [ip], usuário [account]",
            ("phone", "ip", "account"),
        ),
        (
            "電話は090-1234-5678、メールはana@example.jpです。2026年11月22日 14:30に12500円。",
            "電話は[phone]、メールは[e-mail]です。2026年11月22日 14:30に12500円。",
            ("phone", "e-mail"),
        ),
        (
            "رقم الهاتف ٠٥٠١٢٣٤٥٦٧ والبريد ana@example.com، بتاريخ ٢٠٢٦-١١-٢٢ عمره ١٣ سنة",
            "رقم الهاتف [phone] والبريد [e-mail]، بتاريخ ٢٠٢٦-١١-٢٢ عمره ١٣ سنة",
            ("phone", "e-mail"),
        ),
        (
            "मेरा फोन 98765 43210 है, खाता 55123981, उम्र 13 साल",
            "मेरा फोन [phone] है, खाता [account], उम्र 13 साल",
            ("phone", "account"),
        ),
        (
            "＋４９ ３０ １２３４５６７ / ana＠example．com",
            "[phone] / [e-mail]",
            ("phone", "e-mail"),
        ),
        ("ana [at] mail.example.com", "[e-mail]", ("e-mail",)),
        ("tel: 555-0134", "tel: [phone]", ("phone",)),
        ("0044 20 7946 0958 and +34 612345678", "[phone] and [phone]", ("phone",)),
        ("see example.com/@ana and www.example.com", "see [link] and [link]", ("link",)),
        ("6f1c2b1e-8d7a-4c55-9d1e-0a1b2c3d4e5f", "[account]", ("account",)),
        ("secUid MS4wLjABAAAAv7iSuuXDJGDvJkmH_vz1", "secUid [account]", ("account",)),
        ("GB29NWBK60161331926819 and PL61109010140000071219812874", "[iban] and [iban]", ("iban",)),
        (
            "ana#1234 on it, Snap: ana_99, discord=ana#1.",
            "ana#1234 on it, Snap: [account], discord=[account].",
            ("account",),
        ),
        ("passport X1234567, DNI 12345678Z", "passport [account], DNI [account]", ("account",)),
        (
            "Звоните +7 (912) 345-67-89, почта иван@пример.рф, ему 13 лет, сумма 1 500 000 ₽",
            "Звоните [phone], почта [e-mail], ему 13 лет, сумма 1 500 000 ₽",
            ("phone", "e-mail"),
        ),
        ("gb82 west 1234 5698 7654 32 it says", "[iban] it says", ("iban",)),
        ("4111 1111\n1111 1111, 4111.1111.1111.1111", "[card], [card]", ("card",)),
        ("4111\t1111\t1111\t1111; 4111  1111  1111  1111", "[card]; [card]", ("card",)),
        ("ES91.2100.0418.4502.0005.1332 it is", "[iban] it is", ("iban",)),
        ("DE89-3704-0044\n0532-0130-00", "[iban]", ("iban",)),
        ("+34 612\n345 678 and +34\t612\t345\t678", "[phone] and [phone]", ("phone",)),
        (
            "bob%40example.com, bob @ example.com, bob@\nexample.com",
            "[e-mail], [e-mail], [e-mail]",
            ("e-mail",),
        ),
        ("12.345.678-Z o 12345678 Z", "[phone]-Z o [id]", ("phone", "id")),
        ("NI AB 12 34 56 C or AB123456C", "NI [id] or [id]", ("id",)),
        ("username: bobby.s, login=bobby", "username: [account], login=[account]", ("account",)),
        ("nació el 12 de marzo de 1990", "nació el [birth date]", ("birth date",)),
        ("12.03.1990 geboren", "[birth date] geboren", ("birth date",)),
        ("at 00:1B:44:11:3A:B7", "at [ip]", ("ip",)),
        ("eyJhbGciOiJI.eyJzdWIiOiIx.abcDEF123_-xyz", "[account]", ("account",)),
    ],
)
def test_takes_out_what_tells_who_somebody_is(
    text: str, left: str, removed: tuple[str, ...]
) -> None:
    assert redact(text) == (left, removed)


@pytest.mark.parametrize("text", ORDINARY.read_text("utf-8").splitlines())
def test_leaves_ordinary_words_and_numbers(text: str) -> None:
    assert redact(text) == (text, ())


def test_every_planted_form_is_taken_out_and_nothing_beside_it() -> None:
    found = [
        (form, redact(form.text, personal(each.ticket)))
        for each in planted()
        for form in each.forms
    ]
    assert len(found) >= 200
    assert len({form.language for form, _ in found}) >= 6
    left = [(form, redacted.text) for form, redacted in found if left_of(form, redacted.text)]
    assert left == []
    beside = [
        (form, redacted.text)
        for form, redacted in found
        if not redacted.text.startswith(form.before)
        or not redacted.text.endswith(form.after)
        or not redacted.removed
    ]
    assert beside == []


def test_the_phone_numbers_of_a_country_are_found_where_the_library_knows_it() -> None:
    assert redact("call 34 41 23 45", countries=["DK"]).text == "call [phone]"
    assert redact("seen 34 41 23 45 times", countries=["DK"]).removed == ("phone",)
    assert redact("seen 34 41 23 45 times", countries=["AU"]).removed == ()
    facts = {"country": {"values": ["DK", "AU", "other"]}, "proofs": {"values": ["id"]}, "age": {}}
    assert countries_in({"facts": facts}) == ["AU", "DK"]
    assert countries_in({}) == []


def test_of_a_text_with_more_numbers_than_anybody_writes_all_long_ones_go() -> None:
    text = "; ".join(f"{number} 45 67 89 {number}" for number in range(110, 150))
    assert redact(text, countries=["DE"]).text.count("[phone]") == 40 - 12
    assert redact("1 2 3; " * 40).removed == ()


def test_nothing_that_finds_it_is_imported_before_the_first_note() -> None:
    found = imported("import sopguide.log.logged_walk")
    assert "sopguide.log.remarking" in found
    assert found.isdisjoint({"phonenumbers", "stdnum", "sopguide.log.redaction"})


def test_a_name_is_found_however_it_is_spelt() -> None:
    known = personal({"requester": {"name": "Álvaro O'Brien-Walsh", "contact": {"city": "Lugo"}}})
    told = redact("ALVARO, alvaro, o'brien, Walsh of lugo; Walshingham stays", known)
    assert told.text == "[name], [name], [name], [name] of [name]; Walshingham stays"


def test_a_ticket_is_found_by_its_number_too() -> None:
    known = personal({"id": "T-48812"})
    assert (
        redact("like #48812 and T 48812, 488123", known).text
        == "like #[ticket] and T [ticket], 488123"
    )


def test_what_is_spelt_in_pieces_or_as_markup_is_spelt_out_before() -> None:
    known = personal({"requester": {"name": "Mari\u0301a Lo\u0301pez"}})
    assert redact(spelt_out("Mari\u0301a L&oacute;pez"), known).text == "[name]"
    assert redact(spelt_out("bob&#64;example&period;com &amp; it")).text == "[e-mail] &amp; it"
    assert redact(spelt_out("&#43;34&nbsp;612&nbsp;345&nbsp;678")).text == "[phone]"


def test_a_number_that_only_looks_like_a_card_is_no_card() -> None:
    assert redact("4111 1111 1111 1112").removed == ("account",)
    assert redact("4111-1111-1111-1111").removed == ("card",)


def test_takes_out_what_the_ticket_says_of_the_requester() -> None:
    ticket = {
        "id": "T-48812",
        "requester": {"name": "Ana López", "first_name": "Ana", "age": 24, "seen": None},
    }
    known = personal(ticket)
    told = redact("T-48812: ana LÓPEZ says Ana lost it; López and banana stay, t-48812x too", known)
    assert told.text == "[ticket]: [name] says [name] lost it; [name] and banana stay, t-48812x too"
    assert told.removed == ("ticket", "name")
    assert redact("Will he? He will.", {"name": ["Will"]}).text == "[name] he? He will."
    assert redact("田中さんから", {"name": ["田中"]}).text == "[name]さんから"
    assert personal({"id": None, "requester": "Ana"}) == {"ticket": ["None"], "name": []}


@given(st.text(max_size=300))
def test_any_text_is_taken_and_what_is_left_is_its_own(text: str) -> None:
    found = redact(text)
    if not found.removed:
        assert found.text == text
    for kind in found.removed:
        assert f"[{kind}]" in found.text


@given(
    st.sampled_from(
        ["ana@example.com", "+49 30 1234567", "4111111111111111", "10.1.2.3", "@ana_99"]
    ),
    st.text(alphabet=" \n.,;:!?()’“”…", min_size=1, max_size=5),
    st.sampled_from(["ok", "Später", "後で", "لاحقا", "потом", "13"]),
)
def test_is_found_wherever_it_stands(secret: str, between: str, word: str) -> None:
    for text in (f"{word} {between}{secret} {between}{word}", f"{secret} {between}{word}", secret):
        assert secret not in redact(text).text


@pytest.mark.parametrize(
    "part",
    ["a@", "1 ", "1", "a.", "0-", "@a", "http://", "A1 ", "(", ":a", "12,", "x", "id 1", "\0"],
)
def test_long_texts_made_to_be_slow_are_read_like_others(part: str) -> None:
    text = part * (4000 // len(part))
    assert isinstance(redact(text).text, str)
