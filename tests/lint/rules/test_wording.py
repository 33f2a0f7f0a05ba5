"""Questions as they read: SOP601 to SOP604."""

from __future__ import annotations

import pytest

from tests.building import SOP, found

END = "  done: {end: resolved, macro: done, label: done}\n"


def asked(question: str, answers: str = "{yes: done, no: done}", locale: str = "en") -> list[str]:
    """The codes found in one question."""
    text = f'start: q\nsteps:\n  q: {{ask: "{question}", answers: {answers}, go: done}}\n{END}'
    files = {
        SOP: text.replace(", go: done}", "}") if "say" not in answers else text,
        "library.yaml": f"locales: [{locale}]\n",
        "macros/standard.yaml": f"done: {{title: D, status: live, body: {{{locale}: Done.}}}}\n",
    }
    return [line.partition("[")[2][:6] for line in found(files)]


@pytest.mark.parametrize(
    ("question", "locale"),
    [
        ("Is there a threat, and can the person be found?", "en"),
        ("Was it bought? Was it used?", "en"),
        ("When was it bought and how much was paid?", "en"),
        ("Is the person locked out or did they lose the phone?", "en"),
        ("¿Cuándo se compró y cuánto se pagó?", "es"),
        ("Ist das Konto gesperrt und hat die Person Zugriff?", "de"),
        ("Wann wurde bezahlt und wie viel?", "de"),
    ],
)
def test_two_questions_in_one_are_found(question: str, locale: str) -> None:
    assert asked(question, locale=locale) == ["SOP602"]


@pytest.mark.parametrize(
    ("question", "locale"),
    [
        ("Has the e-mail or the phone number changed?", "en"),
        ("Which posts show violence and are public?", "en"),
        ("Is the account active and in good standing?", "en"),
        ("Did the person name the work and sign the notice?", "en"),
        ("¿Ha cambiado el correo y el teléfono?", "es"),
        ("Sind E-Mail und Telefon geändert?", "de"),
        ("Zeigt das Bild Gewalt oder Blut?", "de"),
        ("Kiedy i gdzie?", "pl"),
    ],
)
def test_two_things_in_one_question_are_fine(question: str, locale: str) -> None:
    assert asked(question, locale=locale) == []


def test_an_alternative_between_answers_is_one_question() -> None:
    answers = "{bought: done, given: done}"
    assert asked("Was it bought or was it given?", answers) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A receipt", "the receipt."),
        ("Account closed", "account CLOSED!"),
        ("Receipt shown", "Receipts shown"),
        ("Ya está", "ya está..."),
    ],
)
def test_answers_that_read_alike_are_found(one: str, other: str) -> None:
    assert asked("Which?", f'{{a: {{say: "{one}"}}, b: {{say: "{other}"}}}}') == ["SOP603"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("With a receipt", "Without a receipt"),
        ("Authorised", "Unauthorised"),
        ("1 to 10 days", "1 to 100 days"),
        ("< 10", "> 10"),
        ("Order 10001", "Order 10002"),
        ("In the app", "On the web"),
        ("Card", "Cart"),
        ("Yes", "Yes, and the receipt too"),
    ],
)
def test_answers_that_differ_in_what_counts_are_fine(one: str, other: str) -> None:
    assert asked("Which?", f'{{a: {{say: "{one}"}}, b: {{say: "{other}"}}}}') == []


def test_long_lists_are_searched_and_not_compared() -> None:
    values = ", ".join([f"v{at}: Country {chr(65 + at)}" for at in range(12)] + ["x: Country A"])
    facts = f"facts: {{c: {{type: choice, values: {{{values}}}, ask: Which?}}}}\n"
    assert (
        found({SOP: f"start: q\nsteps:\n  q: {{fact: c, go: done}}\n{END}", "library.yaml": facts})
        == []
    )


def test_values_of_facts_are_compared_where_they_stand() -> None:
    facts = "facts: {c: {type: choice, values: [a-b, a_b], ask: Which?}}\n"
    text = f"start: q\nsteps:\n  q: {{fact: c, go: done}}\n{END}"
    assert found({SOP: text, "library.yaml": facts}) == [
        "library.yaml:1:41: hint[SOP603] `a_b` reads like `a-b`"
    ]


def test_a_placeholder_counts_as_a_short_word() -> None:
    long = "Is the amount that was paid for the whole order of the person in this ticket "
    assert asked(f"{long} {{{{ ticket.custom_fields.the_amount_of_the_order_in_dollars }}}}?") == []


def test_what_nobody_stands_at_needs_no_help() -> None:
    text = f"start: r\nsteps:\n  r: {{decide: [{{else: done}}], critical: true}}\n{END}"
    assert found(text) == []
