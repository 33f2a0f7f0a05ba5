from __future__ import annotations

from tests.building import SOP, found

END = "  done: {end: resolved, macro: done, label: done}\n"


def test_limits_wait_for_each_other() -> None:
    facts = (
        "facts:\n"
        "  paid: {type: date, max: used, ask: When paid?}\n"
        "  used: {type: date, min: paid, ask: When used?}\n"
    )

    assert found({"library.yaml": facts}) == [
        "library.yaml:2:3: error[SOP213] facts need each other: `paid` → `used` → `paid`"
    ]


def test_a_table_may_not_ask_for_the_fact_it_gives() -> None:
    files = {
        "library.yaml": "facts:\n  fee: {type: integer, table: fees}\n",
        "tables/fees.yaml": 'hit: first\nrows: [{if: {fee: "> 5"}, value: 1}, {else: 2}]\n',
    }

    assert found(files) == ["library.yaml:2:3: error[SOP213] facts need each other: `fee` → `fee`"]


def test_sets_may_not_include_each_other() -> None:
    library = (
        "sets:\n"
        "  a: {of: country, values: [in b, AT]}\n"
        "  b: {of: country, values: [in a, BE]}\n"
        "  c: {of: country, values: [in a]}\n"
        "facts: {country: {type: choice, values: [AT, BE], ask: Which?}}\n"
    )

    assert found({"library.yaml": library}) == [
        "library.yaml:2:3: error[SOP213] sets include each other: `a` → `b` → `a`"
    ]


def test_an_sops_own_facts_are_looked_at_too() -> None:
    sop = (
        "start: one\n"
        "facts:\n"
        "  a: {type: integer, is: b + 1}\n"
        "  b: {type: integer, is: a + 1}\n"
        "steps:\n  one: {fact: a, go: done}\n" + END
    )

    assert found({SOP: sop}) == [
        "sops/example.yaml:3:3: error[SOP213] facts need each other: `a` → `b` → `a`"
    ]
