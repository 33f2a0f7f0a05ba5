from __future__ import annotations

from tests.building import SOP, library

END = "  done: {end: resolved, macro: done, label: done}\n"


def test_offers_the_value_that_was_meant() -> None:
    sop = (
        "start: one\nfacts:\n  colour: {type: choice, values: [red, green], ask: Which?}\nsteps:\n"
        "  one: {fact: colour, answers: {red: done, gren: done}, go: done}\n" + END
    )

    [one] = library({SOP: sop}).diagnostics
    assert str(one) == ("sops/example.yaml:5:44: error[SOP208] `gren` is not a value of `colour`")
    assert one.help == "did you mean `green`?"


def test_yes_and_no_are_all_that_a_yes_no_fact_takes() -> None:
    sop = (
        "start: one\nfacts:\n  on: {type: yes_no, ask: On?}\nsteps:\n"
        "  one: {fact: on, answers: {yes: done, maybe: done}, go: done}\n" + END
    )

    assert [str(one.span) for one in library({SOP: sop}).diagnostics] == ["sops/example.yaml:5:40"]
