"""Deciding a case without a person."""

from typing import Any

import pytest

from sopguide.walk.resolve import resolve
from sopguide.walk.ticket import read_facts
from tests.walk.cases import OF, case, short
from tests.walking import NOW, procedure


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
