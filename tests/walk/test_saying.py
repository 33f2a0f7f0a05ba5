"""A procedure in the agent's language."""

from __future__ import annotations

from typing import Any

import pytest

from sopguide.walk.catalogue import LABEL, MACRO, catalogue
from sopguide.walk.overruling import offered
from sopguide.walk.view import view
from sopguide.walk.wording import render_macro
from tests.walking import begin, go, procedure

LIBRARY = """
name: Test
locales: [en, es]
facts:
  country: {type: choice, values: {DE: Germany, US: United States}, from: ticket.country, ask: "Which country?"}
  age: {type: integer, unit: years, ask: "How old is {{ ticket.requester.first_name }}?"}
  price: {type: decimal, unit: EUR, ask: "Which price?"}
"""
MACROS = """
hello: {title: Hello, status: live, body: {en: "In {{ country }}.", es: "En {{ country }}."}}
"""
LABELS = "done: {title: Done, macros: [hello]}"
TEXT = """
title: Parcel
start: a
steps:
  a:
    ask: "Is {{ country }} right?"
    help: Look at the profile.
    because: [CG-1, "CG-2: look twice"]
    answers: {no: {say: "No, it is not", go: b}, yes: b}
  b: {ask: "Which parcel?", answers: {lost: c, late: {say: Late, go: c}}}
  c: {fact: age, go: d}
  d: {do: Lock it., check: [Locked, Told], go: e}
  e: {fact: price, go: done}
  done: {end: resolved, macro: hello, label: done}
"""
SAID = {
    "Parcel": "Paquete",
    "Hello": "Saludo",
    "Done": "Hecho",
    "Is {{ country }} right?": "¿Es correcto {{ country }}?",
    "No, it is not": "No, no lo es",
    "CG-2: look twice": "CG-2: mire dos veces",
    "yes": "sí",
    "lost": "perdido",
    "Germany": "Alemania",
    "years": "años",
    "Lock it.": "Bloquéelo.",
    "Locked": "Bloqueado",
}
PLACE = "locale/es/LC_MESSAGES/library.po"
TICKET = {"requester": {"first_name": "Ana"}, "country": "DE"}


def written(said: dict[str, str]) -> str:
    return "\n".join(f'msgid "{text}"\nmsgstr "{to}"\n' for text, to in said.items())


def example(catalogue: str = written(SAID), **more: str) -> Any:
    files = {"library.yaml": LIBRARY, "macros/standard.yaml": MACROS, "labels.yaml": LABELS}
    return begin(procedure(TEXT, **files, **{PLACE: catalogue}, **more), TICKET)


def test_a_step_is_read_in_the_agents_language() -> None:
    shown = view(example(), TICKET, "es")

    assert shown.title == "Paquete"
    assert shown.text == "¿Es correcto Alemania?"
    assert [choice.label for choice in shown.choices] == ["No, no lo es", "sí"]
    assert shown.language == "es"


def test_what_is_not_translated_says_which_language_it_is_in() -> None:
    shown = view(example(), TICKET, "es")

    assert shown.help == "(en) Look at the profile."


def test_codes_are_the_same_in_every_language() -> None:
    walk = example()

    assert view(walk, TICKET, "es").because == ("CG-1", "CG-2: mire dos veces")
    assert view(go(walk, "no", "lost", 20, "done"), TICKET, "es").unit == "EUR"


def test_an_id_that_is_the_wording_is_translated_as_one() -> None:
    shown = view(go(example(), "no"), TICKET, "es")

    assert [choice.label for choice in shown.choices] == ["perdido", "(en) Late"]


def test_the_path_and_the_facts_are_told_in_the_agents_language() -> None:
    walk = go(example(), "no", "lost", 20)
    shown = view(walk, TICKET, "es")

    assert [row.answer for row in shown.path] == ["No, no lo es", "perdido", "20 años", ""]
    assert [row.label for row in shown.facts] == ["Alemania", "No, no lo es", "perdido", "20 años"]
    assert shown.check == ("Bloqueado", "(en) Told")


def test_placeholders_are_filled_in_after_translating() -> None:
    walk = go(example(), "no", "lost")
    assert view(walk, TICKET, "es").text == "(en) How old is Ana?"


def test_a_reply_names_choices_in_its_own_language_and_marks_nothing() -> None:
    walk = go(example(), "no", "lost", 20, "done", "3")

    assert render_macro(walk, "hello", "es", TICKET).text == "En Alemania."
    assert render_macro(walk, "hello", "en", TICKET).text == "In Germany."
    american = begin(walk.procedure, {**TICKET, "country": "US"})
    assert render_macro(american, "hello", "es", TICKET).text == "En United States."


@pytest.mark.parametrize("language", [None, "en", "en_GB", "fr"])
def test_nothing_is_marked_where_texts_are_read_as_they_are_written(language: str | None) -> None:
    shown = view(example(), TICKET, language)

    assert shown.text == "Is Germany right?"
    assert shown.help == "Look at the profile."


def test_a_library_without_translations_is_read_as_it_is_written() -> None:
    text = "start: a\nsteps:\n  a: {do: Go., go: b}\n"
    end = "  b: {end: resolved, macro: done, label: done}\n"
    shown = view(begin(procedure(text + end)), None, "es")

    assert (shown.text, shown.language) == ("Go.", "en")


def test_a_text_told_apart_by_its_place_has_a_translation_there() -> None:
    apart = 'msgctxt "example:b"\nmsgid "lost"\nmsgstr "extraviado"\n'
    walk = go(example(f"{written(SAID)}\n{apart}"), "no")

    assert view(walk, TICKET, "es").choices[0].label == "extraviado"


def test_the_same_text_in_two_areas_keeps_both_translations() -> None:
    inner = (
        "title: Inner\nabout: x\nversion: 1.0.0\nstatus: live\nowner: t\nstart: a\nsteps:\n"
        "  a: {do: Look at the profile., go: b}\n  b: {return: back}\n"
    )
    outer = (
        "title: Outer\nabout: x\nversion: 1.0.0\nstatus: live\nowner: t\nstart: a\nsteps:\n"
        "  a: {do: Look at the profile., go: b}\n  b: {run: inner/one, go: {back: done}}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    )
    of = procedure(
        outer,
        **{
            "sops/inner/one.yaml": inner,
            PLACE: written({"Look at the profile.": "Mire el perfil."}),
            "locale/es/LC_MESSAGES/inner.po": written({"Look at the profile.": "Vea el perfil."}),
        },
    )
    walk = begin(of)

    assert view(walk, None, "es").text == "Mire el perfil."
    assert view(go(walk, "done"), None, "es").text == "Vea el perfil."


def test_the_words_that_are_nobodys_are_said_by_whoever_shows_them() -> None:
    walk = go(example(), "no", "lost", 20)

    assert view(walk, TICKET, "es", str.upper).choices[0].label == "DONE"


def test_macros_and_labels_are_named_in_the_agents_language() -> None:
    walk = go(example(), "no", "lost", 24, "done", 2)
    shown = view(walk, TICKET, "es").outcome
    assert shown is not None
    assert (shown.macro_title, shown.label_title) == ("Saludo", "Hecho")
    named = {each.kind: each.title for each in catalogue(walk.procedure, "es")}
    assert (named[MACRO], named[LABEL]) == ("Saludo", "Hecho")
    assert [each.macro_title for each in offered(go(example(), "no"), "es")] == ["Saludo", ""]
    english = view(walk, TICKET).outcome
    assert english is not None
    assert (english.macro_title, english.label_title) == ("Hello", "Done")
