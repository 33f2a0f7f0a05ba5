from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sopguide.desk.in_force import not_walked_because
from sopguide.desk.shelf import Offer, Shelf, shelve
from sopguide.graph.library import Entry

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def offer(sop: str, title: str, **changed: Any) -> Offer:
    shown: dict[str, Any] = {
        "version": "1.0.0",
        "owner": "owner",
        "about": "",
        "keywords": (),
        "labels": (),
    }
    return Offer(sop, title, **{**shown, **changed})


def entry(sop: str = "account/hacked", **changed: Any) -> Entry:
    shown: dict[str, Any] = {
        "title": "Account taken over",
        "version": "1.0.0",
        "status": "live",
        "owner": "account-integrity",
        "about": "Somebody else controls the account.",
        "keywords": ("hacked",),
        "labels": ("account/hacked/secured",),
        "effective": None,
        "hash": "00",
        "walkable": True,
        "sub_procedure": False,
        "file": "sops/account/hacked.yaml",
        "steps": 12,
    }
    return Entry(sop, **{**shown, **changed})


SHELF = Shelf(
    [
        offer("payments/gift-refund", "LIVE gift refund", keywords=("coins", "refund")),
        offer("account/hacked", "Account taken over", keywords=("hacked", "stolen")),
        offer("account/underage", "Underage account", about="The holder is too young."),
        offer("privacy/access", "Data access request", labels=("privacy/dsar/sent",)),
    ]
)


def found(text: str) -> list[str]:
    return [each.sop for each in SHELF.find(text)]


def test_lists_everything_by_id_for_no_words() -> None:
    assert found("  ") == [
        "account/hacked",
        "account/underage",
        "payments/gift-refund",
        "privacy/access",
    ]


def test_finds_by_title_keyword_about_label_and_id() -> None:
    assert found("gift")[0] == "payments/gift-refund"
    assert found("stolen") == ["account/hacked"]
    assert found("young") == ["account/underage"]
    assert found("dsar") == ["privacy/access"]
    assert found("payments") == ["payments/gift-refund"]


def test_finds_by_the_beginning_of_a_word() -> None:
    assert found("ref") == ["payments/gift-refund"]


def test_finds_in_spite_of_typing_errors() -> None:
    assert found("hakced") == ["account/hacked"]
    assert found("acount undrage") == ["account/underage"]
    assert found("undrag") == ["account/underage"]  # an error in a word that is not finished


def test_prefers_what_fits_all_words() -> None:
    assert found("account hacked")[0] == "account/hacked"
    assert found("account young") == ["account/underage"]


def test_finds_nothing_for_words_nobody_wrote() -> None:
    assert found("zebra crossing") == []
    assert found("q") == []


def test_offers_only_live_ones() -> None:
    entries = [
        entry("a/live"),
        entry("a/draft", status="draft"),
        entry("a/review", status="review"),
        entry("a/part", sub_procedure=True),
    ]
    assert [each.sop for each in shelve(entries, NOW).offers] == ["a/live"]


def test_offers_only_what_is_in_force_now_in_its_zone() -> None:
    dublin = {"from": "2026-11-22T12:00", "zone": "Europe/Dublin"}
    berlin = {"from": "2026-11-22T13:30", "zone": "Europe/Berlin"}
    over = {"from": "2026-01-01", "until": "2026-11-22T12:00"}
    entries = [
        entry("a/dublin", effective=dublin),
        entry("a/berlin", effective=berlin),
        entry("a/over", effective=over),
    ]
    assert [each.sop for each in shelve(entries, NOW).offers] == ["a/dublin"]
    assert not_walked_because(entries[1], NOW) == (
        "`a/berlin` is not in force before 2026-11-22 13:30 CET"
    )
    assert not_walked_because(entries[2], NOW) == (
        "`a/over` is no longer in force since 2026-11-22 12:00 UTC"
    )


def test_shows_what_has_errors_with_the_reason() -> None:
    [broken] = shelve([entry(walkable=False)], NOW, lambda _: "SOP201 no step `proof`").offers
    assert broken.why_not == "SOP201 no step `proof`"
    [broken] = shelve([entry(walkable=False)], NOW).offers
    assert broken.why_not == "it has errors"


def test_says_why_an_sop_is_not_walked() -> None:
    assert not_walked_because(entry(status="draft"), NOW) == (
        "`account/hacked` is not live: its status is `draft`"
    )
    assert not_walked_because(entry(sub_procedure=True), NOW) == (
        "`account/hacked` is a part of other SOPs and is not walked by itself"
    )
    assert not_walked_because(entry(), NOW) is None
