from __future__ import annotations

from tests.building import SOP, found, library

END = "  done: {end: resolved, macro: done, label: done}\n"


def test_every_misspelt_target_is_found_wherever_it_stands() -> None:
    assert found(
        "start: one\n"
        "steps:\n"
        "  one:\n"
        "    ask: On?\n"
        "    answers: {yes: dona, no: {go: dono}}\n"
        "  two: {fact: one, go: [{if: {one: yes}, to: donu}, {else: doni}]}\n"
        "  three: {decide: [{if: {one: yes}, to: donx}, {else: one}]}\n"
        "  four: {wait: A reply, go: {reply: done, timeout: donz}}\n" + END
    ) == [
        "sops/example.yaml:5:20: error[SOP201] unknown step `dona`",
        "sops/example.yaml:5:35: error[SOP201] unknown step `dono`",
        "sops/example.yaml:6:3: warning[SOP301] step `two` cannot be reached from `one`",
        "sops/example.yaml:6:46: error[SOP201] unknown step `donu`",
        "sops/example.yaml:6:60: error[SOP201] unknown step `doni`",
        "sops/example.yaml:7:3: warning[SOP301] step `three` cannot be reached from `one`",
        "sops/example.yaml:7:41: error[SOP201] unknown step `donx`",
        "sops/example.yaml:8:3: warning[SOP301] step `four` cannot be reached from `one`",
        "sops/example.yaml:8:52: error[SOP201] unknown step `donz`",
    ]


def test_offers_the_step_that_was_meant() -> None:
    [one] = library({SOP: "start: one\nsteps:\n  one: {do: One, go: dome}\n" + END}).diagnostics

    assert one.help == "did you mean `done`?"


def test_a_broken_step_is_still_a_step() -> None:
    lines = found("start: one\nsteps:\n  one: {do: One, go: two}\n  two: {end: resolvd}\n" + END)

    assert not any("SOP2" in line for line in lines)
