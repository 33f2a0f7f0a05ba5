"""What is known, by whom, and who may change it."""

from tests.walk.sops import SUB, sop
from tests.walking import AT, Record, begin, go, procedure, steps, told


def test_a_ticket_value_that_a_later_answer_rules_out_is_asked_for() -> None:
    of = procedure(
        "start: one\n"
        "facts:\n"
        "  paid: {type: integer, ask: How much was paid?}\n"
        "  used: {type: integer, max: paid, ask: How much was used?}\n"
        "steps:\n"
        "  one: {fact: used, go: two}\n"
        '  two: {fact: paid, go: [{if: {used: "> 3"}, to: done}, {else: done}]}\n'
        "  done: {end: resolved, macro: done, label: done}\n"
    )
    walk = begin(of, {"facts": {"used": 10}})
    assert told(walk) == "ask two paid"
    assert told(go(walk, 10)) == "ended done"

    walk = go(walk, 9)
    assert told(walk) == "ask two used"
    assert walk.answer(10, at=AT).refused == "`10` does not fit `used`: it must be at most 9"
    assert steps(go(walk, 8)) == ["one=10 ticket", "two=9", "two?used=8", "done"]


def test_a_limit_that_cannot_be_worked_out_refuses_nothing_the_ticket_gave() -> None:
    of = procedure(
        "start: one\n"
        "facts:\n"
        "  share: {type: integer, ask: Which share?}\n"
        "  used: {type: decimal, max: 100 / share, ask: How much?}\n"
        "steps:\n"
        "  one: {fact: share, go: two}\n"
        '  two: {decide: [{if: {used: "> 3"}, to: done}, {else: done}]}\n'
        "  done: {end: resolved, macro: done, label: done}\n"
    )
    assert told(go(begin(of, {"facts": {"used": 10}}), 0)) == "ended done"


def test_a_limit_asks_for_its_operand_first() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: used, go: done}")
    walk = begin(of)
    assert told(walk) == "ask a amount"
    walk = go(walk, "10")
    assert (told(walk), walk.asked) == ("ask a used", False)
    assert walk.answer("11", at=AT).refused == "`11` does not fit `used`: it must be at most 10"
    assert steps(go(walk, "10.0")) == ["a?amount=10", "a=10.0", "done"]


def test_set_gives_a_fact_on_entering_and_on_choosing() -> None:
    of = sop(
        "start: a\nsteps:\n  a:\n    ask: A?\n    set: {country: US}\n    answers:\n      yes: {set: {age: 5}, go: [{if: {age: < 13, country: US}, to: done}, {else: other}]}\n      no: other"
    )
    record = Record(of)
    assert record.events[1].data == {"step": "a", "visit": 1, "set": {"country": "US"}}
    record.answer("yes")
    assert told(record.walk) == "ended done"
    assert record.events[2].data == {
        "step": "a",
        "answer": "yes",
        "by": "agent",
        "fact": "a",
        "set": {"age": 5},
    }


def test_set_never_changes_what_the_agent_or_the_ticket_gave() -> None:
    of = sop(
        "start: a\nsteps:\n  a: {fact: age, go: b}\n  b: {do: Note it., set: {age: 5, country: DE}, go: done}"
    )
    record = Record(of, {"country": "US"})
    record.answer(40)
    assert record.walk.facts["age"] == 40
    assert record.walk.facts["country"] == "US"
    assert record.events[-1].data == {"step": "b", "visit": 1, "skipped": ["age", "country"]}


def test_set_may_change_what_a_rule_set_and_skips_what_its_limits_refuse() -> None:
    of = sop(
        "start: a\nsteps:\n  a: {do: A, set: {age: 5}, go: b}\n  b: {do: B, set: {age: 6}, go: c}\n  c: {do: C, set: {paid_on: 2027-01-01, age: 6}, go: done}"
    )
    record = Record(of)
    record.answer("done")
    assert record.walk.facts["age"] == 6
    record.answer("done")
    assert record.events[-1].data == {"step": "c", "visit": 1, "skipped": ["paid_on"]}


def test_a_sub_procedure_starts_afresh_each_time() -> None:
    of = sop(
        "start: a\nsteps:\n  a: {run: part, go: {verified: done, not_verified: again}}\n  again: {do: Try again., go: a}",
        **SUB,
    )
    walk = go(begin(of), "good", "DE", 1, "done")
    assert told(walk) == "ask part.which which"
    walk = go(walk, "good")
    assert told(walk) == "ask part.deeper country"
    assert told(go(walk, "DE")) == "ask part.deeper note"
    assert told(go(walk, "DE", 9)) == "ended done"


def test_the_ticket_fills_the_own_facts_of_a_sub_procedure_at_each_run() -> None:
    part = SUB["sops/part.yaml"].replace(
        "note: {type: integer,", "note: {type: integer, from: ticket.note,"
    )
    of = sop(
        "start: a\nsteps:\n  a: {run: part, go: {verified: done, not_verified: other}}",
        **{"sops/part.yaml": part},
    )
    record = Record(of, {"note": 7})
    assert record.events[0].data["facts"] == {"part:note": 7}
    record.answer("good")
    record.answer("DE")
    assert told(record.walk) == "ended done"
