"""What happens by itself from one answer to the next question."""

from sopguide.walk.back import go_back
from tests.walk.sops import SUB, sop
from tests.walking import AT, begin, go, procedure, steps, told


def test_a_question_whose_fact_the_ticket_gives_is_answered_by_itself() -> None:
    of = sop(
        "start: a\nsteps:\n  a: {fact: country, go: b}\n  b: {ask: B?, answers: {yes: done, no: other}}"
    )
    walk = begin(of, {"country": "DE"})
    assert steps(walk) == ["a=DE ticket", "b"]


def test_a_question_answered_elsewhere_is_answered_by_itself() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: age, go: b}\n  b: {fact: age, ask: Again?, go: done}")
    assert steps(go(begin(of), 17)) == ["a=17", "b=17 rule", "done"]


def test_confirm_asks_although_the_fact_is_known() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: country, confirm: true, go: done}")
    walk = begin(of, {"country": "DE"})
    assert told(walk) == "ask a country"
    assert steps(go(walk, "US")) == ["a=US", "done"]


def test_a_question_reached_again_asks_again() -> None:
    of = sop(
        "start: a\nsteps:\n  a: {fact: age, go: [{if: {age: < 13}, to: b}, {else: done}]}\n  b: {do: Look again., go: a}"
    )
    walk = go(begin(of, {"facts": {"age": 3}}), "done")
    assert told(walk) == "ask a age"
    assert steps(go(walk, 4, "done", 20)) == [
        "a=3 ticket",
        "b=done",
        "a=4",
        "b=done",
        "a=20",
        "done",
    ]


def test_a_rule_asks_only_for_what_it_needs() -> None:
    of = sop(
        'start: a\nsteps:\n  a:\n    decide:\n      - if: {country: in eea, age: < 13}\n        to: done\n      - if: {age: ">= 18", amount: "> 5"}\n        to: other\n      - else: other'
    )
    walk = begin(of)
    assert told(walk) == "ask a country"
    assert walk.asked
    assert told(go(walk, "DE")) == "ask a age"
    assert told(go(walk, "DE", 12)) == "ended done"
    assert told(go(walk, "US")) == "ask a age"
    assert told(go(walk, "US", 20)) == "ask a amount"
    assert steps(go(walk, "US", 17)) == ["a", "a?country=US", "a?age=17", "other"]


def test_the_rules_of_an_answer_ask_while_the_walk_stands_at_its_step() -> None:
    of = sop(
        "start: a\nsteps:\n  a:\n    ask: A?\n    answers:\n      yes: {go: [{if: {age: < 13}, to: done}, {else: other}]}\n      no: other"
    )
    walk = go(begin(of), "yes")
    assert (told(walk), walk.asked) == ("ask a age", True)
    assert steps(go(walk, 5)) == ["a=yes", "a?age=5", "done"]


def test_a_computed_fact_asks_for_what_it_is_computed_from() -> None:
    of = sop(
        'start: a\nsteps:\n  a:\n    decide:\n      - if: {left: "> 0"}\n        to: done\n      - else: other'
    )
    walk = begin(of)
    assert told(walk) == "ask a amount"
    assert told(go(walk, 10)) == "ask a used"
    assert told(go(walk, 10, 10)) == "ended other"


def test_a_question_about_a_computed_fact_answers_itself() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: left, go: done}")
    assert steps(go(begin(of), 10, 4)) == ["a?amount=10", "a?used=4", "a=6 rule", "done"]


def test_a_table_asks_for_what_its_rows_need() -> None:
    of = sop(
        "start: a\nsteps:\n  a:\n    decide:\n      - if: {age: < minimum_age}\n        to: done\n      - else: other"
    )
    walk = go(begin(of), 15)
    assert told(walk) == "ask a country"
    assert told(go(walk, "DE")) == "ended other"
    assert told(go(walk, "IE", "2026-02-01")) == "ended done"


def test_what_is_not_known_fails_every_test_but_unknown() -> None:
    of = sop(
        "start: a\nsteps:\n  a:\n    fact: seen\n    answers: {yes: done, no: done}\n    go:\n      - if: {seen: not yes}\n        to: done\n      - if: {seen: unknown}\n        to: other\n      - else: done"
    )
    assert steps(go(begin(of), None)) == ["a=None", "other"]
    assert steps(begin(of, {"facts": {"seen": None}})) == ["a=None ticket", "other"]


def test_known_and_unknown_never_ask() -> None:
    of = sop(
        "start: a\nsteps:\n  a:\n    decide:\n      - if: {phone: known}\n        to: done\n      - if: {left: known}\n        to: done\n      - else: other"
    )
    assert told(begin(of)) == "ended other"
    assert told(begin(of, {"facts": {"phone": "123"}})) == "ended done"


def test_a_question_whose_own_fact_is_set_on_entering_answers_itself() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: age, set: {age: 7}, go: done}")
    assert steps(begin(of)) == ["a=7 rule", "done"]


def test_values_that_no_answer_names_take_the_way_of_the_step() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: country, answers: {US: done}, go: other}")
    assert told(go(begin(of), "US")) == "ended done"
    assert told(go(begin(of), "DE")) == "ended other"


def test_a_sub_procedure_is_walked_in_its_place() -> None:
    of = sop("start: a\nsteps:\n  a: {run: part, go: {verified: done, not_verified: other}}", **SUB)
    walk = go(begin(of), "good", "DE", 5)
    assert steps(walk) == [
        "a", "part.which=good", "part.deeper=DE", "part.deeper?note=5", "part.fine", "done",
    ]  # fmt: skip


def test_the_rules_after_a_return_ask_at_the_step_that_ran_it() -> None:
    of = sop(
        "start: a\nsteps:\n  a:\n    run: part\n    go:\n      verified: [{if: {age: < 13}, to: other}, {else: done}]\n      not_verified: other",
        **SUB,
    )
    walk = go(begin(of), "good", "DE", 5)
    assert (told(walk), walk.asked) == ("ask a age", True)
    assert told(go(walk, 20)) == "ended done"


def test_no_rule_that_holds_leaves_the_walk_stuck_with_the_reason() -> None:
    of = sop(
        'start: a\nsteps:\n  a: {fact: age, go: [{if: {age: < 13}, to: done}, {if: {age: "> 20"}, to: other}]}'
    )
    walk = go(begin(of), 15)
    assert (told(walk), walk.reason) == ("stuck a", "at step `a`: no rule holds for these facts")
    assert walk.answer("x", at=AT).refused == "the walk is stuck"
    assert told(go_back(walk, at=AT).walk) == "ask a age"


def test_dividing_by_zero_leaves_the_walk_stuck_with_the_reason() -> None:
    of = procedure(
        'start: a\nfacts:\n  n: {type: decimal, ask: N?}\n  m: {type: decimal, is: 1 / n}\nsteps:\n  a: {decide: [{if: {m: "> 1"}, to: done}, {else: done}]}\n  done: {end: resolved, macro: done, label: done}'
    )
    walk = go(begin(of), 0)
    assert (told(walk), walk.reason) == ("stuck a", "at step `a`: it would divide by zero")


def test_rules_that_go_round_by_themselves_leave_the_walk_stuck() -> None:
    of = sop(
        "start: a\nsteps:\n  a: {decide: [{if: {country: US}, to: done}, {else: b}]}\n  b: {decide: [{if: {country: IE}, to: other}, {else: a}]}"
    )
    walk = go(begin(of), "DE")
    assert (told(walk), walk.reason) == ("stuck b", "at step `b`: these rules go round without end")


def test_rules_that_set_facts_in_turn_are_stopped_too() -> None:
    of = sop(
        "start: a\nsteps:\n  a: {decide: [{if: {country: IE}, to: done}, {else: b}], set: {country: US}}\n  b: {decide: [{if: {country: IE}, to: other}, {else: a}], set: {country: DE}}"
    )
    assert told(begin(of)) == "stuck a"
