from __future__ import annotations

from tests.building import found


def test_points_at_the_steps_of_an_sop_that_comes_to_nothing() -> None:
    assert found("start: one\nsteps:\n  one: {wait: A reply, go: one}\n") == [
        "sops/example.yaml:2:1: error[SOP307] this SOP has no `end` and no `return`",
        "sops/example.yaml:3:3: error[SOP303] no walk can leave the loop `one` → `one`",
    ]


def test_a_broken_step_may_be_the_end() -> None:
    lines = found("start: one\nsteps:\n  one: {do: One, go: two}\n  two: {ende: resolved}\n")

    assert lines
    assert not any("SOP3" in line for line in lines)
