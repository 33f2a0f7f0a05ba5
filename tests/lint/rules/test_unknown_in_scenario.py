from __future__ import annotations

import pytest

from tests.building import SOP, library

FILES = {
    "library.yaml": (
        "facts:\n"
        "  country: {type: choice, values: [US, DE], from: ticket.country}\n"
        "  age: {type: integer, optional: true, ask: How old?}\n"
    ),
    SOP: (
        "start: on\n"
        "steps:\n"
        "  on: {ask: Is it on?, answers: {yes: old, no: sub}}\n"
        "  old: {fact: age, go: [{if: {country: US}, to: wait}, {else: done}]}\n"
        "  wait: {wait: A reply, go: {reply: done, timeout: done}}\n"
        "  sub: {run: sub, go: tell}\n"
        "  tell: {do: Tell them, go: done}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    ),
    "sops/sub.yaml": (
        "start: which\n"
        "steps:\n"
        "  which: {ask: Which?, answers: {a: back, b: back}}\n"
        "  back: {return: ok}\n"
    ),
}
EXPECT = "  expect: {end: resolved, macro: done, label: done}\n"


def _found(scenario: str) -> list[str]:
    made = library(FILES | {"scenarios/example.yaml": f"- scenario: One\n{scenario}"})
    assert all(entry.walkable for entry in made.sops.values())
    return [str(one) for one in made.diagnostics]


@pytest.mark.parametrize(
    "answers",
    [
        "{on: yes, age: 17, country: US, wait: reply}",
        "{on: no, sub.which: a, tell: done}",
        "[yes, 17, reply]",
        "{old: 17}",
        "{age: null}",
    ],
)
def test_right_names_and_values_are_fine(answers: str) -> None:
    ticket = "  ticket: {facts: {country: DE, age: 17, on: yes}, subject: help}\n"

    assert _found(f"{ticket}  answers: {answers}\n{EXPECT}") == []


@pytest.mark.parametrize(
    ("answers", "place", "headline"),
    [
        ("{onn: yes}", 13, "unknown step or fact `onn`"),
        ("{sub.witch: a}", 13, "unknown step or fact `sub.witch`"),
        ("{sup.which: a}", 13, "unknown SOP `sup`"),
        ("{on: perhaps}", 17, "`perhaps` does not fit `on`"),
        ("{age: old}", 18, "`old` does not fit `age`"),
        ("{sub.which: c}", 24, "`c` does not fit `which`"),
        ("{wait: later}", 19, "a wait ends with `reply` or `timeout`, not with `later`"),
    ],
)
def test_answers_name_steps_and_facts_and_fit_them(answers: str, place: int, headline: str) -> None:
    assert _found(f"  answers: {answers}\n{EXPECT}") == [
        f"scenarios/example.yaml:2:{place}: error[SOP220] {headline}"
    ]


def test_facts_of_the_ticket_are_facts() -> None:
    assert _found("  ticket: {facts: {contry: DE, age: old}}\n" + EXPECT) == [
        "scenarios/example.yaml:2:20: error[SOP220] unknown fact `contry`",
        "scenarios/example.yaml:2:37: error[SOP220] `old` does not fit `age`",
    ]


@pytest.mark.parametrize(
    ("expect", "place", "headline"),
    [
        (
            "{end: rejected, macro: done, label: done}",
            17,
            "no end of `example` gives the end `rejected`",
        ),
        (
            "{end: resolved, macro: none, label: done}",
            34,
            "no end of `example` gives the macro `none` with `resolved`",
        ),
        (
            "{end: resolved, macro: done, label: dune}",
            47,
            "no end of `example` gives the label `dune` with `resolved` and `done`",
        ),
    ],
)
def test_what_is_expected_must_be_possible(expect: str, place: int, headline: str) -> None:
    assert _found(f"  expect: {expect}\n") == [
        f"scenarios/example.yaml:2:{place}: error[SOP220] {headline}"
    ]


def test_scenarios_are_of_an_sop() -> None:
    made = library(FILES | {"scenarios/exampel.yaml": f"- scenario: One\n{EXPECT}"})

    [one] = made.diagnostics
    assert str(one) == (
        "scenarios/exampel.yaml:1:13: error[SOP220] there is no SOP `exampel` for these scenarios"
    )
    assert one.help == "did you mean `example`?"


def test_an_sop_that_is_broken_is_not_held_against_its_scenarios() -> None:
    broken = FILES | {SOP: FILES[SOP].replace("do: Tell", "doo: Tell")}
    made = library(
        broken
        | {
            "scenarios/example.yaml": (
                "- {scenario: One, answers: {tell: done},"
                " expect: {end: rejected, macro: done, label: done}}\n"
            )
        }
    )

    assert {one.span.file for one in made.diagnostics if one.span} == {SOP}
