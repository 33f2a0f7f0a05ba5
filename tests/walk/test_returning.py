"""What going back would keep is known before it is done."""

from functools import partial

from sopguide.walk.back import go_back
from sopguide.walk.returning import Kept, Return, kept, returns
from sopguide.walk.rows import say_answer
from tests.walk.sops import sop
from tests.walking import AT, begin, go

SOP = (
    "start: a\nsteps:\n"
    "  a: {ask: A?, answers: {yes: {say: Surely, go: b}, no: {say: By no means, go: c}}}\n"
    "  b: {ask: B?, answers: {yes: c, no: other}}\n"
    "  c: {fact: country, go: age}\n"
    "  age: {fact: age, go: d}\n"
    "  d: {ask: D?, answers: {yes: done, no: other}}\n"
)


def test_each_answer_is_told_with_the_later_ones_that_it_keeps() -> None:
    walk = go(begin(sop(SOP)), "yes", "yes", "DE", "24")
    assert returns(walk, 0, partial(say_answer, walk)) == (
        Return("Surely", True, ("b", "c", "age"), ()),
        Return("By no means", False, ("c", "age"), ("b",)),
    )


def test_answers_that_cannot_be_listed_are_told_for_the_one_that_stands() -> None:
    walk = go(begin(sop(SOP)), "yes", "yes", "DE", "24")
    assert returns(walk, 3, partial(say_answer, walk)) == (Return("24 years", True, (), ()),)


def test_where_nobody_can_return_nothing_is_told() -> None:
    walk = go(begin(sop(SOP)), "yes")
    assert returns(walk, 9, partial(say_answer, walk)) == ()
    assert returns(walk, -1, partial(say_answer, walk)) == ()


def test_answers_that_wait_for_their_question_are_told() -> None:
    walk = go_back(go(begin(sop(SOP)), "yes", "yes", "DE", "24"), at=AT, to=1).walk
    assert kept(walk, partial(say_answer, walk)) == (
        Kept("c", "c", "DE"),
        Kept("age", "age", "24 years"),
    )
    assert kept(go(walk, "yes"), partial(say_answer, walk)) == ()


def test_looking_ahead_changes_nothing() -> None:
    walk = go(begin(sop(SOP)), "yes", "yes", "DE")
    returns(walk, 0, partial(say_answer, walk))
    assert kept(walk, partial(say_answer, walk)) == ()
    assert len(walk.path) == 4
