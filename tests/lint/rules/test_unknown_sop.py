from __future__ import annotations

from tests.building import SOP, found, library

TEXT = "start: sub\nsteps:\n  sub: {run: verfy, go: done}\n  done: {end: resolved, macro: done, label: done}\n"
SUB = "start: one\nsteps:\n  one: {return: ok}\n"


def test_offers_the_sop_that_was_meant() -> None:
    [one] = library({SOP: TEXT, "sops/verify.yaml": SUB}).diagnostics

    assert str(one) == "sops/example.yaml:3:14: error[SOP204] unknown SOP `verfy`"
    assert one.help == "did you mean `verify`?"


def test_an_sop_that_cannot_be_read_is_known_and_keeps_its_callers_back() -> None:
    made = library({SOP: TEXT, "sops/verfy.yaml": "start: [\n"})

    assert [one.span.file for one in made.diagnostics if one.span] == ["sops/verfy.yaml"]
    assert not made.sops["example"].walkable
    assert made.diagnostics_of("example") == made.diagnostics


def test_a_file_without_an_id_may_hold_it() -> None:
    made = found({SOP: TEXT})

    assert made == ["sops/example.yaml:3:14: error[SOP204] unknown SOP `verfy`"]
