from __future__ import annotations

from datetime import date
from hashlib import sha256

import orjson
import pytest

from tests.building import SOP, library

TEXT = (
    "title: Account hacked\nversion: 3.1.0\nstatus: draft\nowner: integrity\nabout: Somebody else.\n"
    "keywords: [stolen, locked out]\n"
    "effective: {from: 2026-10-01T00:00, until: 2027-10-01T00:00, zone: Europe/Dublin}\n"
    "start: one\nsteps:\n  one: {do: One, go: done}\n"
    "  done: {end: resolved, macro: done, label: done}\n"
)


def test_the_catalogue_says_what_an_sop_is() -> None:
    made = library(
        {SOP: TEXT, "library.yaml": "name: Desk\nlocales: [en, de]\nzone: Europe/Rome\n"}
    )
    entry = made.sops["example"]

    assert (made.name, made.locales, made.zone) == ("Desk", ("en", "de"), "Europe/Rome")
    assert (entry.id, entry.title, entry.version, entry.status) == (
        "example",
        "Account hacked",
        "3.1.0",
        "draft",
    )
    assert (entry.owner, entry.about, entry.file) == ("integrity", "Somebody else.", SOP)
    assert (entry.keywords, entry.labels, entry.steps) == (("stolen", "locked out"), ("done",), 2)
    assert entry.effective == {
        "from": "2026-10-01T00:00:00",
        "until": "2027-10-01T00:00:00",
        "zone": "Europe/Dublin",
    }
    assert (entry.walkable, entry.sub_procedure) == (True, False)


def test_the_hash_is_of_the_canonical_form() -> None:
    made = library({SOP: TEXT})
    form = made.form_bytes("example")

    assert made.sops["example"].hash == sha256(form).hexdigest()
    assert orjson.dumps(made.form("example"), option=orjson.OPT_SORT_KEYS) == form


def test_an_sop_with_errors_is_known_and_has_no_form() -> None:
    made = library({SOP: TEXT.replace("go: done", "go: nowhere")})

    assert not made.sops["example"].walkable
    assert made.sops["example"].hash is None
    with pytest.raises(KeyError):
        made.form("example")
    with pytest.raises(KeyError):
        made.form("none")


def test_an_sop_that_cannot_be_read_at_all_is_known_by_its_id() -> None:
    entry = library({SOP: "title: [\n"}).sops["example"]

    assert (entry.title, entry.steps, entry.walkable) == ("example", 0, False)


def test_scenarios_are_given_as_typed_with_their_place() -> None:
    scenario = (
        "- scenario: One\n"
        "  ticket: {subject: help, facts: {}}\n"
        "  answers: [done]\n"
        "  expect: {end: resolved, macro: done, label: done}\n"
        "  today: 2026-05-19\n"
        "- scenario: Two\n"
        "  expect: {end: escalated, macro: none, label: done, escalate: {to: team, within: 4h}}\n"
    )
    end = "  high: {end: escalated, macro: none, label: done, escalate: {to: team}}\n"
    made = library({SOP: TEXT + end, "scenarios/example.yaml": scenario})

    assert made.scenarios("example") == [
        {
            "scenario": "One",
            "ticket": {"subject": "help", "facts": {}},
            "answers": ["done"],
            "expect": {"end": "resolved", "macro": "done", "label": "done"},
            "today": "2026-05-19",
            "file": "scenarios/example.yaml",
            "line": 1,
        },
        {
            "scenario": "Two",
            "ticket": {},
            "answers": {},
            "expect": {
                "end": "escalated",
                "macro": "none",
                "label": "done",
                "escalate": {"to": "team", "within": "4h"},
            },
            "file": "scenarios/example.yaml",
            "line": 6,
        },
    ]
    assert library({SOP: TEXT}).scenarios("example") == []


def test_an_error_in_the_library_keeps_every_sop_back_and_is_told_of_each() -> None:
    made = library({SOP: TEXT, "library.yaml": "facts: {age: {type: integr}}\n"})

    assert not made.sops["example"].walkable
    assert made.diagnostics_of("example") == made.diagnostics != ()


def test_without_a_library_file_nothing_is_walked() -> None:
    made = library({SOP: TEXT, "library.yaml": ""})

    assert not made.sops["example"].walkable


def test_a_warning_is_accepted_until_its_day_an_error_never() -> None:
    accept = "accept: [{code: SOP301, because: Kept for later, until: 2027-01-31}]\n"
    unreachable = "  two: {do: Two, go: done}\n"
    made = library({SOP: TEXT + unreachable + accept})

    assert [one.code for one in made.diagnostics] == ["SOP301"]
    assert made.findings(date(2027, 1, 31)) == ()
    assert [str(one) for one in made.findings(date(2027, 2, 1))] == [
        "sops/example.yaml:12:3: warning[SOP301] step `two` cannot be reached from `one`",
        "sops/example.yaml:13:17: hint[SOP701] `SOP301` was accepted until 2027-01-31, which is past",
    ]

    accept = accept.replace("SOP301", "SOP201")
    made = library({SOP: TEXT.replace("go: done", "go: nowhere") + accept})
    assert "SOP201" in [one.code for one in made.findings(date(2026, 1, 1))]


def test_a_step_accepts_what_is_found_in_it_alone() -> None:
    accept = "accept: [{code: SOP301, because: Kept, until: 2027-01-31}]"
    made = library(
        {
            SOP: f"{TEXT}  two: {{do: Two, go: done, {accept}}}\n  three: {{do: Three, go: done}}\n",
            "sops/other.yaml": f"{TEXT}  two: {{do: Two, go: done}}\n",
        }
    )

    assert [str(one.span) for one in made.findings(date(2026, 1, 1))] == [
        "sops/example.yaml:13:3",
        "sops/other.yaml:12:3",
    ]
