"""Which of the answers given beforehand is taken for a question."""

from sopguide.walk.case_answers import answers_from
from sopguide.walk.resolve import resolve
from sopguide.walk.ticket import read_facts
from tests.walk.cases import FILES, OF, short
from tests.walking import NOW, begin, go, procedure


def test_an_answer_by_name_is_taken_once_and_need_not_be_taken() -> None:
    walk, source = begin(OF), answers_from({"a": "yes", "other": 1})
    assert source.take(walk) == ("yes",)
    assert source.take(walk) is None
    assert source.left_over() == 0


def test_a_fact_that_a_rule_asks_for_is_answered_by_its_name_alone() -> None:
    walk = go(begin(OF), "yes")
    assert answers_from({"b": 20}).take(walk) is None
    assert answers_from({"age": 20}).take(walk) == (20,)


def test_answers_in_order_are_taken_whatever_is_asked_and_none_may_be_left() -> None:
    walk, source = begin(OF), answers_from(["yes", None])
    assert (source.take(walk), source.left_over()) == (("yes",), 1)
    assert (source.take(walk), source.left_over()) == ((None,), 0)
    assert source.take(walk) is None


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
