from __future__ import annotations

from tests.building import SOP, found

COUNTRIES = (
    "sets:\n"
    "  eu: {of: country, values: [AT, BE]}\n"
    "  eea: {of: country, values: [in eu, CH]}\n"
    "  colours: {of: colour, values: [red]}\n"
    "facts:\n"
    "  country: {type: choice, values: [AT, BE, CH, US], ask: Which country?}\n"
    "  colour: {type: choice, values: [red, green], ask: Which colour?}\n"
)
END = "  done: {end: resolved, macro: done, label: done}\n"


def _tested(test: str) -> list[str]:
    sop = f"start: one\nsteps:\n  one: {{decide: [{{if: {{country: {test}}}, to: done}}, {{else: done}}]}}\n"
    return found({"library.yaml": COUNTRIES, SOP: sop + END})


def test_the_name_alone_is_marked() -> None:
    assert _tested("in eea and not in ue") == [
        "sops/example.yaml:3:51: error[SOP203] unknown set `ue`"
    ]


def test_a_set_is_tested_only_on_the_fact_it_is_of() -> None:
    assert _tested("in colours") == [
        "sops/example.yaml:3:36: error[SOP203] set `colours` is of `colour`, not of `country`"
    ]


def test_sets_include_sets_of_the_same_fact() -> None:
    assert found({"library.yaml": COUNTRIES.replace("in eu", "in eux")}) == [
        "library.yaml:3:34: error[SOP203] unknown set `eux`"
    ]
    assert found({"library.yaml": COUNTRIES.replace("[red]", "[in eu]")}) == [
        "library.yaml:4:37: error[SOP203] set `eu` is of `country`, not of `colour`"
    ]


def test_a_broken_set_is_still_a_set() -> None:
    broken = COUNTRIES.replace("[AT, BE]}", "[AT, BE], off: x}")

    lines = found({"library.yaml": broken})
    assert [line.partition("error")[2][:8] for line in lines] == ["[SOP120]"]


def test_a_mistake_inside_a_set_is_told_once_and_not_where_the_set_is_tested() -> None:
    sop = "start: one\nsteps:\n  one: {decide: [{if: {country: in eea}, to: done}, {else: done}]}\n"

    wrong = found({"library.yaml": COUNTRIES.replace("CH]}", "CX]}", 1), SOP: sop + END})
    empty = found({"library.yaml": COUNTRIES.replace("[in eu, CH]", "[in ue]"), SOP: sop + END})
    assert [line.partition("error")[2][:8] for line in (*wrong, *empty)] == ["[SOP209]", "[SOP203]"]


def test_a_set_of_what_has_no_values_is_told_once() -> None:
    library = COUNTRIES.replace("type: choice, values: [red, green]", "type: integer")
    assert found({"library.yaml": library.replace("[red]", "[1, 5]")}) == [
        "library.yaml:4:17: error[SOP209] a set names values of a `choice`: `colour` is of type `integer`"
    ]
