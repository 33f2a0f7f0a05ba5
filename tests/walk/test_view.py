"""What a screen shows of a walk."""

from decimal import Decimal
from typing import Any

import pytest

from sopguide.walk.back import go_back
from sopguide.walk.view import NOT_KNOWN, Choice, view
from sopguide.walk.wording import choose_locale, fill, render_macro
from tests.walking import AT, begin, go, procedure

LIBRARY = """
name: Test
locales: [en, de]
facts:
  country: {type: choice, values: {DE: Germany, US: United States}, from: ticket.country, ask: "Which country?"}
  age: {type: integer, unit: years, ask: "How old is {{ ticket.requester.first_name }}?"}
  seen: {type: yes_no, optional: true, ask: "Was it seen?"}
  proofs: {type: choices, values: {receipt: A receipt, none: None}, exclusive: [none], ask: "Which proofs?"}
  share: {type: decimal, is: age / 3}
  broken: {type: decimal, is: age / 0}
"""
MACROS = """
hello:
  title: Hello
  status: live
  body:
    en: "Hi {{ ticket.requester.first_name }}, you are {{ age }} in {{ country }}. {% if country == 'DE' %}Servus!{% endif %}{{ ticket.note }}"
    de: "Hallo {{ ticket.requester.first_name }}, {{ proofs }}{{ seen }}{{ share }}{{ broken }}"
odd: {title: Odd, status: live, body: {fr: "Bonjour"}}
"""
LABELS = "done: {title: Done, macros: [hello, odd]}"
TEXT = """
start: a
steps:
  a:
    ask: "Is {{ country }} right?"
    help: Look at the profile.
    because: CG-1
    critical: true
    answers: {no: {say: "No, it is not", go: b}, yes: b}
  b:
    fact: country
    answers: {US: {say: "In the States", go: c}}
    go: c
  c: {decide: [{if: {age: < 13}, to: wait}, {else: d}]}
  wait: {wait: A parent's reply, macro: hello, label: done, for: 7d, go: {reply: d, timeout: done}}
  d: {do: Lock it., check: [Locked, Told], go: e}
  e: {fact: seen, go: f}
  f: {fact: proofs, go: done}
  done: {end: escalated, macro: hello, label: done, escalate: {to: legal, within: 4h}}
"""
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
TICKET = {"requester": {"first_name": "Ana"}, "country": "DE"}


def example() -> Any:
    return procedure(
        TEXT, **{"library.yaml": LIBRARY, "macros/standard.yaml": MACROS, "labels.yaml": LABELS}
    )


def test_facts_of_the_ticket_that_the_sop_does_not_use_are_shown_as_written() -> None:
    ticket = {"facts": {"country": "DE", "plan": "gold", "posts": 3, "odd": {"a": 1}}}
    shown = view(begin(example(), ticket), ticket)
    assert [(row.name, row.label, row.by) for row in shown.facts] == [
        ("country", "Germany", "ticket"),
        ("plan", "gold", "ticket"),
        ("posts", "3", "ticket"),
    ]


def test_a_question_shows_its_wording_help_reasons_and_answers() -> None:
    shown = view(begin(example(), TICKET), TICKET)
    assert (shown.sop, shown.version, shown.status, shown.step) == ("example", "1.0.0", "ask", "a")
    assert (shown.text, shown.help, shown.because) == (
        "Is Germany right?", "Look at the profile.", ("CG-1",),
    )  # fmt: skip
    assert shown.critical
    assert shown.choices == (Choice("no", "No, it is not"), Choice("yes", "yes"))
    assert [(row.name, row.label, row.by) for row in shown.facts] == [
        ("country", "Germany", "ticket")
    ]


def test_listed_answers_come_first_and_the_others_after_them() -> None:
    walk = go(begin(example()), "yes")
    assert view(walk).choices == (Choice("US", "In the States"), Choice("DE", "Germany"))
    assert view(go(walk, "US")).path[1].answer == "In the States"
    assert view(go(walk, "DE")).path[1].answer == "Germany"


def test_a_fact_that_a_rule_asks_for_is_asked_in_its_own_wording() -> None:
    shown = view(go(begin(example(), TICKET), "yes"), TICKET)
    assert (shown.text, shown.unit, shown.type, shown.asked) == (
        "How old is Ana?", "years", "integer", True,
    )  # fmt: skip
    assert [(row.label, row.answer, row.by, row.can_return) for row in shown.path] == [
        ("a", "yes", "agent", True),
        ("b", "Germany", "ticket", True),
        ("c", "", "rule", False),
        ("age", "", "agent", False),
    ]


def test_a_wait_shows_what_is_sent_and_for_how_long() -> None:
    shown = view(go(begin(example(), TICKET), "yes", 5))
    assert shown.outcome is not None
    assert (shown.status, shown.wait_for, shown.outcome.macro, shown.outcome.label) == (
        "wait", "7d", "hello", "done",
    )  # fmt: skip
    assert [choice.id for choice in shown.choices] == ["reply", "timeout"]


def test_an_instruction_shows_its_checklist() -> None:
    shown = view(go(begin(example(), TICKET), "yes", 20))
    assert (shown.check, shown.choices) == (("Locked", "Told"), (Choice("done", "Done"),))


def test_an_optional_fact_offers_not_known() -> None:
    walk = go(begin(example(), TICKET), "yes", 20, "done")
    shown = view(walk)
    assert shown.optional
    assert shown.choices[-1] == Choice(NOT_KNOWN, "Not known")
    assert view(go(walk, None)).path[-2].answer == "not known"


def test_several_values_are_marked_as_such() -> None:
    shown = view(go(begin(example(), TICKET), "yes", 20, "done", "no"))
    assert (shown.multiple, shown.exclusive) == (True, ("none",))


def test_the_end_shows_macro_label_and_hand_off() -> None:
    walk = go(begin(example(), TICKET), "yes", 20, "done", "no", ["receipt"])
    shown = view(walk, TICKET)
    assert shown.outcome is not None
    assert (shown.outcome.end, shown.outcome.macro_title, shown.outcome.label_title) == (
        "escalated", "Hello", "Done",
    )  # fmt: skip
    assert shown.outcome.escalate == ("legal", "4h")
    assert view(walk).path[-2].answer == "A receipt"


def test_an_earlier_answer_is_suggested_after_going_back() -> None:
    walk = go(begin(example(), TICKET), "yes", 20, "done")
    assert view(go_back(walk, at=AT).walk).suggested == "done"
    assert view(go_back(walk, at=AT, to=1).walk).suggested == "DE"
    confirm = procedure(
        "start: a\nfacts:\n  n: {type: integer, from: ticket.n, ask: N?}\nsteps:\n  a: {fact: n, confirm: true, go: done}\n  done: {end: resolved, macro: done, label: done}"
    )
    assert view(begin(confirm, {"n": 4})).suggested == 4


def test_misfits_of_the_ticket_are_shown() -> None:
    assert view(begin(example(), {"country": "XX"})).misfits == ("`XX` does not fit `country`",)


def test_the_wording_of_an_answer_is_filled_in_where_it_is_offered_and_in_the_path() -> None:
    answers = 'answers: {US: {say: "In the States, {{ age }}", go: c}}'
    text = TEXT.replace('answers: {US: {say: "In the States", go: c}}', answers)
    text = text.replace("  b:\n", "  b:\n    confirm: true\n").replace("yes: b}", "yes: b0}")
    text = text.replace("  c: {", "  b0: {fact: age, go: b}\n  c: {")
    library = {"library.yaml": LIBRARY, "macros/standard.yaml": MACROS, "labels.yaml": LABELS}
    asked = go(begin(procedure(text, **library)), "yes", 20)
    assert Choice("US", "In the States, 20") in view(asked).choices
    assert view(go(asked, "US")).path[2].answer == "In the States, 20"


def test_a_misfit_is_spoken_of_at_the_first_question_and_where_it_is_asked_for() -> None:
    walk = begin(example(), {"country": "XX", "facts": {"age": "old", "seen": "perhaps"}})
    first = walk.origin.given.misfits
    assert view(walk).not_used == tuple(misfit.fault.message for misfit in first)
    assert len(first) == 3
    assert view(go(walk, "yes")).not_used == ("`XX` does not fit `country`",)
    assert view(go(walk, "yes", "DE")).not_used == ("`old` does not fit `age`",)
    assert view(go(walk, "yes", "DE", 20)).not_used == ()


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


def test_a_moment_is_told_as_clocks_on_the_wall_tell_it() -> None:
    text = (
        "start: when\nfacts:\n  got: {type: datetime, from: ticket.received, ask: When?}\n"
        "steps:\n  when: {fact: got, confirm: true, go: done}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    )
    zone = {"library.yaml": "name: Test\nlocales: [en]\nzone: Europe/Dublin\n"}
    walk = begin(procedure(text, **zone), {"received": "2026-07-10T08:00:00Z"})
    assert [(row.name, row.label) for row in view(walk).facts] == [("got", "2026-07-10 09:00")]
    after = go(walk, "2026-07-10T08:30:00Z")
    assert view(after).path[0].answer == "2026-07-10 09:30"
