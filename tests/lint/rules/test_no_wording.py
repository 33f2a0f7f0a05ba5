from __future__ import annotations

from tests.building import SOP, found

END = "  done: {end: resolved, macro: done, label: done}\n"
RULES = '[{if: {age: "< 13"}, to: done}, {else: done}]'


def test_points_at_the_question_itself() -> None:
    assert found(
        "start: one\nfacts: {age: {type: integer}}\nsteps:\n  one: {fact: age, go: done}\n" + END
    ) == [
        "sops/example.yaml:4:15: error[SOP222] `age` can be needed here, and nothing says how to ask it"
    ]


def test_a_fact_may_be_worded_set_or_given_elsewhere() -> None:
    for fact, step in (
        ("{type: integer, from: ticket.age}", "{do: One, go: two}"),
        ("{type: integer}", "{ask: How old?, fact: age, go: two}"),
        ("{type: integer}", "{do: One, set: {age: 5}, go: two}"),
    ):
        sop = f"start: one\nfacts: {{age: {fact}}}\nsteps:\n  one: {step}\n  two: {{decide: {RULES}}}\n"
        assert found(sop + END) == []


def test_what_a_computed_fact_a_limit_or_a_table_needs_is_needed_too() -> None:
    library = (
        "facts:\n"
        "  a: {type: integer}\n"
        "  b: {type: integer, is: a + 1}\n"
        "  c: {type: integer, max: b, ask: How many?}\n"
        "  d: {type: integer, table: fees}\n"
    )
    table = 'hit: first\nrows: [{if: {c: "> 5"}, value: 1}, {else: 2}]\n'
    sop = "start: one\nsteps:\n  one: {fact: d, go: done}\n" + END

    assert found({"library.yaml": library, "tables/fees.yaml": table, SOP: sop}) == [
        "sops/example.yaml:3:15: error[SOP222] `a` can be needed here, and nothing says how to ask it"
    ]


def test_known_and_unknown_ask_for_nothing() -> None:
    sop = (
        "start: one\nfacts: {age: {type: integer}}\nsteps:\n"
        "  one: {decide: [{if: {age: not known and unknown}, to: done}, {else: done}]}\n" + END
    )

    assert found(sop) == []


def test_a_sub_procedure_is_judged_with_those_that_run_it() -> None:
    sub = f"start: one\nsteps:\n  one: {{decide: {RULES.replace('done', 'back')}}}\n  back: {{return: ok}}\n"
    files = {"library.yaml": "facts: {age: {type: integer}}\n", "sops/sub.yaml": sub}
    giving = "start: ask\nsteps:\n  ask: {ask: How old?, fact: age, go: sub}\n  sub: {run: sub, go: done}\n"
    lacking = "start: sub\nsteps:\n  sub: {run: sub, go: done}\n"

    assert found(files) == []
    assert found(files | {SOP: giving + END}) == []
    assert found(files | {SOP: lacking + END}) == [
        "sops/sub.yaml:3:23: error[SOP222] `age` can be needed here, and nothing says how to ask it"
    ]


def test_business_days_need_the_country_whose_holidays_count() -> None:
    library = (
        "calendar: {holidays: country}\n"
        "facts:\n"
        "  country: {type: choice, values: [US, DE]}\n"
        "  due: {type: date, is: today + 3bd}\n"
    )
    sop = 'start: one\nsteps:\n  one: {decide: [{if: {today: "> %s"}, to: done}, {else: done}]}\n'
    told = "`country` can be needed here, and nothing says how to ask it"

    for sum_ in ("due", "2026-05-19 + 3bd"):
        assert found({"library.yaml": library, SOP: sop % sum_ + END}) == [
            f"sops/example.yaml:3:23: error[SOP222] {told}"
        ]
    assert found({"library.yaml": library, SOP: sop % "2026-05-19 + 3d" + END}) == []
