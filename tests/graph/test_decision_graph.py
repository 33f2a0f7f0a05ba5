from __future__ import annotations

from typing import TYPE_CHECKING

from tests.building import compile_text

if TYPE_CHECKING:
    from sopguide.graph.decision_graph import DecisionGraph

END = "  done: {end: resolved, macro: done, label: done}\n"


def _graph(steps: str, start: str = "one") -> DecisionGraph:
    return compile_text(f"start: {start}\nsteps:\n{steps}{END}")


def test_two_answers_that_lead_to_the_same_step_stay_two_branches() -> None:
    graph = _graph("  one: {ask: On?, answers: {yes: done, no: done}}\n")

    assert graph.flow.number_of_edges("one", "done") == 2
    assert [(branch.label, branch.target) for branch in graph.branches] == [
        ("yes", "done"),
        ("no", "done"),
    ]


def test_a_misspelt_target_adds_no_step() -> None:
    graph = _graph("  one: {ask: On?, answers: {yes: done, no: zzzzzz}}\n")

    assert set(graph.flow) == {"one", "done"}
    assert graph.flow.number_of_edges() == 1


def test_a_target_that_is_nearly_right_counts_as_the_one_that_was_meant() -> None:
    graph = _graph("  one: {do: One, go: dome}\n")

    assert graph.reachable == {"one", "done"}
    assert list(graph.flow.edges()) == [("one", "done")]


def test_a_start_that_is_nearly_right_counts_too() -> None:
    graph = _graph("  one: {do: One, go: done}\n", start="ona")

    assert graph.entry == "one"
    assert graph.sound


def test_every_step_is_reachable_where_the_start_is_unknown() -> None:
    graph = _graph("  one: {do: One, go: done}\n", start="zzzzzz")

    assert graph.entry is None
    assert graph.reachable == {"one", "done"}
    assert graph.unreachable() == ()


def test_steps_keep_the_authors_order() -> None:
    graph = _graph(
        "  one: {do: One, go: zwei}\n  zwei: {do: Two, go: alpha}\n  alpha: {do: A, go: done}\n"
    )

    assert list(graph.steps) == ["one", "zwei", "alpha", "done"]
    assert [step.id for step in graph.closing()] == ["done"]


def test_rules_answers_and_returns_are_branches_at_their_own_places() -> None:
    graph = _graph(
        "  one: {ask: On?, answers: {yes: two, no: {say: No, go: [{if: {one: no}, to: two}, {else: done}]}}}\n"
        "  two: {run: sub, go: {ok: done, other: [{else: done}]}}\n"
    )

    assert [(branch.path[1:], branch.back) for branch in graph.branches] == [
        (("one", "answers", "yes"), None),
        (("one", "answers", "no", "go", 0, "to"), None),
        (("one", "answers", "no", "go", 1, "else"), None),
        (("two", "go", "ok"), "ok"),
        (("two", "go", "other", 0, "else"), "other"),
    ]


def test_several_loops_are_told_in_the_authors_order() -> None:
    graph = _graph(
        "  one: {ask: Which?, answers: {a: four, b: two, c: done}}\n"
        "  two: {do: Two, go: three}\n"
        "  three: {do: Three, go: two}\n"
        "  four: {do: Four, go: four}\n"
    )

    assert graph.loops_without_exit() == (("two", "three"), ("four",))


def test_a_thousand_steps_in_a_row_are_no_matter() -> None:
    steps = "".join(f"  s{n}: {{do: Step, go: s{n + 1}}}\n" for n in range(3000))
    graph = _graph(f"{steps}  s3000: {{do: Last, go: done}}\n", start="s0")

    assert graph.sound
    assert graph.unreachable() == ()
