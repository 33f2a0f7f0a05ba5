"""Loops that facts make impossible to walk are not reported as loops without a way out."""

from __future__ import annotations

from tests.building import found

LIBRARY = """
name: Test
locales: [en]
facts:
  age: {type: integer, min: 0, max: 120, ask: "Old?"}
"""
LOOP = """
start: a
steps:
  a: {decide: [{if: {age: < 13}, to: b}, {else: done}]}
  b: {decide: [{if: {age: ">= 18"}, to: c}, {else: done}]}
  c: {do: Look., go: d}
  d: {do: Look again., go: c}
  done: {end: resolved, macro: done, label: done}
"""


def loops(text: str) -> list[str]:
    told = found({"sops/example.yaml": text, "library.yaml": LIBRARY})
    return [each for each in told if "SOP303" in each]


def test_a_loop_that_no_facts_lead_into_is_not_reported() -> None:
    assert loops(LOOP) == []


def test_a_loop_that_some_facts_lead_into_is() -> None:
    assert loops(LOOP.replace(">= 18", ">= 12")) == [
        "sops/example.yaml:6:3: error[SOP303] no walk can leave the loop `c` → `d` → `c`"
    ]


def test_where_the_sop_has_other_mistakes_the_loop_is_reported() -> None:
    assert len(loops(LOOP.replace("< 13", "< minimum"))) == 1
