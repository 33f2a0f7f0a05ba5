from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sopguide.source.schema import schema_of
from tests.building import SOP, form, found, library

END = "  done: {end: resolved, macro: done, label: done}\n"
LIBRARY = (
    "facts:\n"
    "  country: {type: choice, values: [US, GB], from: ticket.country, ask: Which?}\n"
    "  got: {type: date, from: ticket.got, ask: When?}\n"
)


def _sop(clock: str, step: str = "") -> str:
    return f"start: one\nclock: {clock}\nsteps:\n  one: {{do: It, go: done{step}}}\n{END}"


def _told(clock: str) -> list[str]:
    said = found({SOP: _sop(clock), "library.yaml": LIBRARY})
    return [one.removeprefix(f"{SOP}:") for one in said]


def _compiled(text: str, **more: str) -> dict[str, Any]:
    procedures: Any = form(text, **more)["procedures"]
    made: dict[str, Any] = procedures["example"]
    return made


def test_clocks_are_written_as_they_stand_with_an_id_from_their_words() -> None:
    made = _compiled(
        _sop(
            "[{limit: 48h, from: ticket.received, authority: TAKE IT DOWN Act, if: {country: US}},"
            " {limit: 1m, from: got, authority: GDPR Art. 12, title: Access, warn: 7d}]",
            ", clock: {limit: 10bd, authority: Law, zone: Europe/Dublin, calendar: {holidays: IE}}",
        ),
        **{"library.yaml": LIBRARY},
    )

    assert made["clocks"] == [
        {
            "id": "take-it-down-act",
            "limit": "48h",
            "authority": "TAKE IT DOWN Act",
            "from": "ticket.received",
            "if": ["all", ["test", "country", ["is", "US"]]],
        },
        {
            "id": "access",
            "limit": "1m",
            "authority": "GDPR Art. 12",
            "title": "Access",
            "from": "got",
            "warn": "7d",
        },
    ]
    assert made["steps"]["one"]["clock"] == [
        {
            "id": "law",
            "limit": "10bd",
            "authority": "Law",
            "zone": "Europe/Dublin",
            "calendar": {"holidays": "IE"},
        }
    ]


def test_the_facts_a_clock_speaks_of_belong_to_the_form() -> None:
    clock = "{limit: 1d, from: got, authority: Law, calendar: {holidays: country}}"
    made = form(_sop(clock), **{"library.yaml": LIBRARY})

    assert set(made["facts"]) == {"country", "got"}  # type: ignore[call-overload]


def test_clocks_with_the_same_words_have_ids_of_their_own() -> None:
    three = ", ".join(["{limit: 1d, authority: Law}"] * 3)
    made = _compiled(_sop(f"[{three}]"))

    assert [clock["id"] for clock in made["clocks"]] == ["law", "law--2", "law--3"]
    assert _compiled(_sop("{limit: 1d, authority: 法}"))["clocks"][0]["id"] == "clock"


def test_an_sop_without_clocks_has_no_keys_for_them() -> None:
    made = _compiled(f"start: one\nsteps:\n  one: {{do: It, go: done}}\n{END}")

    assert "clocks" not in made
    assert "clock" not in made["steps"]["one"]


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        (
            "{limit: 0h, authority: x}",
            "2:16: error[SOP219] `0h` is no time at all",
        ),
        (
            "{limit: 2 days, authority: x}",
            "2:16: error[SOP219] `2 days` is not a duration",
        ),
        (
            "{limit: 2d, warn: 49h, authority: x}",
            "2:26: error[SOP219] `warn: 49h` is not shorter than the limit `2d`",
        ),
        ("{limit: 2d, from: gott, authority: x}", "2:26: error[SOP202] unknown fact `gott`"),
        (
            "{limit: 2d, from: country, authority: x}",
            "2:26: error[SOP209] `country` is a choice, and a clock runs from a date or a time",
        ),
        (
            "{limit: 2d, from: ticket, authority: x}",
            "2:26: error[SOP209] `ticket` names no place in the ticket",
        ),
        (
            "{limit: 2bd, authority: x, calendar: {holidays: ZZ}}",
            "2:56: error[SOP209] no holidays are known for `ZZ`",
        ),
        (
            "{limit: 2bd, authority: x, calendar: {holidays: land}}",
            "2:56: error[SOP202] unknown fact `land`",
        ),
        (
            "{limit: 2d, authority: x, if: {country: DE}}",
            "2:48: error[SOP209] `DE` does not fit `country`",
        ),
        (
            "{limit: 2d, authority: x, zone: Mars/Base}",
            "2:40: error[SOP123] `Mars/Base` is no time zone",
        ),
        ("{limit: 2d}", "2:1: error[SOP121] `authority` is missing in `clock`"),
        ("{authority: x}", "2:1: error[SOP121] `limit` is missing in `clock`"),
        (
            "{limit: 2d, authority: x, form: got}",
            "2:34: error[SOP120] unknown key `form`",
        ),
        ("[]", "2:8: error[SOP126] `clock` is empty"),
        ("48h", "2:8: error[SOP122] `clock` must be a list or a mapping, not text"),
        ("[48h]", "2:9: error[SOP122] item 1 of `clock` must be a mapping, not text"),
    ],
)
def test_a_mistake_is_told_at_its_place(clock: str, said: str) -> None:
    [one] = _told(clock)

    assert one.startswith(said)


def test_a_wrong_clock_hides_nothing_of_its_step() -> None:
    step = "start: one\nsteps:\n  one: {do: It, go: nowhere, clock: {limit: 2d}}\n"

    assert found(step)[1:] == [
        f"{SOP}:3:21: error[SOP201] unknown step `nowhere`",
        f"{SOP}:3:30: error[SOP121] `authority` is missing in `clock`",
    ]


def test_a_fact_named_clock_is_judged_as_a_fact() -> None:
    text = (
        f"facts: {{clock: {{typ: text}}}}\nstart: one\nsteps:\n  one: {{do: It, go: done}}\n{END}"
    )

    assert found(text)[0] == f"{SOP}:1:17: error[SOP120] unknown key `typ`"


def test_editors_know_clocks_from_the_schema() -> None:
    schema = schema_of("sop")
    check = Draft202012Validator(schema)
    sop = {
        "title": "t",
        "version": "1.0.0",
        "status": "live",
        "owner": "o",
        "about": "a",
        "start": "one",
        "steps": {"one": {"end": "resolved", "macro": "none", "label": "x"}},
    }
    clock = {"limit": "48h", "authority": "Law", "if": {"country": "US"}}

    assert not [*check.iter_errors(sop | {"clock": clock})]
    assert not [*check.iter_errors(sop | {"clock": [clock]})]
    assert [*check.iter_errors(sop | {"clock": {"limit": "48h"}})]
    assert [*check.iter_errors(sop | {"clock": clock | {"lmit": "1h"}})]
    described = schema["$defs"]["Clock"]["properties"]
    assert all("description" in described[key] for key in described)


def test_what_a_clock_names_is_found_where_it_is_used() -> None:
    from sopguide.graph.references import References
    from tests.building import sources

    clock = (
        "[{limit: 1d, from: got, authority: Law, calendar: {holidays: country}, if: {country: US}}]"
    )
    uses = References(sources({SOP: _sop(clock), "library.yaml": LIBRARY})).uses

    assert [(one.name, one.role, one.by) for one in uses if one.by == "clock"] == [
        ("got", "clock runs from", "clock"),
        ("country", "country of holidays", "clock"),
        ("country", "clock", "clock"),
    ]


def test_a_library_of_facts_that_only_clocks_use_is_walkable() -> None:
    made = library({SOP: _sop("{limit: 1d, from: got, authority: Law}"), "library.yaml": LIBRARY})

    assert made.sops["example"].hash
    assert not [one for one in made.diagnostics if one.code == "SOP512" and "got" in one.headline]
