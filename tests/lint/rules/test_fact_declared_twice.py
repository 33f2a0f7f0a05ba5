from __future__ import annotations

from tests.building import SOP, library

AGE = "facts:\n  age: {type: integer, ask: How old?}\n"
END = "  done: {end: resolved, macro: done, label: done}\n"


def test_a_declared_fact_points_at_the_librarys() -> None:
    sop = f"start: one\n{AGE}steps:\n  one: {{fact: age, go: done}}\n{END}"

    [one] = library({"library.yaml": AGE, SOP: sop}).diagnostics
    assert str(one) == (
        "sops/example.yaml:3:3: error[SOP214] `age` is a fact of the library already"
    )
    assert [str(other.span) for other in one.related] == ["library.yaml:2:3"]


def test_a_question_is_told_how_to_ask_for_the_librarys_fact() -> None:
    sop = f"start: age\nsteps:\n  age: {{ask: How old?, type: integer, go: done}}\n{END}"

    [one] = library({"library.yaml": AGE, SOP: sop}).diagnostics
    assert one.help == "write `fact: age` to ask for that one, or rename the step"
