from __future__ import annotations

from tests.building import SOP, found, library

END = "  done: {end: resolved, macro: done, label: done}\n"
AGE = "facts:\n  age: {type: integer, ask: How old?}\n"


def test_is_found_in_tests_expressions_settings_questions_and_texts() -> None:
    assert found(
        "start: one\n"
        "facts:\n"
        "  age: {type: integer, ask: How old?, max: agex + 1}\n"
        "steps:\n"
        "  one: {fact: agf, go: two}\n"
        "  two: {do: 'He is {{ agg }}', set: {agh: 5}, go: three}\n"
        '  three: {decide: [{if: {agi: 1}, to: done}, {if: {age: "< agj"}, to: done}, {else: done}]}\n'
        + END
    ) == [
        "sops/example.yaml:3:44: error[SOP202] unknown fact `agex`",
        "sops/example.yaml:5:15: error[SOP202] unknown fact `agf`",
        "sops/example.yaml:6:23: error[SOP202] unknown fact `agg`",
        "sops/example.yaml:6:38: error[SOP202] unknown fact `agh`",
        "sops/example.yaml:7:26: error[SOP202] unknown fact `agi`",
        "sops/example.yaml:7:60: error[SOP202] unknown fact `agj`",
    ]


def test_offers_the_fact_that_was_meant() -> None:
    sop = f"start: one\n{AGE}steps:\n  one: {{fact: aeg, go: done}}\n{END}"

    assert [one.help for one in library({SOP: sop}).diagnostics] == ["did you mean `age`?"]


def test_the_ticket_and_the_given_facts_are_known_to_every_text() -> None:
    sop = "start: one\nsteps:\n  one: {do: '{{ ticket.id }} {{ today }} {{ now }}', go: done}\n"

    assert found(sop + END) == []


def test_a_broken_fact_is_still_a_fact() -> None:
    lines = found(
        "start: one\nfacts:\n  age: {type: integr}\nsteps:\n"
        "  one: {fact: age, go: [{if: {age: 5}, to: done}, {else: done}]}\n" + END
    )

    assert [line.partition("error")[2][:8] for line in lines] == ["[SOP123]"]


def test_nothing_is_unknown_while_the_library_cannot_be_read() -> None:
    sop = "start: one\nsteps:\n  one: {fact: age, go: [{if: {a: in b}, to: done}, {else: done}]}\n"
    lines = found({SOP: sop + END, "library.yaml": "name: [\n"})

    assert [line for line in lines if line.startswith(SOP)] == []
    assert any(line.startswith("library.yaml") for line in lines)


def test_facts_of_one_sop_are_not_seen_in_another() -> None:
    one = f"start: old\n{AGE}steps:\n  old: {{fact: age, go: done}}\n{END}"
    two = f"start: old\nsteps:\n  old: {{fact: age, go: done}}\n{END}"

    assert found({SOP: one, "sops/two.yaml": two}) == [
        "sops/two.yaml:3:15: error[SOP202] unknown fact `age`"
    ]


def test_a_calendar_may_follow_a_fact() -> None:
    known = "facts: {country: {type: choice, values: [US, DE], from: ticket.country}}\n"

    assert found({"library.yaml": "calendar: {holidays: country}\n" + known}) == []
    assert found({"library.yaml": "calendar: {holidays: contry}\n" + known}) == [
        "library.yaml:1:22: error[SOP202] unknown fact `contry`"
    ]
    assert found({"library.yaml": "calendar: {holidays: US}\n"}) == []


def test_a_set_is_of_a_fact() -> None:
    assert found({"library.yaml": "sets: {eea: {of: country, values: [AT]}}\n"}) == [
        "library.yaml:1:18: error[SOP202] unknown fact `country`"
    ]


def test_the_question_of_a_fact_has_placeholders_too() -> None:
    facts = "facts:\n  age: {type: integer, ask: 'How old is {{ nmae }}?'}\n"

    assert found({"library.yaml": facts}) == [
        "library.yaml:2:44: error[SOP202] unknown fact `nmae`"
    ]
    assert found(f"start: one\n{facts}steps:\n  one: {{fact: age, go: done}}\n{END}") == [
        "sops/example.yaml:3:44: error[SOP202] unknown fact `nmae`"
    ]


def test_a_limit_by_a_broken_fact_is_no_second_mistake() -> None:
    facts = (
        "facts:\n  top: {type: integr}\n"
        "  age: {type: integer, max: top, ask: 'How old, {{ top }}?'}\n"
        "  next: {type: integer, is: top + 1}\n"
    )

    assert [line.partition("error")[2][:8] for line in found({"library.yaml": facts})] == [
        "[SOP123]"
    ]
