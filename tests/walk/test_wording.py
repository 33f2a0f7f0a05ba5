"""Texts with placeholders, filled in for one walk."""

from decimal import Decimal

import pytest

from sopguide.walk.wording import choose_locale, fill, render_macro
from tests.walk.shown import TICKET, example
from tests.walking import begin, go, procedure

DATED = """
facts:
  asked: {type: date, ask: "Since when?"}
  due: {type: date, is: asked + 1m}
start: a
steps:
  a: {fact: asked, go: done}
  done: {end: resolved, macro: done, label: done}
"""
TONGUES = "name: Test\nlocales: [en, de, es, en-GB, xx]\n"
LETTER = """
done:
  title: Done
  status: live
  body:
    en: "by {{ due }}"
    en-GB: "by {{ due }}"
    xx: "by {{ due }}"
    es: "hasta el {{ due }}"
    de: "bis {{ due }}, {{ due | date: '%Y-%m-%d' }}"
"""


def test_a_macro_is_filled_in_and_what_is_missing_stays_visible() -> None:
    walk = go(begin(example(), TICKET), "yes", 20, "done", None, ["receipt"])
    english = render_macro(walk, "hello", "en", TICKET)
    assert english.text == "Hi Ana, you are 20 in Germany. Servus!⟦ticket.note⟧"
    assert english.missing == ("ticket.note",)
    german = render_macro(walk, "hello", "de-AT", {"requester": {"first_name": "  "}})
    third = "6.66666666666666666667"
    assert german.text == f"Hallo ⟦ticket.requester.first_name⟧, A receipt⟦seen⟧{third}⟦broken⟧"
    assert german.missing == ("ticket.requester.first_name", "seen", "broken")
    assert choose_locale({"fr": "Bonjour"}, "en", ("en", "de")) == "fr"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ paid }}, {{ ticket.fee }}", "12.50, 2.10"),
        ("{{ paid | round }}, {{ paid | round: 1 }}, {{ half | round: 2 }}", "13, 12.5, 6.25"),
        ("{{ paid | times: 2 }}, {{ paid | plus: ticket.fee }}", "25.0, 14.6"),
        ("{{ paid | minus: 0.1 }}, {{ paid | divided_by: 2 }}", "12.4, 6.25"),
        ("{{ paid | ceil }}, {{ ticket.fee | floor }}, {{ ticket.fee | at_most: 2 }}", "13, 2, 2"),
        ("{% if ticket.fee == 2.1 and half > 6 and paid > ticket.fee %}yes{% endif %}", "yes"),
        ("{{ third }}, {{ third | round: 2 }}", "4.16666666666666666667, 4.17"),
    ],
)
def test_liquid_reckons_with_decimals(text: str, told: str) -> None:
    facts = (
        "facts:\n"
        "  paid: {type: decimal, ask: Paid?}\n"
        "  half: {type: decimal, is: paid / 2}\n"
        "  third: {type: decimal, is: paid / 3}\n"
    )
    sop = "start: a\nsteps:\n  a: {fact: paid, go: done}\n  done: {end: resolved, macro: done, label: done}\n"
    walk = go(begin(procedure(facts + sop)), "12.50")
    assert fill(walk, text, {"fee": Decimal("2.10")}).text == told


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("de", "bis 1. Dezember 2026, 2026-12-01"),
        ("es", "hasta el 1 de diciembre de 2026"),
        ("en", "by December 1, 2026"),
        ("en-GB", "by 1 December 2026"),
        ("xx", "by 2026-12-01"),
    ],
)
def test_a_day_is_written_out_in_the_language_of_the_reply(locale: str, told: str) -> None:
    dated = procedure(DATED, **{"library.yaml": TONGUES, "macros/standard.yaml": LETTER})
    walk = go(begin(dated), "2026-11-01")
    assert render_macro(walk, "done", locale).text == told
    assert fill(walk, "by {{ due }}").text == "by 2026-12-01"  # on the desk


def test_what_a_ticket_says_is_never_read_as_a_template() -> None:
    walk = go(begin(example(), TICKET), "yes", 20, "done", None, ["receipt"])
    told = render_macro(walk, "hello", "en", {"requester": {"first_name": "{{ age }}{% x %}"}})
    assert told.text.startswith("Hi {{ age }}{% x %}, you")


def test_a_text_that_cannot_be_filled_in_is_shown_with_the_reason() -> None:
    walk = begin(example(), TICKET)
    for text in (
        "{{ country | nosuchfilter }}",
        "{% for x in (1..100000000) %}x{% endfor %}",
        "{{ age | divided_by: 0 }}",
    ):
        told = fill(walk, text)
        assert told.text.startswith("⟦this text cannot be filled in: ")
        assert told.missing
