"""Which answers are taken, and why the others are not."""

from tests.walk.sops import sop
from tests.walking import AT, begin, go, steps, told


def test_an_answer_that_does_not_fit_changes_nothing_and_says_why() -> None:
    walk = begin(sop("start: a\nsteps:\n  a: {fact: age, go: done}"))
    for choice, why in [
        ("old", "`old` does not fit `age`: it takes a whole number, for example 17"),
        ("130", "`130` does not fit `age`: it must be at most 120 years"),
        (None, "`age` may not be left open"),
    ]:
        turn = walk.answer(choice, at=AT)
        assert (turn.walk, turn.events, turn.refused) == (walk, (), why)
    assert told(go(walk, "17")) == "ended done"


def test_a_walk_that_has_ended_takes_no_answer() -> None:
    walk = go(
        begin(sop("start: a\nsteps:\n  a: {ask: A?, answers: {yes: done, no: other}}")), "yes"
    )
    assert walk.answer("yes", at=AT).refused == "the walk has ended"


def test_several_values_are_taken_together() -> None:
    of = sop(
        'start: a\nsteps:\n  a:\n    fact: proofs\n    go:\n      - if: {proofs: "has all [receipt, device]"}\n        to: done\n      - else: other'
    )
    assert told(go(begin(of), ["device", "receipt"])) == "ended done"
    assert told(go(begin(of), ["none_of_them"])) == "ended other"
    assert begin(of).answer([], at=AT).refused is not None
    assert begin(of).answer(["none_of_them", "device"], at=AT).refused is not None


def test_an_instruction_is_done_before_the_walk_goes_on() -> None:
    of = sop("start: a\nsteps:\n  a: {do: End all sessions., check: [Ended, Changed], go: done}")
    walk = begin(of)
    assert told(walk) == "do a"
    assert (
        walk.answer("later", at=AT).refused
        == "this step is something to do: answer `done` when it is"
    )
    assert steps(go(walk, "done")) == ["a=done", "done"]


def test_a_wait_goes_on_with_a_reply_or_when_time_is_out() -> None:
    of = sop(
        "start: a\nsteps:\n  a:\n    wait: customer reply\n    for: 7d\n    go: {reply: done, timeout: other}"
    )
    walk = begin(of)
    assert told(walk) == "wait a"
    assert walk.answer("maybe", at=AT).refused == "this step waits: answer `reply` or `timeout`"
    assert told(go(walk, "reply")) == "ended done"
    assert told(go(walk, "timeout")) == "ended other"
