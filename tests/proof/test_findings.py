"""What the proof finds in procedures as an author types them, and the ticket that shows it."""

from __future__ import annotations

from typing import Any

import pytest

from sopguide.proof.explore import Explorer
from sopguide.proof.findings import Finding, prove
from sopguide.proof.overlaps import overlapping_rules
from sopguide.proof.tables import prove_table
from sopguide.walk.procedure import Procedure
from tests.building import SOP, library

LIBRARY = """
name: Test
locales: [en]
sets:
  eea: {of: country, values: [DE, IE]}
facts:
  country: {type: choice, values: [DE, IE, US, GB], ask: "C?"}
  billing: {type: choice, values: [DE, IE, US, GB], ask: "B?"}
  age: {type: integer, min: 0, max: 120, ask: "Old?"}
  amount: {type: decimal, min: 0, ask: "Much?"}
  used: {type: decimal, min: 0, max: amount, ask: Used?}
  left: {type: decimal, is: amount - used}
  half: {type: decimal, is: "round(amount / 2, 1)"}
  best: {type: decimal, is: "max(amount, used, 3)"}
  share: {type: decimal, is: amount / used}
  top: {type: decimal, is: "max(age, amount)"}
  paid_on: {type: date, max: today, ask: When?}
  due: {type: date, is: paid_on + 10bd}
  received: {type: datetime, ask: When?}
  due_at: {type: datetime, is: received + 10bd}
  gap: {type: duration, ask: Long?}
  weeks: {type: duration, is: due - paid_on}
  proofs: {type: choices, values: [a, b, none_], exclusive: [none_], ask: P?}
  seen: {type: yes_no, optional: true, ask: S?}
  minimum_age: {type: integer, table: minimum-age}
"""
TABLE = "hit: first\nrows:\n  - {if: {country: IE}, value: 16}\n  - {else: 13}\n"
PART = """
title: Part
version: 1.0.0
status: live
owner: tests
about: A part.
start: which
steps:
  which: {fact: country, answers: {DE: good}, go: bad}
  good: {return: good}
  bad: {return: bad}
"""
ENDS = """
  done: {end: resolved, macro: done, label: done}
  other: {end: rejected, macro: done, label: done}
"""


def example(text: str, more: dict[str, str] | None = None) -> Procedure:
    files = {
        SOP: text + ENDS,
        "library.yaml": LIBRARY,
        "tables/minimum-age.yaml": TABLE,
        "sops/part.yaml": PART,
        **(more or {}),
    }
    built = library(files)
    entry = built.sops["example"]
    assert entry.hash, [str(diagnostic) for diagnostic in built.diagnostics]
    return Procedure(built.form("example"), entry.hash)


def told(found: list[Finding]) -> list[str]:
    return [
        f"{each.kind} {'.'.join(map(str, each.path[1:]))}: {each.words or each.about}".rstrip(": ")
        for each in found
    ]


def rules(*conditions: str) -> list[str]:
    """What is found in a step with these rules, each to a place of its own."""
    lines = [f"      - if: {condition}\n        to: done\n" for condition in conditions]
    return told(prove(example("start: a\nsteps:\n  a:\n    decide:\n" + "".join(lines))))


@pytest.mark.parametrize(
    ("conditions", "gap"),
    [
        (["{age: < 13}", '{age: "> 13"}'], "age 13"),
        (["{country: in eea}", '{age: ">= 18"}'], "country US; age 0"),
        (["{age: < minimum_age}", '{age: ">= 16"}'], "age 13; country DE"),
        (['{paid_on: "> today - 14d"}', '{paid_on: "< today - 14d"}'], "paid_on 2026-06-01"),
        (['{paid_on: "> today - 3m"}', '{paid_on: "< today - 3m"}'], "paid_on 2026-03-15"),
        (['{paid_on: "> today - 10bd"}', '{paid_on: "< today - 10bd"}'], "paid_on 2026-06-01"),
        (['{left: "> 10"}', "{left: 0}"], "amount 1; used 0"),
        (['{half: ">= 5"}', "{half: < 4.9}"], "amount 9.7"),
        (['{best: "> 3"}'], "amount 0; used 0"),
        (["{proofs: has a}", "{proofs: only none_}"], "proofs b"),
        (["{seen: yes}", "{seen: not yes}"], "seen not known"),
        (["{country: = billing}"], "country DE; billing IE"),
        (["{gap: < 2d}", '{gap: "> 2d"}'], "gap 2d"),
        (
            ['{received: "<= 2026-03-01"}', '{received: "> 2026-03-02"}'],
            "received 2026-03-02T00:00+00:00",
        ),
        (["{used: < amount}"], "used 0"),
    ],
)
def test_facts_for_which_no_rule_holds_are_found(conditions: list[str], gap: str) -> None:
    [found] = rules(*conditions)
    assert found.startswith("gap a.decide: ")
    if gap == "used 0":
        assert "used" in found
    else:
        assert found == f"gap a.decide: {gap}"


@pytest.mark.parametrize(
    "conditions",
    [
        ["{age: < 13}", '{age: ">= 13"}'],
        ["{country: in eea}", "{country: not in eea}"],
        ["{country: [DE, IE]}", "{country: [US, GB]}"],
        ['{paid_on: ">= today - 3m"}', '{paid_on: "< today - 3m"}'],
        ['{left: "> 0"}', "{left: 0}"],
        ["{proofs: has none_}", '{proofs: "has any [a, b]"}'],
        ["{seen: yes}", "{seen: no}", "{seen: unknown}"],
        ["{age: < minimum_age}", '{age: ">= minimum_age"}'],
        ["{country: = billing}", '{country: "not = billing"}'],
        ['{received: "<= 2026-03-01"}', '{received: "> 2026-03-01"}'],
        ["{share: 2.5}", "{share: not 2.5}"],
        ["{due: 2026-06-15}", "{due: not 2026-06-15}"],
        ["{due: [2026-06-15, 2026-06-16]}", '{due: "not [2026-06-15, 2026-06-16]"}'],
        ["{due_at: 2026-06-15T12:00}", "{due_at: not 2026-06-15T12:00}"],
        ["{weeks: 2w}", "{weeks: not 2w}"],
    ],
)
def test_rules_that_leave_nothing_open_are_clean(conditions: list[str]) -> None:
    assert rules(*conditions) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "start: a\nsteps:\n  a:\n    decide:\n      - if: {age: < 20}\n        to: done\n      - if: {age: 5}\n        to: other\n      - else: other",
            ["never-holds a.decide.1.if: other"],
        ),
        (
            "start: a\nsteps:\n  a:\n    decide:\n      - if: {age: < minimum_age}\n        to: done\n      - if: {age: < 13}\n        to: other\n      - else: other",
            ["never-holds a.decide.1.if: other"],
        ),
        (
            "start: a\nsteps:\n  a:\n    decide:\n      - if: {age: < 13}\n        to: done\n      - if: {age: 13..120}\n        to: other\n      - else: other",
            ["never-holds a.decide.2.else: other"],
        ),
        (
            "start: a\nsteps:\n  a: {fact: country, answers: {US: b}, go: other}\n  b: {fact: country, confirm: false, go: done}",
            ["settled b: US"],
        ),
        (
            "start: a\nsteps:\n  a: {fact: country, answers: {US: other}, go: b}\n  b: {fact: country, answers: {US: done, DE: done}, go: other}",
            ["never-given b.answers.US: US"],
        ),
        (
            "start: a\nsteps:\n  a: {run: part, go: {good: b, bad: other}}\n  b: {decide: [{if: {country: DE}, to: done}, {else: other}]}",
            ["never-holds b.decide.1.else: other"],
        ),
        (
            "start: a\nsteps:\n  a: {fact: age, go: b}\n  b: {do: x, set: {age: 5}, go: done}\n  c: {do: y, go: other}",
            ["set-ignored b.set.age: age"],
        ),
        (
            "start: a\nsteps:\n  a: {decide: [{if: {country: US}, to: done}, {else: b}]}\n  b: {do: x, go: c}\n  c: {decide: [{if: {age: < 13}, to: other}, {else: a}]}",
            ["endless a: country DE; age 13"],
        ),
        (
            "start: a\nsteps:\n  a: {decide: [{if: {country: US}, to: done}, {else: b}]}\n  b: {do: x, go: c}\n  c: {decide: [{if: {country: not US}, to: other}, {else: a}]}",
            ["never-holds c.decide.1.else: a"],
        ),
        (
            'start: a\nsteps:\n  a: {fact: age, go: [{if: {age: < 13}, to: b}, {else: c}]}\n  b: {do: x, go: a}\n  c: {decide: [{if: {age: ">= 20"}, to: done}, {if: {age: 13..18}, to: other}]}',
            ["gap c.decide: a 19"],
        ),
    ],
)
def test_the_whole_procedure_is_looked_at(text: str, found: list[str]) -> None:
    assert told(prove(example(text))) == found


def test_one_value_left_between_two_ranges_is_pointed_out() -> None:
    text = 'start: a\nsteps:\n  a:\n    decide:\n      - if: {age: < 13}\n        to: done\n      - if: {age: "> 13"}\n        to: other\n      - else: done'
    assert told(prove(example(text))) == ["hairline a.decide.2.else: 13"]
    meant = text.replace('"> 13"', '"not 13"')
    assert told(prove(example(meant))) == []


def test_rules_that_overlap_are_told_with_the_earlier_rule() -> None:
    text = 'start: a\nsteps:\n  a:\n    decide:\n      - if: {age: < 13}\n        to: done\n      - if: {country: DE}\n        to: other\n      - if: {age: "> 20"}\n        to: other\n      - else: done'
    of = example(text)
    found = overlapping_rules(of, Explorer(of))
    assert [(each.path, each.about, each.words) for each in found] == [
        (("steps", "a", "decide", 1, "if"), "1", "age 0; country DE")
    ]


def test_a_large_table_is_proved_in_little_time() -> None:
    rows = "".join(f"  - {{if: {{age: {number}}}, value: {number}}}\n" for number in range(120))
    assert table(rows + "  - {else: 3}\n", "unique") == []
    assert table(rows + "  - {if: {age: 7}, value: 3}\n  - {else: 3}\n", "unique") == [
        "never-holds rows.120.if: row-120",
        "overlap rows.120.if: age 7",
    ]


def test_a_loop_that_asks_again_is_no_endless_loop() -> None:
    text = "start: a\nsteps:\n  a: {fact: age, go: [{if: {age: < 13}, to: b}, {else: done}]}\n  b: {do: x, go: a}"
    assert told(prove(example(text))) == []


def test_comparisons_that_bear_on_each_other_out_of_reach_are_said_not_to_be_proved() -> None:
    text = 'start: a\nfacts:\n  price: {type: decimal, is: amount * used}\nsteps:\n  a:\n    decide:\n      - if: {amount: "> 5", price: "> 3"}\n        to: done\n      - else: other'
    assert told(prove(example(text))) == [
        "not-proved a.decide.0.if: facts are multiplied or divided by each other"
    ]


def test_what_is_not_proved_is_told_once_for_the_same_facts() -> None:
    text = 'start: a\nfacts:\n  price: {type: decimal, is: amount * used}\nsteps:\n  a:\n    decide:\n      - if: {price: "> 100"}\n        to: done\n      - if: {price: "> 200"}\n        to: done\n      - else: other'
    assert told(prove(example(text))) == [
        "not-proved a.decide.0.if: facts are multiplied or divided by each other"
    ]


def test_calendar_months_lie_within_so_many_days() -> None:
    text = 'start: a\nsteps:\n  a:\n    decide:\n      - if: {paid_on: ">= today - 3m"}\n        to: done\n      - if: {paid_on: ">= today - 60d"}\n        to: other\n      - else: other'
    assert told(prove(example(text))) == ["never-holds a.decide.1.if: other"]
    counted = text.replace('paid_on: ">= today - 3m"', "age_of_it: <= 3m")
    counted = counted.replace('paid_on: ">= today - 60d"', "age_of_it: <= 2m")
    counted = "facts:\n  age_of_it: {type: duration, is: today - paid_on}\n" + counted
    assert told(prove(example(counted))) == ["never-holds a.decide.1.if: other"]
    later = text.replace("60d", "100d")
    assert told(prove(example(later))) == []


def test_dates_moved_further_are_later() -> None:
    text = 'start: a\nsteps:\n  a:\n    decide:\n      - if: {paid_on: ">= today - 3m"}\n        to: done\n      - if: {paid_on: ">= today - 2m"}\n        to: other\n      - else: other'
    assert told(prove(example(text))) == ["never-holds a.decide.1.if: other"]


def table(rows: str, hit: str = "first") -> list[str]:
    files: dict[str, Any] = {
        SOP: "start: a\nsteps:\n  a: {decide: [{if: {minimum_age: 13}, to: done}, {else: other}]}"
        + ENDS,
        "library.yaml": LIBRARY,
        "tables/minimum-age.yaml": f"hit: {hit}\nrows:\n{rows}",
    }
    built = library(files)
    assert built.sops["example"].hash, [str(diagnostic) for diagnostic in built.diagnostics]
    found = prove_table("minimum-age", built.form("example"))
    return [
        f"{each.kind} {'.'.join(map(str, each.path))}: {each.words or each.about}" for each in found
    ]


def test_rows_are_proved_like_rules() -> None:
    rows = '  - {if: {age: < 13}, value: 1}\n  - {if: {age: < 5}, value: 2}\n  - {if: {age: "> 13"}, value: 3}\n'
    assert table(rows) == ["never-holds rows.1.if: row-1", "gap rows: age 13"]
    assert table("  - {if: {age: < 13}, value: 1}\n  - {else: 3}\n") == []


def test_rows_of_a_unique_table_may_not_overlap() -> None:
    rows = "  - {if: {age: < 13}, value: 1}\n  - {if: {country: DE}, value: 2}\n  - {else: 3}\n"
    assert table(rows, "unique") == ["overlap rows.1.if: age 0; country DE"]
    assert table(rows, "first") == []


def test_a_fact_that_only_a_later_question_gives_is_not_obtainable_before() -> None:
    text = "facts:\n  silent: {type: integer, min: 0, max: 9}\nstart: a\nsteps:\n  a: {fact: country, answers: {DE: two}, go: one}\n  two: {ask: Two?, fact: silent, go: one}\n  one: {decide: [{if: {silent: < 3}, to: done}, {else: other}]}"
    found = prove(example(text))
    assert told(found) == ["not-obtainable one.decide.0.if: a IE"]
    assert found[0].witness is not None
    assert found[0].witness["answers"] == {"a": "IE"}


def test_a_fact_that_each_way_gives_before_it_is_needed_is_obtainable() -> None:
    text = "facts:\n  silent: {type: integer, min: 0, max: 9}\nstart: a\nsteps:\n  a: {fact: country, answers: {DE: two}, go: three}\n  two: {ask: Two?, fact: silent, go: one}\n  three: {do: x, set: {silent: 1}, go: one}\n  one: {decide: [{if: {silent: < 3}, to: done}, {else: other}]}"
    assert told(prove(example(text))) == []


def test_a_rule_that_other_facts_settle_does_not_need_the_silent_one() -> None:
    text = "facts:\n  silent: {type: integer, min: 0, max: 9}\nstart: a\nsteps:\n  a: {fact: country, answers: {DE: two}, go: one}\n  two: {ask: Two?, fact: silent, go: one}\n  one: {decide: [{if: {country: DE, silent: < 3}, to: done}, {else: other}]}"
    assert told(prove(example(text))) == []


def test_a_rule_that_never_holds_still_asks_for_what_it_compares() -> None:
    first = "{paid_on: known, country: US}"
    assert rules(first, '{paid_on: "> paid_on", top: ">= -1"}', "{age: not 200}") == [
        "never-holds a.decide.1.if: done"
    ]


def test_a_loop_is_shown_by_a_ticket_that_stays_in_it_and_not_in_another() -> None:
    text = 'start: one\nsteps:\n  one: {decide: [{if: {proofs: "has all [a, b]"}, to: two}, {else: three}]}\n  two: {do: x, go: one}\n  three: {do: x, go: four}\n  four: {decide: [{if: {age: < 9}, to: three}, {else: done}]}'
    loops = [each for each in prove(example(text)) if each.kind == "endless"]
    assert told(loops) == [
        "endless three: proofs none_; age 0",
        "endless one: proofs a, b",
    ]
