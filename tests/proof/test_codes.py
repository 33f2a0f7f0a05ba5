"""What is said of a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.proof import findings
from sopguide.proof.codes import tell
from sopguide.proof.findings import Finding, prove
from tests.proof.test_findings import example

if TYPE_CHECKING:
    import pytest


def test_a_gap_without_a_ticket_is_said_not_to_be_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "find_witness", lambda *_: None)
    text = "start: a\nsteps:\n  a: {decide: [{if: {age: < 13}, to: done}]}\n"
    [found] = prove(example(text))
    assert tell(found) == (
        "not proved: whether a rule holds for all that comes to `a`",
        "because no ticket was found that shows it; test it with scenarios",
    )


def test_comparisons_out_of_reach_are_told_with_their_facts() -> None:
    text = 'start: a\nfacts:\n  price: {type: decimal, is: amount * used}\nsteps:\n  a: {decide: [{if: {amount: "> 5", price: "> 3"}, to: done}, {else: other}]}'
    [found] = prove(example(text))
    assert isinstance(found, Finding)
    assert tell(found)[0] == "not proved: what `amount and used` rule out here"
