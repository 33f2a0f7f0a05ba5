from __future__ import annotations

from tests.building import SOP, library

RUN = "start: one\nsteps:\n  one: {run: two, go: {ok: done}}\n  done: {end: resolved, macro: done, label: done}\n"
END = "start: done\nsteps:\n  done: {end: resolved, macro: done, label: done}\n"


def test_points_at_the_name_of_the_sop_that_ends() -> None:
    made = library({SOP: RUN, "sops/two.yaml": END})

    assert [str(one) for one in made.diagnostics] == [
        (
            "sops/example.yaml:3:14: error[SOP216] "
            "`two` never returns, so it cannot be run as a sub-procedure"
        )
    ]
    assert made.sops["two"].walkable
    assert not made.sops["example"].walkable


def test_a_sub_procedure_is_marked_as_one() -> None:
    made = library({"sops/two.yaml": "start: one\nsteps:\n  one: {return: ok}\n"})

    assert made.sops["two"].sub_procedure
