"""What no scenario passes through, and why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sopguide.review.suite import run_all, scenarios_of
from tests.building import library
from tests.locked_out import FILES, SCENARIOS

if TYPE_CHECKING:
    from sopguide.review.coverage import Coverage

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def coverage(files: dict[str, str]) -> Coverage:
    compiled = library(files)
    done = run_all(compiled, scenarios_of(compiled, lambda _: True), NOW, covering=True)
    assert done.coverage is not None
    return done.coverage


def missed(found: dict[str, Any]) -> list[str]:
    return [
        " ".join(str(one[key]) for key in ("kind", "step", "answer", "rule", "why") if key in one)
        for one in found["missed"]
    ]


def test_counts_steps_answers_rules_and_ends_of_each_procedure() -> None:
    found = coverage(FILES).to_json()
    locked = {key: value for key, value in found["account/locked"].items() if key != "missed"}
    assert locked == {
        "steps": {"passed": 4, "of": 4},
        "answers": {"passed": 3, "of": 4},
        "rules": {"passed": 3, "of": 4},
        "ends": {"passed": 3, "of": 3},
    }
    assert found["identity/verify"]["answers"] == {"passed": 1, "of": 2}


def test_says_why_an_answer_a_rule_and_a_step_are_missed() -> None:
    found = coverage(FILES).to_json()
    assert missed(found["account/locked"]) == [
        "rule route 3 scenarios came here 3 times; what held was rule 1, rule 2, rule 4",
        "answer proof not_verified scenarios came here 1 time, and the answer was verified",
    ]
    assert missed(found["identity/verify"]) == [
        "answer which none scenarios came here 1 time, and the answer was receipt",
        "step not_verified no scenario takes the way from `which` (answer none)",
    ]


def test_a_procedure_that_no_scenario_runs_is_missed_from_its_start() -> None:
    one = FILES[SCENARIOS].split("- scenario: A receipt")[0]
    found = coverage({**FILES, SCENARIOS: one}).to_json()
    assert missed(found["identity/verify"])[0] == "step which no scenario starts this procedure"
    steps = [line for line in missed(found["account/locked"]) if line.startswith("step")]
    assert steps == [
        "step proof no scenario takes the way from `reach` (answer no)",
        "step tell no scenario takes the way from `proof` (answer verified)",
    ]


def test_only_some_of_many_ways_in_are_named() -> None:
    steps = "".join(
        f"  q{n}: {{ask: Q{n}?, answers: {{yes: q{n + 1}, no: out}}}}\n" for n in range(5)
    )
    sop = (
        f"start: q0\nsteps:\n{steps}"
        "  q5: {end: resolved, macro: done, label: done}\n"
        "  out: {end: rejected, macro: done, label: done}\n"
    )
    answers = ", ".join(f"q{n}: yes" for n in range(5))
    scenario = f"- {{scenario: S, answers: {{{answers}}}, expect: {{end: resolved, macro: done, label: done}}}}\n"
    found = coverage({"sops/many.yaml": sop, "scenarios/many.yaml": scenario}).to_json()
    assert (
        "end out no scenario takes the way from `q0` (answer no), `q1` (answer no), `q2` (answer no)"
        " and 2 more"
    ) in missed(found["many"])


def test_a_rule_is_told_from_another_that_leads_to_the_same_step() -> None:
    scenarios = (
        "- scenario: Fifteen\n"
        "  ticket: {facts: {age: 15, amount: 10}}\n"
        "  answers: {reach: yes}\n"
        "  expect: {end: rejected, macro: not-shown, label: account/refused}\n"
    )
    found = coverage({**FILES, SCENARIOS: scenarios}).to_json()
    rules = [line for line in missed(found["account/locked"]) if line.startswith("rule")]
    assert [line.split()[:3] for line in rules] == [
        ["rule", "route", "1"],
        ["rule", "route", "2"],
        ["rule", "route", "4"],
    ]


def test_the_rule_of_two_that_lead_to_one_step_is_found_by_what_it_says() -> None:
    sop = """\
start: route
steps:
  route:
    decide:
      - {if: {age: "< 13"}, to: out}
      - {if: {age: "< 16"}, to: fine}
      - else: out
  fine: {end: resolved, macro: done, label: done}
  out: {end: rejected, macro: done, label: done}
"""
    scenario = """\
- scenario: Grown up
  ticket: {facts: {age: 30}}
  expect: {end: rejected, macro: done, label: done}
"""
    files = {
        "library.yaml": "facts: {age: {type: integer, ask: Age?}}\n",
        "sops/two.yaml": sop,
        "scenarios/two.yaml": scenario,
    }
    missing = [one for one in missed(coverage(files).to_json()["two"]) if "rule" in one[:5]]
    assert [one.split(" scenarios")[0] for one in missing] == ["rule route 1", "rule route 2"]


def test_waits_and_loops_are_followed_each_time_round() -> None:
    sop = """\
start: ask
facts: {seen: {type: yes_no}}
steps:
  ask:
    ask: Is the receipt there?
    answers:
      yes: fine
      no:
        go:
          - {if: {seen: unknown}, to: letter}
          - else: out
  letter:
    wait: their reply
    macro: done
    label: done
    for: 7d
    set: {seen: yes}
    go: {reply: ask, timeout: out}
  fine: {end: resolved, macro: done, label: done}
  out: {end: rejected, macro: done, label: done}
"""
    scenarios = """\
- scenario: Twice without
  answers: [no, reply, no]
  expect: {end: rejected, macro: done, label: done}
"""
    found = coverage({"sops/loop.yaml": sop, "scenarios/loop.yaml": scenarios}).to_json()["loop"]
    assert found["rules"] == {"passed": 2, "of": 2}
    assert missed(found) == [
        "answer ask yes scenarios came here 2 times, and the answer was no",
        "end fine no scenario takes the way from `ask` (answer yes)",
        "answer letter timeout scenarios came here 1 time, and the answer was reply",
    ]
