"""Ranking SOPs by what a ticket says."""

from __future__ import annotations

from typing import Any

import pytest

from sopguide.desk.shelf import Offer, Shelf
from sopguide.desk.words import words_of


def offer(sop: str, title: str, *keywords: str, **changed: Any) -> Offer:
    shown: dict[str, Any] = {"version": "1.0.0", "owner": "o", "about": "", "labels": ()}
    return Offer(sop, title, keywords=keywords, **{**shown, **changed})


SHELF = Shelf(
    [
        offer("account/hacked", "Account taken over", "hacked", "stolen", "password changed"),
        offer("account/underage", "Account of a child", "too young", "minor"),
        offer("copyright/takedown", "Copyright notice", "my music", "stolen video", "reupload"),
        offer("payments/refund", "Refund of coins", "coins", "gift", "money back"),
        offer("privacy/access", "Copy of personal data", "my data", "gdpr", "Datenauskunft"),
        offer("safety/self-harm", "A person in danger", "die", "suicide", "adiós"),
        offer("safety/threats", "Threats", "threat", about="Somebody writes threats to a person."),
    ]
)


def first(text: str) -> str:
    return SHELF.rank(text)[0].offer.sop


def words(text: str, sop: str) -> tuple[str, ...]:
    return next(ranked.words for ranked in SHELF.rank(text) if ranked.offer.sop == sop)


def test_ranks_by_the_words_of_a_ticket_and_tells_which_matched() -> None:
    text = "Hello!\nSomebody has my password and I think that I was HACKED, please help"
    assert first(text) == "account/hacked"
    assert set(words(text, "account/hacked")) == {"password", "hacked"}


def test_the_rarer_word_is_told_first() -> None:
    assert words("my account was hacked", "account/hacked") == ("hacked", "account")


def test_keywords_are_synonyms_and_count_as_a_whole() -> None:
    assert first("they put my music in it") == "copyright/takedown"
    assert first("he put up my stolen video") == "copyright/takedown"
    assert first("I want to have my money back") == "payments/refund"


def test_words_of_no_meaning_do_not_win() -> None:
    text = "my my my, I want my things and my stuff, and my coins"
    assert first(text) == "payments/refund"
    assert SHELF.rank("please, I want it to be done for me and you") == []


def test_a_keyword_of_words_without_meaning_counts_as_a_whole() -> None:
    shelf = Shelf([offer("a/data", "Copy", "what do you know about me"), offer("a/out", "Out")])
    [found] = shelf.rank("Hello! What do you know about me?")
    assert (found.offer.sop, found.words) == ("a/data", ())


def test_a_word_of_no_meaning_has_none_in_its_other_forms() -> None:
    shelf = Shelf([offer("a/data", "What you know about me"), offer("a/threats", "Threats")])
    [found] = shelf.rank("he knows me and writes threats")
    assert found.offer.sop == "a/threats"


def test_a_word_of_no_meaning_in_one_language_may_be_a_keyword_in_another() -> None:
    assert first("i just want to die") == "safety/self-harm"


def test_other_forms_of_a_word_are_the_same_word() -> None:
    assert first("i was refunded nothing, they keep refunding") == "payments/refund"
    assert first("this was a real and dangerous threat") == "safety/threats"


@pytest.mark.parametrize(
    ("text", "sop"),
    [
        ("somone hakced me", "account/hacked"),
        ("wrong passwrod and i cant get in", "account/hacked"),
        ("copyrihgt", "copyright/takedown"),
        ("refnud my cions", "payments/refund"),
        ("xopyright", "copyright/takedown"),
        ("stolne vidoe", "copyright/takedown"),
    ],
)
def test_typing_errors_are_repaired(text: str, sop: str) -> None:
    assert first(text) == sop


def test_the_words_that_matched_are_told_as_they_were_typed() -> None:
    assert words("somone hakced me", "account/hacked") == ("hakced",)


def test_accents_and_capitals_make_no_difference() -> None:
    assert first("ADIOS a todos") == "safety/self-harm"
    assert first("Ich verlange DATENAUSKUNFT") == "privacy/access"
    assert words_of("Straße ÉTÉ Übergröße don't ﬁne") == [
        "strasse",
        "ete",
        "ubergrosse",
        "dont",
        "fine",
    ]


def test_scripts_without_spaces_are_searched_by_their_signs() -> None:
    shelf = Shelf([offer("a/hacked", "账户被盗"), offer("a/refund", "退款")])
    assert shelf.rank("我的账户昨天被盗了")[0].offer.sop == "a/hacked"


def test_words_that_most_sops_hold_tell_nothing() -> None:
    offers = [offer(f"a/{n}", f"Account matter {n}") for n in range(100)]
    shelf = Shelf([*offers, offer("a/coins", "Account coins")])
    [only] = shelf.rank("the coins of my account")
    assert (only.offer.sop, only.words) == ("a/coins", ("coins",))


@pytest.mark.parametrize(
    "text",
    ["", "  \n", "\x00\x1b[31m", '"', "* OR NOT NEAR(", "😀" * 50, "'; DROP TABLE f; --", "-_-"],
)
def test_a_text_that_says_nothing_ranks_nothing(text: str) -> None:
    assert SHELF.rank(text) == []


def test_a_huge_text_is_ranked_by_its_beginning() -> None:
    assert first("hacked " + "x" * 1_000_000) == "account/hacked"
    assert first("hacked " + "zzz yyy " * 100_000) == "account/hacked"


def test_what_is_typed_and_what_is_pasted_find_the_same_sop() -> None:
    for text in ("hakced", "coins", "music"):
        assert SHELF.find(text)[0] == SHELF.rank(text)[0].offer


def test_the_index_can_be_made_before_it_is_needed() -> None:
    shelf = Shelf([offer("a/coins", "Coins")])
    shelf.make_ready()
    assert [each.sop for each in shelf.find("coins")] == ["a/coins"]
