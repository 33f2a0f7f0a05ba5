from __future__ import annotations

from sopguide.lint.rules import loop_without_exit
from tests.building import SOP, compile_text, found, library

END = "  done: {end: resolved, macro: done, label: done}\n"


def test_names_the_whole_loop_and_points_at_its_first_step() -> None:
    graph = compile_text(
        "start: known\n"
        "steps:\n"
        "  known: {ask: Known?, answers: {yes: done, no: one}}\n"
        "  one: {do: One, go: two}\n"
        "  two: {do: Two, go: one}\n" + END
    )

    [one] = loop_without_exit.check(graph)
    assert str(one) == (
        "sops/example.yaml:4:3: error[SOP303] no walk can leave the loop `one` → `two` → `one`"
    )
    assert [str(other.span) for other in one.related] == ["sops/example.yaml:5:3"]


def test_a_loop_with_any_way_out_is_fine() -> None:
    graph = compile_text(
        "start: one\n"
        "steps:\n"
        "  one: {do: One, go: two}\n"
        "  two: {ask: Again?, answers: {yes: one, no: done}}\n" + END
    )

    assert list(loop_without_exit.check(graph)) == []


def test_a_step_that_leads_to_itself_alone_is_a_loop() -> None:
    graph = compile_text("start: one\nsteps:\n  one: {do: One, go: one}\n" + END)

    assert [one.headline for one in loop_without_exit.check(graph)] == [
        "no walk can leave the loop `one` → `one`"
    ]


def test_a_loop_that_nobody_enters_is_only_unreachable() -> None:
    assert found("start: done\nsteps:\n  one: {do: One, go: one}\n" + END) == [
        "sops/example.yaml:3:3: warning[SOP301] step `one` cannot be reached from `done`"
    ]


def test_a_misspelt_way_out_is_a_way_out() -> None:
    assert found(
        "start: one\nsteps:\n  one: {ask: Again?, answers: {yes: one, no: zzzzzz}}\n" + END
    ) == [
        "sops/example.yaml:3:46: error[SOP201] unknown step `zzzzzz`",
    ]


def test_an_unused_go_is_no_way_out() -> None:
    graph = compile_text(
        "start: one\nsteps:\n  one: {ask: Again?, answers: {yes: one, no: one}, go: done}\n" + END
    )

    assert [one.headline for one in loop_without_exit.check(graph)] == [
        "no walk can leave the loop `one` → `one`"
    ]


def test_keeps_the_sop_and_those_that_run_it_from_being_walked() -> None:
    loop = "start: one\nsteps:\n  one: {do: One, go: one}\n  back: {return: ready}\n"
    made = library(
        {SOP: "start: sub\nsteps:\n  sub: {run: sub, go: done}\n" + END, "sops/sub.yaml": loop}
    )

    assert not made.sops["example"].walkable
    assert [str(one) for one in made.diagnostics_of("example")] == [
        "sops/sub.yaml:3:3: error[SOP303] no walk can leave the loop `one` → `one`"
    ]
