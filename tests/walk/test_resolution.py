"""How a case is told, wherever it ended."""

from decimal import Decimal

from sopguide.walk.resolve import resolve
from sopguide.walk.ticket import read_facts
from tests.walk.cases import case
from tests.walking import NOW, procedure


def test_tells_everything_about_a_case_that_ended() -> None:
    assert case({"age": 5}, {"a": "yes", "amount": Decimal("12.50")}).to_json() == {
        "status": "ended",
        "step": "young",
        "fact": None,
        "reason": None,
        "path": [
            {"step": "a", "kind": "ask", "answer": "yes", "by": "agent"},
            {"step": "b", "kind": "decide", "by": "rule", "asked": {"amount": Decimal("12.50")}},
            {"step": "young", "kind": "end", "by": "rule"},
        ],
        "facts": {"age": 5, "a": "yes", "amount": Decimal("12.50")},
        "outcome": {
            "end": "escalated",
            "macro": "none",
            "label": "none_sent",
            "escalate": {"to": "child-safety", "within": "4h"},
        },
    }


def test_texts_are_told_only_as_given() -> None:
    found = case({}, {"a": "no", "s": "my address is"}).to_json()
    assert found["facts"]["story"] == {"given": True}
    assert found["path"][1]["answer"] == {"given": True}


def test_a_fraction_without_end_is_told_with_twenty_places() -> None:
    of = procedure(
        "start: a\nfacts:\n  n: {type: decimal, ask: N?}\n  third: {type: decimal, is: n / 3}\nsteps:\n  a: {fact: third, go: done}\n  done: {end: resolved, macro: done, label: done}"
    )
    found = resolve(of, read_facts({"n": 1}, of, {}), now=NOW).to_json()
    assert found["path"][0]["answer"] == Decimal("0.33333333333333333333")


def test_an_optional_fact_may_be_answered_not_known() -> None:
    of = procedure(
        "start: a\nsteps:\n  a: {ask: A?, type: integer, optional: true, go: [{if: {a: unknown}, to: done}, {else: other}]}\n  done: {end: resolved, macro: done, label: done}\n  other: {end: rejected, macro: done, label: done}"
    )
    found = resolve(of, read_facts({}, of, {}), {"a": None}, now=NOW).to_json()
    assert found["path"][0] == {"step": "a", "kind": "ask", "answer": None, "by": "agent"}
    assert found["facts"] == {"a": None}
    assert found["step"] == "done"
