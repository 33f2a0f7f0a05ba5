from __future__ import annotations

from tests.building import found, library
from tests.building import library as made

FACTS = (
    "facts:\n"
    "  colour: {type: choice, values: [red, green], ask: Which?}\n"
    "  age: {type: integer, ask: How old?}\n"
    "  proofs: {type: choices, values: [receipt, device], ask: Which?}\n"
)
END = "  done: {end: resolved, macro: done, label: done}\n"


def _decided(test: str) -> list[str]:
    sop = f"start: one\n{FACTS}steps:\n  one: {{decide: [{{if: {{{test}}}, to: done}}, {{else: done}}]}}\n"
    return found(sop + END)


def test_one_value_of_a_list_is_marked_alone() -> None:
    assert _decided("colour: [red, gren]") == [
        "sops/example.yaml:7:38: error[SOP209] `gren` does not fit `colour`"
    ]


def test_numbers_are_numbers() -> None:
    assert _decided("age: ten") == [
        "sops/example.yaml:7:29: error[SOP209] `ten` does not fit `age`"
    ]


def test_what_is_set_must_fit() -> None:
    sop = (
        f"start: one\n{FACTS}steps:\n"
        "  one: {do: One, set: {colour: blue, age: 5, proofs: [receipt, letter]}, go: done}\n"
    )

    assert found(sop + END) == [
        "sops/example.yaml:7:32: error[SOP209] `blue` does not fit `colour`",
        "sops/example.yaml:7:54: error[SOP209] `letter` does not fit `proofs`",
    ]


def test_the_values_of_a_table_fit_every_fact_that_takes_them() -> None:
    made = library(
        {
            "library.yaml": (
                "facts:\n"
                "  fee: {type: integer, table: fees}\n"
                "  rate: {type: decimal, table: fees}\n"
                "  age: {type: integer, ask: How old?}\n"
            ),
            "tables/fees.yaml": "hit: first\nrows:\n  - {if: {age: 5}, value: 1.5}\n  - {else: 2}\n",
        }
    )

    [one] = made.diagnostics
    assert str(one) == "tables/fees.yaml:3:27: error[SOP209] `1.5` does not fit `fee`"
    assert [str(other.span) for other in one.related] == ["library.yaml:2:31"]


def test_a_set_holds_values_of_its_fact() -> None:
    assert found({"library.yaml": "sets:\n  warm: {of: colour, values: [red, ret]}\n" + FACTS}) == [
        "library.yaml:2:36: error[SOP209] `ret` is not a value of `colour`"
    ]


def test_a_country_without_known_holidays_is_no_calendar() -> None:
    assert found({"library.yaml": "calendar: {holidays: XX}\n"}) == [
        "library.yaml:1:22: error[SOP209] no holidays are known for `XX`"
    ]


def test_what_is_set_or_looked_up_must_lie_within_limits_that_never_change() -> None:
    library = (
        "facts:\n"
        "  share: {type: integer, min: '> 0', max: 2 * 50, unit: '%', ask: Share?}\n"
        "  fee: {type: decimal, max: 9.5, table: fees}\n"
        "  due: {type: date, min: today, table: dues}\n"
    )
    files = {
        "library.yaml": library,
        "tables/fees.yaml": "hit: first\nrows: [{if: {share: 5}, value: 10}, {else: 9.50}]\n",
        "tables/dues.yaml": "hit: first\nrows: [{else: 2026-05-19}]\n",
        "sops/example.yaml": (
            "start: one\nsteps:\n"
            "  one: {do: One, set: {share: 0}, go: two}\n"
            "  two: {do: Two, set: {share: 100}, go: three}\n"
            "  three: {do: Three, set: {share: 101}, go: done}\n" + END
        ),
    }

    assert found(files) == [
        "sops/example.yaml:3:31: error[SOP209] `0` does not fit `share`",
        "sops/example.yaml:5:35: error[SOP209] `101` does not fit `share`",
        "tables/fees.yaml:2:32: error[SOP209] `10` does not fit `fee`",
    ]
    helps = [one.help for one in made(files).diagnostics]
    assert helps == [
        "it must be more than 0 %",
        "it must be at most 100 %",
        "it must be at most 9.5",
    ]
