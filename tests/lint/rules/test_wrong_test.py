from __future__ import annotations

import pytest

from tests.building import found

FACTS = (
    "facts:\n"
    "  colour: {type: choice, values: [red, green], ask: Which?}\n"
    "  note: {type: text, ask: What else?}\n"
    "  proofs: {type: choices, values: [receipt, device], ask: Which?}\n"
)
END = "  done: {end: resolved, macro: done, label: done}\n"


@pytest.mark.parametrize(
    ("test", "place", "headline"),
    [
        ("note: hello", 30, "of `note`, a text, only `known` and `unknown` can be tested"),
        ("colour: < red", 32, "`colour` is a choice and has no order"),
        (
            "colour: has red",
            32,
            "`has` and `only` test facts of type `choices`; `colour` is a choice",
        ),
        ("proofs: receipt", 32, "`proofs` holds several values at once"),
        ("{}", 23, "a condition is a mapping of fact to test"),
        ("any: []", 29, "`any` takes a list of conditions"),
    ],
)
def test_points_at_the_test_that_cannot_hold(test: str, place: int, headline: str) -> None:
    condition = test if test == "{}" else f"{{{test}}}"
    sop = f"start: one\n{FACTS}steps:\n  one: {{decide: [{{if: {condition}, to: done}}, {{else: done}}]}}\n"

    assert found(sop + END) == [f"sops/example.yaml:7:{place}: error[SOP210] {headline}"]


def test_the_same_mistake_is_reported_wherever_it_is_made() -> None:
    rule = "[{if: {note: hello}, to: done}, {else: done}]"
    sop = f"start: one\n{FACTS}steps:\n  one: {{do: One, go: {rule}}}\n  two: {{decide: {rule}}}\n"

    assert sum("SOP210" in line for line in found(sop + END)) == 2
