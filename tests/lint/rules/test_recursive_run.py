from __future__ import annotations

from tests.building import library


def _runs(sop: str) -> str:
    return f"start: one\nsteps:\n  one: {{run: {sop}, go: back}}\n  back: {{return: ok}}\n"


def test_names_the_whole_way_round_and_every_place_on_it() -> None:
    made = library(
        {"sops/a.yaml": _runs("b"), "sops/b.yaml": _runs("c"), "sops/c.yaml": _runs("a")}
    )

    [one] = made.diagnostics
    assert str(one) == (
        "sops/a.yaml:3:14: error[SOP212] sub-procedures run each other: `a` → `b` → `c` → `a`"
    )
    assert [(str(other.span), other.word) for other in one.related] == [
        ("sops/b.yaml:3:14", "`b` runs `c`"),
        ("sops/c.yaml:3:14", "`c` runs `a`"),
    ]
    assert not any(entry.walkable for entry in made.sops.values())


def test_an_sop_that_runs_itself_goes_round_alone() -> None:
    [one] = library({"sops/a.yaml": _runs("a")}).diagnostics

    assert one.headline == "sub-procedures run each other: `a` → `a`"


def test_an_sop_that_leads_to_the_round_is_kept_back_by_it() -> None:
    made = library({"sops/a.yaml": _runs("a"), "sops/b.yaml": _runs("a")})

    assert [one.code for one in made.diagnostics_of("b")] == ["SOP212"]
    assert not made.sops["b"].walkable
