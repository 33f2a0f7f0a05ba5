"""What a scenario says when it fails: what differs, and where the walk left the expected way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from sopguide.diagnostics import Severity
from sopguide.review.scenarios import Parting, Result, Scenario
from sopguide.review.suite import Run, run_all, scenarios_of
from tests.building import library
from tests.locked_out import FILES, SCENARIOS

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def run(scenarios: str, **more: str) -> Run:
    files = library({**FILES, SCENARIOS: scenarios, **more})
    assert all(one.severity is Severity.HINT for one in files.diagnostics)
    return run_all(files, scenarios_of(files, lambda _: True), NOW)


def failing(text: str) -> Result:
    [result] = run(f"- scenario: It\n{text}").results
    assert not result.passed
    return result


def test_scenarios_that_do_what_they_say_pass() -> None:
    done = run(FILES[SCENARIOS])
    assert [result.passed for result in done.results] == [True, True, True]
    assert done.failed == []
    assert done.results[1].to_json() == {
        "sop": "account/locked",
        "scenario": "A receipt, but too young",
        "file": "scenarios/account/locked.yaml",
        "line": 5,
        "passed": True,
    }


def test_null_answers_what_may_be_not_known() -> None:
    sop = (
        "start: one\nfacts: {age: {type: integer, optional: true, ask: Age?}}\nsteps:\n"
        "  one: {fact: age, go: [{if: {age: unknown}, to: done}, {else: other}]}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
        "  other: {end: rejected, macro: done, label: done}\n"
    )
    expect = "expect: {end: resolved, macro: done, label: done}"
    scenarios = (
        f"- {{scenario: Named, answers: {{one: null}}, {expect}}}\n"
        f"- {{scenario: Listed, answers: [null], {expect}}}\n"
        f"- {{scenario: Given, ticket: {{facts: {{age: null}}}}, {expect}}}\n"
    )
    files = library({"sops/example.yaml": sop, "scenarios/example.yaml": scenarios})

    done = run_all(files, scenarios_of(files, lambda _: True), NOW)
    assert [result.why for result in done.results] == [None, None, None]


def test_says_what_differs_and_where_the_expected_end_was_left() -> None:
    result = failing(
        "  ticket: {facts: {age: 12, amount: 10}}\n"
        "  answers: {reach: yes}\n"
        "  expect: {end: resolved, macro: welcome-back, label: account/recovered}\n"
    )
    assert result.why == "end and macro and label differ"
    assert result.parting == Parting("route", None, "rule", "refuse", ("CG-MINOR",))
    assert result.facts == {"age": 12, "amount": 10, "reach": "yes"}  # as known there
    assert result.to_json()["differs"] == {
        "step": "route",
        "answer": None,
        "by": "rule",
        "to": "refuse",
        "because": ["CG-MINOR"],
    }
    assert result.to_json()["got"]["label"] == "account/refused"


def test_names_the_answer_in_a_sub_procedure_that_led_elsewhere() -> None:
    result = failing(
        "  ticket: {facts: {age: 30, amount: 10}}\n"
        "  answers: {reach: no, identity/verify.which: none}\n"
        "  expect: {end: resolved, macro: welcome-back, label: account/recovered}\n"
    )
    assert result.parting == Parting(
        "identity/verify.which", "none", "agent", "identity/verify.not_verified", ("ID-1",)
    )
    assert result.facts == {"age": 30, "amount": 10, "reach": "no"}


def test_one_part_that_differs_is_named_alone() -> None:
    result = failing(
        "  ticket: {facts: {amount: 900}}\n"
        "  answers: {reach: yes}\n"
        "  expect: {end: escalated, macro: none, label: account/senior,"
        " escalate: {to: seniors, within: 1h}}\n"
    )
    assert result.why == "escalate differs"
    assert result.parting is None  # no end of the SOP is like that


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (
            "  ticket: {facts: {amount: 10}}\n  answers: {reach: yes}\n",
            "it needs `age` at step `route`, and the scenario does not answer it",
        ),
        (
            "  ticket: {facts: {amount: 10}}\n  answers: {reach: yes, age: 300}\n",
            "invalid: `300` does not fit `age`: it must be at most 120",
        ),
        (
            "  ticket: {age: old, facts: {amount: 10}}\n  answers: [yes]\n",
            (
                "it needs `age` at step `route`, and the scenario does not answer it;"
                " `old` does not fit `age`"
            ),
        ),
    ],
)
def test_a_scenario_that_does_not_reach_an_end_says_what_it_lacks(given: str, why: str) -> None:
    result = failing(
        f"{given}  expect: {{end: resolved, macro: welcome-back, label: account/recovered}}\n"
    )
    assert result.why == why
    assert result.outcome is None


def test_a_scenario_may_set_its_own_day() -> None:
    sop = (
        "start: when\n"
        "steps:\n"
        "  when:\n"
        "    decide:\n"
        '      - {if: {today: ">= 2027-01-01"}, to: late}\n'
        "      - else: early\n"
        "  late: {end: resolved, macro: welcome-back, label: account/recovered}\n"
        "  early: {end: rejected, macro: not-shown, label: account/refused}\n"
    )
    expect = "expect: {end: resolved, macro: welcome-back, label: account/recovered}"
    files = {"sops/account/dated.yaml": sop}
    text = f"- {{scenario: Later, today: 2027-02-01, {expect}}}\n- {{scenario: Now, {expect}}}\n"
    files["scenarios/account/dated.yaml"] = text
    found = library({**FILES, **files})
    done = run_all(found, scenarios_of(found, lambda one: one.sop == "account/dated"), NOW)
    assert [result.passed for result in done.results] == [True, False]


def test_many_processes_give_the_same_results_in_the_same_order() -> None:
    files = library(FILES)
    chosen = scenarios_of(files, lambda _: True)
    alone = run_all(files, chosen, NOW, covering=True, processes=1)
    heard: list[tuple[int, int]] = []

    def hear(done: int, whole: int) -> None:
        heard.append((done, whole))

    together = run_all(files, chosen, NOW, covering=True, processes=2, progress=hear)
    assert together.results == alone.results
    assert alone.coverage is not None
    assert together.coverage is not None
    assert together.coverage.to_json() == alone.coverage.to_json()
    assert heard[-1] == (3, 3)


def test_scenarios_are_chosen_by_what_they_are() -> None:
    files = library(FILES)

    def young(scenario: Scenario) -> bool:
        return "young" in scenario.name

    chosen = scenarios_of(files, young)
    assert [one.name for one in chosen["account/locked"]] == ["A receipt, but too young"]
    assert scenarios_of(files, lambda _: False) == {}
