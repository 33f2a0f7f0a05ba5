"""Deciding a case without a person."""

from decimal import Decimal
from typing import Any

import pytest

from sopguide.facts.fact import fact_from_json
from sopguide.walk.resolve import Resolution, resolve
from sopguide.walk.ticket import read_facts
from tests.walking import NOW, procedure

LIBRARY = """
name: Test
locales: [en]
facts:
  country: {type: choice, values: [DE, US], ask: "Which country?"}
  age: {type: integer, min: 0, ask: "How old?"}
  amount: {type: decimal, ask: "How much?"}
  double: {type: decimal, is: amount * 2}
  story: {type: text, ask: "What happened?"}
  unused: {type: date, ask: "When?"}
"""
PART = """
title: Part
version: 1.0.0
status: live
owner: tests
about: A part.
start: which
facts:
  note: {type: integer, ask: "A number?"}
steps:
  which: {ask: "Which?", answers: {good: more, bad: no_way}}
  more: {decide: [{if: {note: "> 3"}, to: fine}, {else: no_way}]}
  fine: {return: verified}
  no_way: {return: not_verified}
"""
TEXT = """
start: a
steps:
  a: {ask: A?, answers: {yes: b, no: s, maybe: d, run: p}}
  b: {decide: [{if: {age: < 13, double: "> 10"}, to: young}, {else: done}]}
  s: {fact: story, go: a}
  d: {do: Look., go: w}
  w: {wait: reply, for: 2d, go: {reply: a, timeout: done}}
  p: {run: part, go: {verified: done, not_verified: a}}
  young: {end: escalated, macro: none, label: none_sent, escalate: {to: child-safety, within: 4h}}
  done: {end: resolved, macro: done, label: done}
"""
LABELS = "done: {title: Done, macros: [done]}\nnone_sent: {title: None sent}\n"
FILES = {"library.yaml": LIBRARY, "sops/part.yaml": PART, "labels.yaml": LABELS}
OF = procedure(TEXT, **FILES)


def case(facts: Any = None, answers: Any = None) -> Resolution:
    spec = {"type": "date", "ask": "When?"}
    given = read_facts(facts or {}, OF, {"unused": fact_from_json("unused", spec)})
    return resolve(OF, given, answers, now=NOW, strict=True)


def short(found: Resolution) -> tuple[str, str | None, str | None]:
    return found.status, found.step, found.fact


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


@pytest.mark.parametrize(
    ("facts", "answers", "where"),
    [
        ({}, None, ("needs", "a", "a")),
        ({}, {"a": "yes"}, ("needs", "b", "age")),
        ({"age": 20}, {"a": "yes"}, ("ended", "done", None)),
        ({}, {"a": "yes", "age": 12}, ("needs", "b", "amount")),
        ({}, {"a": "maybe"}, ("waiting", "w", None)),
        ({}, {"a": "maybe", "w": "timeout"}, ("ended", "done", None)),
        ({}, {"a": "maybe", "w": "reply"}, ("needs", "a", "a")),
        ({}, ["maybe", "reply", "maybe", "timeout"], ("ended", "done", None)),
        ({}, {"a": "maybe", "w": "never"}, ("invalid", "w", None)),
        ({}, {"a": "perhaps"}, ("invalid", "a", "a")),
        ({}, {"a": "yes", "age": -1}, ("invalid", "b", "age")),
        ({}, {"a": "run", "part.which": "good"}, ("needs", "part.more", "note")),
        ({}, {"a": "run", "part.which": "good", "note": 4}, ("ended", "done", None)),
        ({}, {"a": "run", "part.which": "good", "part.note": 4}, ("ended", "done", None)),
        ({}, {"a": "run", "part.which": "bad"}, ("needs", "a", "a")),
        ({"a": "yes", "age": 20}, None, ("ended", "done", None)),
        ({"unused": "2026-01-01", "age": 20}, ["yes"], ("ended", "done", None)),
        ({}, {"a": "no", "story": "long"}, ("needs", "a", "a")),
        ({}, {"a": "no", "s": "long"}, ("needs", "a", "a")),
        ({}, {"a": "yes", "age": 20, "amount": 3, "nothing": 1}, ("ended", "done", None)),
    ],
)
def test_walks_as_far_as_the_answers_carry(facts: Any, answers: Any, where: Any) -> None:
    assert short(case(facts, answers)) == where


@pytest.mark.parametrize(
    ("facts", "answers", "reason"),
    [
        ({"age": "old"}, None, "`old` does not fit `age`: it takes a whole number, for example 17"),
        ({"agee": 3}, None, "unknown fact `agee`"),
        ({"double": 3}, None, "`double` is worked out, so it cannot be given"),
        ({"today": "2026-01-01"}, None, "`today` is worked out, so it cannot be given"),
        ({"age": None}, None, "`age` may not be left open"),
        ({"unused": "soon"}, None, "`soon` does not fit `unused`: it takes a date, for example 2026-05-19"),
        ({"agee": 3, "age": "x"}, None, "unknown fact `agee`; `x` does not fit `age`: it takes a whole number, for example 17"),
        ({}, {"a": "perhaps"}, "`perhaps` does not fit `a`: it takes one of yes, no, maybe, run"),
        ({"age": 20}, ["yes", "yes"], "1 answer was left over when the walk had ended"),
        ({"age": 20}, ["yes", "yes", 1], "2 answers were left over when the walk had ended"),
    ],
)  # fmt: skip
def test_says_what_is_invalid_and_why(facts: Any, answers: Any, reason: str) -> None:
    found = case(facts, answers)
    assert (found.status, found.reason) == ("invalid", reason)
    assert found.outcome is None


def test_facts_outside_their_limits_are_invalid_too() -> None:
    found = case({"age": -1}, {"a": "yes"})
    assert (found.status, found.fact) == ("invalid", "age")
    assert found.reason == "`-1` does not fit `age`: it must be at least 0"
    assert case({"age": 5}, {"a": "yes", "amount": 6}).status == "ended"


def test_texts_are_told_only_as_given() -> None:
    found = case({}, {"a": "no", "s": "my address is"}).to_json()
    assert found["facts"]["story"] == {"given": True}
    assert found["path"][1]["answer"] == {"given": True}


def test_a_loop_of_instructions_is_stuck() -> None:
    of = procedure(
        "start: a\nsteps:\n  a: {do: A, go: b}\n  b: {decide: [{if: {b_known: known}, to: done}, {else: a}]}\n  done: {end: resolved, macro: done, label: done}\nfacts:\n  b_known: {type: integer, ask: N?}"
    )
    found = resolve(of, read_facts({}, of, {}), now=NOW)
    assert (found.status, found.step) == ("stuck", "a")
    assert found.reason == "at step `a`: these steps go round without end"


def test_a_case_that_is_stuck_says_why() -> None:
    of = procedure(
        'start: a\nsteps:\n  a: {ask: A?, type: integer, go: [{if: {a: "> 3"}, to: done}]}\n  done: {end: resolved, macro: done, label: done}'
    )
    found = resolve(of, read_facts({}, of, {}), [2], now=NOW)
    assert short(found) == ("stuck", "a", None)
    assert found.reason == "at step `a`: no rule holds for these facts"


def test_a_ticket_that_is_not_strict_is_asked_for_what_does_not_fit() -> None:
    given = read_facts({"a": "perhaps"}, OF, {})
    assert short(resolve(OF, given, now=NOW)) == ("needs", "a", "a")


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


def test_a_part_takes_no_answer_that_is_meant_for_the_sop_itself() -> None:
    of = procedure(
        "start: once\n"
        "steps:\n"
        "  once: {run: part, go: {verified: twice, not_verified: done}}\n"
        "  twice: {run: part, go: {verified: which, not_verified: done}}\n"
        "  which: {ask: Which?, answers: {good: done, bad: done}}\n"
        "  done: {end: resolved, macro: done, label: done}\n",
        **FILES,
    )
    answers = {"part.which": "good", "which": "bad", "note": 4}

    found = resolve(of, read_facts({}, of, {}), answers, now=NOW)
    assert short(found) == ("needs", "part.which", "which")
    assert [row["step"] for row in found.path][-2:] == ["twice", "part.which"]
