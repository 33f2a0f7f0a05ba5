from __future__ import annotations

from tests.building import SOP, library

SUB = "start: one\nsteps:\n  one: {return: verified}\n"
END = "  done: {end: resolved, macro: done, label: done}\n"


def _help(by: str) -> str | None:
    sop = f"start: sub\nsteps:\n  sub: {{run: sub, go: {{verified: done, {by}: done}}}}\n{END}"
    [one] = library({SOP: sop, "sops/sub.yaml": SUB}).diagnostics
    return one.help


def test_offers_the_return_that_was_meant() -> None:
    assert _help("verfied") == "did you mean `verified`?"


def test_else_names_those_there_are() -> None:
    assert _help("x") == "it returns `verified`"


def test_is_reported_once_where_rules_follow_it() -> None:
    rules = "[{if: {colour: red}, to: done}, {else: done}]"
    sop = (
        "start: sub\nfacts:\n  colour: {type: choice, values: [red, blue], ask: Which?}\nsteps:\n"
        f"  sub: {{run: sub, go: {{verified: done, x: {rules}}}}}\n{END}"
    )

    assert [str(one) for one in library({SOP: sop, "sops/sub.yaml": SUB}).diagnostics] == [
        "sops/example.yaml:5:40: error[SOP305] `sub` never returns `x`"
    ]
