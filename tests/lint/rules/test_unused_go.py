from __future__ import annotations

from sopguide.lint.rules import unused_go
from tests.building import compile_text

END = "  done: {end: resolved, macro: done, label: done}\n"


def test_points_at_a_go_that_every_answer_passes_by() -> None:
    graph = compile_text(
        "start: one\nsteps:\n  one: {ask: On?, answers: {yes: done, no: done}, go: done}\n" + END
    )

    [one] = unused_go.check(graph)
    assert str(one) == "sops/example.yaml:3:51: warning[SOP308] no answer of `one` takes this `go`"


def test_rules_are_told_of_once() -> None:
    graph = compile_text(
        "start: one\n"
        "steps:\n"
        "  one:\n"
        "    ask: On?\n"
        "    answers: {yes: done, no: done}\n"
        "    go: [{if: {one: yes}, to: done}, {else: done}]\n" + END
    )

    assert [str(one.span) for one in unused_go.check(graph)] == ["sops/example.yaml:6:5"]


def test_an_optional_question_takes_it_when_left_open() -> None:
    graph = compile_text(
        "start: one\n"
        "facts: {on: {type: yes_no, optional: true, ask: On?}}\n"
        "steps:\n"
        "  one: {fact: on, answers: {yes: done, no: done}, go: done}\n" + END
    )

    assert list(unused_go.check(graph)) == []


def test_says_nothing_where_the_fact_is_unknown() -> None:
    graph = compile_text(
        "start: one\nsteps:\n  one: {fact: on, answers: {yes: done, no: done}, go: done}\n" + END
    )

    assert list(unused_go.check(graph)) == []
