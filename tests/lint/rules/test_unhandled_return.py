from __future__ import annotations

from tests.building import SOP, found

SUB = (
    "start: ask\n"
    "steps:\n"
    "  ask: {ask: Which?, answers: {a: one, b: two, c: three}}\n"
    "  one: {return: one}\n"
    "  two: {return: two}\n"
    "  three: {return: two}\n"
)
END = "  done: {end: resolved, macro: done, label: done}\n"


def test_names_every_return_that_nothing_follows() -> None:
    sop = "start: sub\nsteps:\n  sub: {run: sub, go: {three: done}}\n" + END

    assert found({SOP: sop, "sops/sub.yaml": SUB}) == [
        (
            "sops/example.yaml:3:19: error[SOP304] "
            "`sub` does not say what follows the returns `one`, `two`"
        ),
        "sops/example.yaml:3:24: error[SOP305] `sub` never returns `three`",
    ]


def test_one_go_for_all_returns_is_enough() -> None:
    sop = "start: sub\nsteps:\n  sub: {run: sub, go: done}\n" + END

    assert found({SOP: sop, "sops/sub.yaml": SUB}) == []


def test_says_nothing_of_a_sub_procedure_that_cannot_be_read() -> None:
    sop = "start: sub\nsteps:\n  sub: {run: sub, go: {three: done}}\n" + END
    broken = "start: one\nsteps:\n  one: {return: one, because: []\n"

    assert [line for line in found({SOP: sop, "sops/sub.yaml": broken}) if SOP in line] == []


def test_says_nothing_of_returns_that_may_be_in_a_broken_step() -> None:
    sop = "start: sub\nsteps:\n  sub: {run: sub, go: {three: done}}\n" + END
    broken = SUB + "  four: {retrun: three}\n"

    assert [line for line in found({SOP: sop, "sops/sub.yaml": broken}) if SOP in line] == []
