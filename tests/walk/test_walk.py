"""What a walk asks, answers by itself, and where it ends."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sopguide.walk.back import go_back
from sopguide.walk.events import OUTCOME_RECOMMENDED, STEP_ANSWERED, STEP_SHOWN, WALK_STARTED
from sopguide.walk.outcome import Escalation, Outcome
from tests.walking import AT, NOW, Record, begin, go, procedure, steps, told

FACTS = """
name: Test
locales: [en, de]
sets:
  eea: {of: country, values: [DE, IE]}
facts:
  country: {type: choice, values: [DE, IE, US], from: ticket.country, ask: "Which country?"}
  age: {type: integer, min: 0, max: 120, unit: years, ask: "How old?"}
  amount: {type: decimal, min: "> 0", ask: "How much?"}
  used: {type: decimal, min: 0, max: amount, ask: "How much is used?"}
  left: {type: decimal, is: amount - used}
  paid_on: {type: date, max: today, ask: "When paid?"}
  proofs: {type: choices, values: [receipt, device, none_of_them], exclusive: [none_of_them], ask: "Which proofs?"}
  story: {type: text, ask: "What happened?"}
  phone: {type: text, optional: true, ask: "Which phone?"}
  seen: {type: yes_no, optional: true, ask: "Was it seen?"}
  minimum_age: {type: integer, table: minimum-age}
"""
TABLE = """
hit: first
rows:
  - {if: {country: IE, paid_on: ">= 2026-01-01"}, value: 16}
  - {else: 13}
"""
ENDS = """
  done: {end: resolved, macro: done, label: done}
  other: {end: rejected, macro: none, label: none_sent}
"""
LABELS = "done: {title: Done, macros: [done]}\nnone_sent: {title: None sent}\n"


def sop(text: str, **more: str) -> Any:
    files = {"library.yaml": FACTS, "tables/minimum-age.yaml": TABLE, "labels.yaml": LABELS}
    return procedure(text + ENDS, **files, **more)


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


def test_a_ticket_value_that_does_not_fit_is_shown_and_asked_for() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: country, go: b}\n  b: {fact: age, go: done}")
    walk = begin(of, {"country": "Atlantis", "facts": {"age": "old"}})
    assert told(walk) == "ask a country"
    assert [misfit.fault.message for misfit in walk.origin.given.misfits] == [
        "`old` does not fit `age`",
        "`Atlantis` does not fit `country`",
    ]


def test_a_ticket_value_outside_the_limits_is_asked_for() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: paid_on, go: done}")
    assert told(begin(of, {"facts": {"paid_on": "2026-11-04"}})) == "ask a paid_on"
    assert told(begin(of, {"facts": {"paid_on": "2026-11-03"}})) == "ended done"


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


def test_a_question_whose_own_fact_is_set_on_entering_answers_itself() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: age, set: {age: 7}, go: done}")
    assert steps(begin(of)) == ["a=7 rule", "done"]


def test_values_that_no_answer_names_take_the_way_of_the_step() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: country, answers: {US: done}, go: other}")
    assert told(go(begin(of), "US")) == "ended done"
    assert told(go(begin(of), "DE")) == "ended other"


SUB = {
    "sops/part.yaml": """
title: Part
version: 1.0.0
status: live
owner: tests
about: A part.
start: which
facts:
  note: {type: integer, ask: "A number?"}
steps:
  which: {ask: "Which?", answers: {good: deeper, bad: no_way}}
  deeper: {fact: country, go: [{if: {note: "> 3"}, to: fine}, {else: no_way}]}
  fine: {return: verified}
  no_way: {return: not_verified}
"""
}


def test_a_sub_procedure_is_walked_in_its_place() -> None:
    of = sop("start: a\nsteps:\n  a: {run: part, go: {verified: done, not_verified: other}}", **SUB)
    walk = go(begin(of), "good", "DE", 5)
    assert steps(walk) == [
        "a", "part.which=good", "part.deeper=DE", "part.deeper?note=5", "part.fine", "done",
    ]  # fmt: skip


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


def test_the_rules_after_a_return_ask_at_the_step_that_ran_it() -> None:
    of = sop(
        "start: a\nsteps:\n  a:\n    run: part\n    go:\n      verified: [{if: {age: < 13}, to: other}, {else: done}]\n      not_verified: other",
        **SUB,
    )
    walk = go(begin(of), "good", "DE", 5)
    assert (told(walk), walk.asked) == ("ask a age", True)
    assert told(go(walk, 20)) == "ended done"


def test_a_hand_off_says_to_whom_and_by_when() -> None:
    of = sop(
        "start: e\nsteps:\n  e: {end: escalated, macro: none, label: none_sent, escalate: {to: legal, within: 4h}}\n  x: {do: X, go: done}\n  y: {do: Y, go: other}"
    )
    assert begin(of).outcome == Outcome("escalated", "none", "none_sent", Escalation("legal", "4h"))


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


def test_time_and_clock_come_from_outside() -> None:
    of = sop(
        'start: a\nsteps:\n  a: {decide: [{if: {paid_on: ">= today - 14d"}, to: done}, {else: other}]}'
    )
    ticket = {"facts": {"paid_on": "2026-10-20"}}
    assert told(begin(of, ticket)) == "ended done"
    assert told(begin(of, ticket, datetime(2026, 11, 4, tzinfo=UTC))) == "ended other"


def test_events_carry_ids_and_values_and_no_text() -> None:
    of = sop("start: a\nsteps:\n  a: {fact: story, go: b}\n  b: {fact: age, go: done}")
    record = Record(of, {"country": "DE", "facts": {"phone": "+49 151", "age": 30}})
    record.answer("my ex took it, call me at ana@example.com")
    assert [event.type for event in record.events] == [
        WALK_STARTED, STEP_SHOWN, STEP_ANSWERED, STEP_SHOWN, STEP_ANSWERED, STEP_SHOWN, OUTCOME_RECOMMENDED,
    ]  # fmt: skip
    assert record.events[0].data == {
        "facts": {"age": 30},
        "misfits": [],
        "today": "2026-11-03",
        "now": "2026-11-03T12:00+00:00",
    }
    assert record.events[2].data == {
        "step": "a",
        "answer": {"given": True},
        "by": "agent",
        "fact": "story",
    }
    assert record.events[4].data == {"step": "b", "answer": 30, "by": "ticket", "fact": "age"}
    assert "ana" not in str(record.events)
    assert "+49" not in str(record.events)


@pytest.mark.parametrize("path", ["ticket.requester.tags.1", "requester.tags.1"])
def test_a_fact_finds_its_place_in_the_ticket(path: str) -> None:
    text = f"start: a\nfacts:\n  tag: {{type: choice, values: [x, z], from: {path}, ask: T?}}\nsteps:\n  a: {{fact: tag, go: done}}\n  done: {{end: resolved, macro: done, label: done}}"
    of = procedure(text)
    assert steps(begin(of, {"requester": {"tags": ["x", "z"]}})) == ["a=z ticket", "done"]
    tickets: list[dict[str, Any]] = [
        {"requester": {"tags": ["x"]}},
        {"requester": "me"},
        {"requester": {"tags": {}}},
        {},
    ]
    for ticket in tickets:
        assert told(begin(of, ticket)) == "ask a tag"


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


def test_now_is_known_from_the_start() -> None:
    of = sop("start: a\nsteps:\n  a: {do: A, go: done}")
    assert begin(of).facts["now"] == NOW
