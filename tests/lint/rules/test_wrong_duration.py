from __future__ import annotations

from tests.building import found

END = "  done: {end: resolved, macro: done, label: done}\n"


def test_waits_and_handovers_take_durations() -> None:
    assert found(
        "start: one\n"
        "steps:\n"
        "  one: {wait: A reply, for: a week, go: two}\n"
        "  two: {end: escalated, macro: none, label: done, escalate: {to: team, within: soon}}\n"
    ) == [
        "sops/example.yaml:3:29: error[SOP219] `a week` is not a duration",
        "sops/example.yaml:4:80: error[SOP219] `soon` is not a duration",
    ]


def test_business_days_are_a_duration_too() -> None:
    assert found("start: one\nsteps:\n  one: {wait: A reply, for: 10bd, go: done}\n" + END) == []
