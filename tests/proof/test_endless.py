"""Loops through settings and sub-procedures: endless where no fact and no step ever ends them."""

from __future__ import annotations

import pytest

from sopguide.proof.findings import prove
from tests.proof.test_findings import PART, example, told

COUNTER = """
facts:
  turn: {type: choice, values: [first, second, third]}
steps:
  begin: {do: Begin., set: {turn: first}, go: one}
  one: {decide: [{if: {turn: first}, to: two}, {if: {turn: second}, to: three}, {else: done}]}
  two: {do: Try it., set: {turn: second}, go: one}
  three: {do: Try again., set: {turn: third}, go: one}
"""
SWITCH = """
facts:
  side: {type: choice, values: [left, right]}
steps:
  begin: {do: Begin., set: {side: left}, go: one}
  one: {decide: [{if: {side: left}, to: two}, {if: {side: right, country: not DE}, to: three}, {else: done}]}
  two: {do: Turn it., set: {side: right}, go: one}
  three: {do: Turn it back., set: {side: left}, go: one}
"""
NOTED = """
steps:
  begin: {decide: [{if: {country: US}, to: note}, {else: done}]}
  note: {do: Note it., set: {seen: yes}, go: begin}
"""
GIVEN = """
steps:
  begin: {decide: [{if: {country: DE}, to: done}, {else: note}]}
  note: {do: Note it., set: {country: DE}, go: begin}
"""
PART_OF_IT = """
steps:
  begin: {run: part, go: {good: again, bad: done}}
  again: {do: Look again., go: begin}
"""
DECIDES = "{decide: [{if: {country: DE}, to: good}, {else: bad}]}"
ASKS = """
steps:
  begin: {fact: age, go: part}
  part: {run: part, go: {good: begin, bad: done}}
"""


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (COUNTER, []),
        (SWITCH, ["endless one: country IE"]),
        (NOTED, ["endless begin: country US"]),
        (GIVEN, ["set-ignored note.set.country: country", "endless begin: country IE"]),
        (ASKS, []),
    ],
)
def test_what_a_loop_sets_is_followed(steps: str, found: list[str]) -> None:
    assert sorted(told(prove(example(f"start: begin{steps}")))) == sorted(found)


def test_a_loop_may_lead_through_a_sub_procedure_that_asks_nothing() -> None:
    asks = told(prove(example(f"start: begin{PART_OF_IT}")))
    assert asks == []  # its question asks again each time
    decides = PART_OF_IT.replace("run: part", "run: silent")
    silent = PART.replace("{fact: country, answers: {DE: good}, go: bad}", DECIDES)
    found = told(prove(example(f"start: begin{decides}", {"sops/silent.yaml": silent})))
    assert found == ["endless begin: country DE"]
