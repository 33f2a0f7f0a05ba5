"""A step, linked: where its answers, its rules and its set lead."""

from tests.walk.cases import OF
from tests.walking import procedure


def test_a_question_leads_by_its_answers() -> None:
    step = OF.root.step("a")
    assert {name: answer.go for name, answer in step.answers.items()} == {
        "yes": "b", "no": "s", "maybe": "d", "run": "p",
    }  # fmt: skip


def test_a_rule_has_its_test_and_the_last_one_none() -> None:
    rules = OF.root.step("b").go
    assert isinstance(rules, tuple)
    young, otherwise = rules
    assert (young.to, otherwise.to, otherwise.test) == ("young", "done", None)
    assert young.test is not None
    assert young.test({"age": 5, "amount": 6}) is True
    assert young.test({"age": 20}) is False


def test_a_wait_leads_elsewhere_for_a_reply_than_for_a_timeout() -> None:
    step = OF.root.step("w")
    assert (step.way("reply"), step.way("timeout")) == ("a", "done")


def test_what_names_no_way_of_its_own_takes_the_way_of_the_step() -> None:
    assert OF.root.step("d").way("done") == "w"


def test_a_step_of_a_part_is_named_with_it() -> None:
    step = OF.part("part").step("which")
    assert (step.id, step.ref, step.key) == ("which", "part.which", "part:which")


def test_a_set_names_the_fact_its_key_and_the_value() -> None:
    of = procedure(
        "start: a\n"
        "facts:\n"
        "  n: {type: integer, ask: N?}\n"
        "steps:\n"
        "  a: {do: A, set: {n: 5}, go: done}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    )
    [(fact, key, value)] = of.root.step("a").sets
    assert (fact.name, key, value) == ("n", "n", 5)
