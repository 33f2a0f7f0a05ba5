"""A walk: what it asks, and where it ends."""

from sopguide.walk.outcome import Escalation, Outcome
from tests.walk.sops import sop
from tests.walking import begin, go, steps, told


def test_one_answer_leads_to_the_next_question() -> None:
    walk = begin(
        sop(
            "start: a\nsteps:\n  a: {ask: A?, answers: {yes: b, no: other}}\n  b: {ask: B?, answers: {yes: done, no: other}}"
        )
    )
    assert told(walk) == "ask a a"
    assert told(go(walk, "yes")) == "ask b b"
    assert go(walk, "yes", "yes").outcome == Outcome("resolved", "done", "done", None)
    assert steps(go(walk, "yes", "no")) == ["a=yes", "b=no", "other"]


def test_a_hand_off_says_to_whom_and_by_when() -> None:
    of = sop(
        "start: e\nsteps:\n  e: {end: escalated, macro: none, label: none_sent, escalate: {to: legal, within: 4h}}\n  x: {do: X, go: done}\n  y: {do: Y, go: other}"
    )
    assert begin(of).outcome == Outcome("escalated", "none", "none_sent", Escalation("legal", "4h"))


def test_a_walk_is_a_value_that_an_answer_leaves_as_it_was() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: age, go: b}\n  b: {fact: country, go: done}")
    walk = begin(of)
    after = go(walk, 17)
    assert told(walk) == "ask a age"
    assert "age" not in walk.facts
    assert [told(each) for each in after.earlier()] == ["ask b country", "ask a age"]


def test_a_walk_is_open_until_it_has_ended_or_is_stuck() -> None:
    of = sop(
        "start: a\nsteps:\n  a: {fact: age, go: [{if: {age: < 13}, to: b}]}\n  b: {do: B, go: done}"
    )
    walk = begin(of)
    assert [each.is_open for each in (walk, go(walk, 5), go(walk, 5, "done"), go(walk, 20))] == [
        True, True, False, False,
    ]  # fmt: skip
