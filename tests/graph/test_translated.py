"""What a compiled SOP says in other languages."""

from __future__ import annotations

from typing import Any

from tests.building import library

SHARED = "locale/es/LC_MESSAGES/library.po"
SOP = """\
title: Parcel
start: a
steps:
  a: {do: Look., go: b}
  b: {fact: age, go: c}
  c: {run: inner/one, go: {back: done}}
  done: {end: resolved, macro: done, label: done}
"""
INNER = "title: Inner\nstart: a\nsteps:\n  a: {do: Look within., go: b}\n  b: {return: back}\n"
FILES = {
    "library.yaml": (
        "facts:\n  age: {type: integer, ask: How old?, unit: years}\n"
        "  seen: {type: yes_no, ask: Seen?}\n"
    ),
    "sops/example.yaml": SOP,
    "sops/inner/one.yaml": INNER,
}


def entry(text: str, said: str, flag: str = "") -> str:
    return f'{flag}msgid "{text}"\nmsgstr "{said}"\n\n'


def form(**catalogues: str) -> dict[str, Any]:
    return library({**FILES, **catalogues}).form("example")


def test_a_form_says_what_its_procedures_and_facts_do_and_nothing_else() -> None:
    said = entry("Look.", "Mire.") + entry("How old?", "¿Qué edad?") + entry("Seen?", "¿Visto?")
    inner = entry("Look within.", "Mire dentro.") + entry("Gone", "Ido")

    found = form(**{SHARED: said, "locale/es/LC_MESSAGES/inner.po": inner})["translations"]

    assert found == {
        "es": {"Look.": "Mire.", "Look within.": "Mire dentro.", "How old?": "¿Qué edad?"}
    }


def test_yes_and_no_are_there_where_somebody_answers_so() -> None:
    asks = SOP.replace("fact: age", "fact: seen")
    words = entry("yes", "sí") + entry("no", "no")
    files = {**FILES, "sops/example.yaml": asks, SHARED: words}

    assert library(files).form("example")["translations"] == {"es": {"yes": "sí", "no": "no"}}
    assert library({**FILES, SHARED: words}).form("example")["translations"] == {"es": {}}


def test_what_is_guessed_is_not_used_and_the_language_is_named_all_the_same() -> None:
    assert form(**{SHARED: entry("Look.", "Mire.", "#, fuzzy\n")})["translations"] == {"es": {}}


def test_a_library_without_translations_has_the_form_it_had() -> None:
    assert "translations" not in form()


def test_wording_is_part_of_the_hash_in_every_language() -> None:
    hashes = {
        library({**FILES, SHARED: said}).sops["example"].hash
        for said in (entry("Look.", "Mire."), entry("Look.", "Vea."), entry("Nowhere", "Nada"))
    }
    assert len(hashes) == 3


def test_a_translation_that_an_sop_does_not_show_changes_nothing_about_it() -> None:
    one, other = (
        library({**FILES, SHARED: entry("Seen?", said)}).sops["example"].hash for said in ("a", "b")
    )
    assert one == other


def test_an_area_may_leave_to_all_what_all_say_alike() -> None:
    inner = "locale/es/LC_MESSAGES/inner.po"
    shared = entry("Look within.", "Mire dentro.")

    assert form(**{SHARED: shared})["translations"]["es"] == {"Look within.": "Mire dentro."}
    own = form(**{SHARED: shared, inner: entry("Look within.", "Vea dentro.")})
    assert own["translations"]["es"] == {"Look within.": "Vea dentro."}


def test_a_mistake_in_a_catalogue_keeps_no_sop_from_being_walked() -> None:
    made = library({**FILES, SHARED: 'msgid "Look.\nmsgstr "Mire."\n'})

    assert made.sops["example"].walkable
    assert [found.code for found in made.diagnostics if found.severity == "error"] == ["SOP131"]


def test_the_shelf_has_the_titles_in_each_language() -> None:
    made = library({**FILES, SHARED: entry("Parcel", "Paquete")})

    assert made.languages == ("es",)
    assert made.names_in("es") == {"Parcel": "Paquete"}
    assert made.names_in("de") is None
