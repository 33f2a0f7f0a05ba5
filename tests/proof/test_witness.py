from __future__ import annotations

from sopguide.proof.findings import prove
from tests.proof.test_findings import example


def test_a_witness_holds_only_what_is_needed() -> None:
    text = "start: a\nsteps:\n  a: {ask: Q?, answers: {yes: c, no: {go: b, set: {age: 0}}}}\n  b: {decide: [{if: {seen: unknown}, to: c}]}\n  c: {decide: [{if: {age: < 5}, to: done}, {else: other}]}"
    [found] = prove(example(text))
    assert found.words == "seen yes; a no"
    assert found.witness is not None
    assert found.witness["facts"] == {"seen": "yes", "a": "no"}
