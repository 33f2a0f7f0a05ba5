from __future__ import annotations

from typing import Any

import pytest

from sopguide.diagnostics import Severity
from tests.building import LABELS, MACROS, SOP, library

FILES = {
    "library.yaml": (
        "calendar: {holidays: land}\n"
        "sets:\n"
        "  eea: {of: country, values: [DE, FR]}\n"
        "facts:\n"
        "  country: {type: choice, values: [DE, FR, US], from: ticket.country}\n"
        "  land: {type: choice, values: [DE, FR, US], from: ticket.land}\n"
        "  fee: {type: integer, table: fees}\n"
        "  rate: {type: integer, min: 0, max: top, ask: 'How much of {{ coins }}?'}\n"
        "  top: {type: integer, is: base * 2}\n"
        "  base: {type: integer, ask: How much?}\n"
        "  coins: {type: integer, ask: How many?}\n"
        "  name: {type: text, ask: Who?}\n"
        "  spare: {type: integer, ask: What else?}\n"
    ),
    "tables/fees.yaml": "hit: first\nrows: [{if: {country: in eea}, value: 5, because: T}, {else: 9}]\n",
    "tables/other.yaml": "hit: first\nrows: [{else: 9}]\n",
    "macros/standard.yaml": MACROS,
    "macros/more.yaml": (
        "hello: {title: Hello, status: live, channels: [email], body: {en: 'Hi {{ name }}, {{ ticket.x }}'}}\n"
        "spare: {title: Spare, status: live, body: {en: Spare}}\n"
    ),
    "labels.yaml": LABELS + "spare: {title: Spare}\nhello: {title: Hello, macros: [hello]}\n",
    SOP: (
        "title: Example\nversion: 1.0.0\nstatus: live\nowner: tests\nabout: An example.\n"
        "policy: [P-1]\nchannels: [email]\n"
        "effective: {from: 2026-10-01T00:00}\n"
        "start: one\n"
        "steps:\n"
        "  one: {fact: fee, go: two}\n"
        "  two: {run: area/sub, go: done}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    ),
    "sops/area/sub.yaml": (
        "start: ask\n"
        "steps:\n"
        "  ask: {fact: rate, go: wait}\n"
        "  wait: {wait: A reply, macro: hello, label: hello, go: back}\n"
        "  back: {return: ok}\n"
    ),
    "sops/spare.yaml": "start: done\nsteps:\n  done: {end: resolved, macro: done, label: done}\n",
}


def _form(files: dict[str, str]) -> dict[str, Any]:
    made = library(files)
    assert all(one.severity is Severity.HINT for one in made.diagnostics)
    return made.form("example")


def test_a_form_holds_all_that_a_walk_can_use_and_nothing_else() -> None:
    form = _form(FILES)

    assert set(form["facts"]) == {
        "country",  # the table asks for it
        "land",  # the calendar follows it
        "fee",  # asked
        "rate",  # asked in the sub-procedure
        "top",  # its limit
        "base",  # which is computed from this
        "coins",  # named in its question
        "name",  # named in the macro
    }
    assert set(form["procedures"]) == {"example", "area/sub"}
    assert form["procedures"]["area/sub"]["returns"] == ["ok"]
    assert set(form["tables"]) == {"fees"}
    assert set(form["macros"]) == {"done", "hello"}
    assert set(form["labels"]) == {"done", "hello"}


def test_a_form_says_what_the_sop_and_its_library_are() -> None:
    form = _form(FILES)

    assert form["library"] == {
        "name": "Test",
        "locales": ["en"],
        "zone": "UTC",
        "calendar": {"fact": "land"},
    }
    assert (form["policy"], form["channels"]) == (["P-1"], ["email"])
    assert form["effective"] == {"from": "2026-10-01T00:00:00"}
    assert "keywords" not in form
    assert form["tables"]["fees"] == {
        "hit": "first",
        "rows": [
            {
                "if": ["all", ["test", "country", ["in", ["DE", "FR"]]]],
                "value": 5,
                "because": ["T"],
            },
            {"value": 9},
        ],
    }
    assert form["macros"]["hello"] == {
        "title": "Hello",
        "status": "live",
        "channels": ["email"],
        "body": {"en": "Hi {{ name }}, {{ ticket.x }}"},
    }


EDITS = {
    "wording": (SOP, "title: Example", "title: An example"),
    "a rule's reason": ("tables/fees.yaml", "because: T", "because: U"),
    "a table": ("tables/fees.yaml", "else: 9", "else: 8"),
    "a set": ("library.yaml", "[DE, FR]}", "[DE, US]}"),
    "a limit": ("library.yaml", "base * 2", "base * 3"),
    "a question": ("library.yaml", "How many?", "How many, then?"),
    "a macro": ("macros/more.yaml", "Hi {{ name }}", "Hello {{ name }}"),
    "the status of a macro": (
        "macros/more.yaml",
        "status: live, channels",
        "status: draft, channels",
    ),
    "a label": ("labels.yaml", "title: Hello", "title: Hallo"),
    "a sub-procedure": ("sops/area/sub.yaml", "A reply", "Any reply"),
    "the version of a sub-procedure": (
        "sops/area/sub.yaml",
        "start: ask",
        "version: 1.0.1\nstart: ask",
    ),
    "the calendar": ("library.yaml", "holidays: land", "holidays: country"),
    "the policy": (SOP, "[P-1]", "[P-2]"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_that_a_walk_could_show_changes_the_hash(edit: str) -> None:
    file, old, new = EDITS[edit]
    edited = {**FILES, file: FILES[file].replace(old, new)}

    assert edited != FILES
    assert library(edited).sops["example"].hash != library(FILES).sops["example"].hash


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("library.yaml", "What else?", "What then?"),
        ("tables/other.yaml", "else: 9", "else: 8"),
        ("macros/more.yaml", "en: Spare", "en: Other"),
        ("labels.yaml", "title: Spare", "title: Other"),
        ("sops/spare.yaml", "resolved", "rejected"),
        (SOP, "  one: {", "  # a word\n  one: {"),
    ],
)
def test_an_edit_that_no_walk_could_show_does_not(file: str, old: str, new: str) -> None:
    edited = {**FILES, file: FILES[file].replace(old, new)}

    assert edited != FILES
    assert library(edited).sops["example"].hash == library(FILES).sops["example"].hash
