from __future__ import annotations

from sopguide.lint.rules import unknown_start
from tests.building import compile_text, found

END = "  done: {end: resolved, macro: done, label: done}\n"


def test_offers_the_step_that_was_meant() -> None:
    [one] = unknown_start.check(compile_text("start: dnoe\nsteps:\n" + END))

    assert str(one) == (
        "sops/example.yaml:1:8: error[SOP306] the start `dnoe` is no step of this SOP"
    )
    assert one.help == "did you mean `done`?"


def test_a_start_that_is_there_is_fine() -> None:
    assert list(unknown_start.check(compile_text("start: done\nsteps:\n" + END))) == []


def test_a_missing_start_is_reported_as_missing_only() -> None:
    assert [line.partition("error")[2] for line in found("steps:\n" + END)] == [
        "[SOP121] `start` is missing"
    ]
