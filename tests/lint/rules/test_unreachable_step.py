from __future__ import annotations

import pytest

from sopguide.lint.rules import unreachable_step
from tests.building import compile_text, found


def test_points_at_the_name_of_the_step_nobody_reaches() -> None:
    graph = compile_text(
        "start: check-power\n"
        "steps:\n"
        "  check-power: {end: resolved, macro: done, label: done}\n"
        "  reset-breaker: {do: Reset it, go: check-power}\n",
        file="sops/power.yaml",
    )

    [one] = unreachable_step.check(graph)
    assert str(one) == (
        "sops/power.yaml:4:3: warning[SOP301] "
        "step `reset-breaker` cannot be reached from `check-power`"
    )


def test_a_step_that_only_unreachable_steps_lead_to_is_unreachable_too() -> None:
    graph = compile_text(
        "start: done\n"
        "steps:\n"
        "  done: {end: resolved, macro: done, label: done}\n"
        "  one: {do: One, go: two}\n"
        "  two: {do: Two, go: one}\n"
    )

    assert [str(one.span) for one in unreachable_step.check(graph)] == [
        "sops/example.yaml:4:3",
        "sops/example.yaml:5:3",
    ]


def test_a_misspelt_target_is_reported_once_and_does_not_lose_the_step_that_was_meant() -> None:
    assert found(
        "start: one\n"
        "steps:\n"
        "  one: {do: One, go: second-step}\n"
        "  second_step: {end: resolved, macro: done, label: done}\n"
    ) == ["sops/example.yaml:3:22: error[SOP201] unknown step `second-step`"]


@pytest.mark.parametrize("lost", ["somewhere-else", "{to: two}", ""])
def test_keeps_silent_about_what_a_lost_target_may_have_been(lost: str) -> None:
    steps = (
        f"  one: {{ask: Well?, answers: {{yes: {{say: Yes, go: {lost}}}, no: done}}}}\n"
        "  two: {do: Two, go: three}\n"
        "  three: {do: Three, go: done}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    )

    assert not [line for line in found("start: one\nsteps:\n" + steps) if "SOP301" in line]


def test_a_lost_target_that_no_walk_comes_to_hides_nothing() -> None:
    steps = (
        "  one: {do: One, go: done}\n"
        "  two: {do: Two, go: somewhere-else}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    )

    assert found("start: one\nsteps:\n" + steps) == [
        "sops/example.yaml:4:3: warning[SOP301] step `two` cannot be reached from `one`",
        "sops/example.yaml:4:22: error[SOP201] unknown step `somewhere-else`",
    ]


def test_says_nothing_where_nobody_knows_the_start() -> None:
    assert found(
        "start: zzzzzz\n"
        "steps:\n"
        "  one: {do: One, go: done}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    ) == ["sops/example.yaml:1:8: error[SOP306] the start `zzzzzz` is no step of this SOP"]


def test_keeps_silent_about_what_a_step_that_could_not_be_read_may_lead_to() -> None:
    steps = (
        "  one: {do: One, goo: two}\n"
        "  two: {do: Two, go: done}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    )

    assert found("start: one\nsteps:\n" + steps) == [
        "sops/example.yaml:3:18: error[SOP120] unknown key `goo`"
    ]


def test_a_broken_step_that_nobody_reaches_hides_nothing() -> None:
    steps = (
        "  done: {end: resolved, macro: done, label: done}\n"
        "  one: {do: One, goo: two}\n"
        "  two: {do: Two, go: done}\n"
    )

    assert found("start: done\nsteps:\n" + steps) == [
        "sops/example.yaml:4:3: warning[SOP301] step `one` cannot be reached from `done`",
        "sops/example.yaml:4:18: error[SOP120] unknown key `goo`",
        "sops/example.yaml:5:3: warning[SOP301] step `two` cannot be reached from `done`",
    ]


def test_a_step_given_twice_is_told_once_whatever_the_second_led_to() -> None:
    steps = (
        "  one: {do: One, go: done}\n"
        "  one: {do: Two, go: other}\n"
        "  other: {ask: Again?, answers: {yes: other, yes: done, no: other}}\n"
        "  done: {end: resolved, macro: done, label: done}\n"
    )

    assert found("start: one\nsteps:\n" + steps) == [
        "sops/example.yaml:4:3: error[SOP111] key `one` is given twice",
        "sops/example.yaml:5:46: error[SOP111] key `yes` is given twice",
    ]
