from __future__ import annotations

from tests.building import SOP, found, library

TEXT = "start: done\nsteps:\n  done: {end: resolved, macro: dome, label: done}\n"


def test_offers_the_macro_that_was_meant() -> None:
    [one] = library({SOP: TEXT}).diagnostics

    assert str(one) == "sops/example.yaml:3:32: error[SOP205] unknown macro `dome`"
    assert one.help == "did you mean `done`?"


def test_none_is_a_decision_not_a_macro() -> None:
    assert found(TEXT.replace("dome", "none")) == []


def test_labels_and_macros_name_macros_too() -> None:
    assert found(
        {
            "labels.yaml": "done: {title: Done, macros: [done, dune]}\n",
            "macros/more.yaml": (
                "old: {title: Old, status: deprecated, replaced_by: nwe, body: {en: Old}}\n"
            ),
        }
    ) == [
        "labels.yaml:1:36: error[SOP205] unknown macro `dune`",
        "macros/more.yaml:1:52: error[SOP205] unknown macro `nwe`",
    ]


def test_while_a_file_of_macros_cannot_be_read_any_macro_may_be_in_it() -> None:
    made = library({SOP: TEXT, "macros/more.yaml": "old: [\n"})

    assert [one.span.file for one in made.diagnostics if one.span] == ["macros/more.yaml"]
    assert not made.sops["example"].walkable
    assert made.diagnostics_of("example") == made.diagnostics


def test_a_broken_macro_keeps_back_only_the_sops_that_use_it() -> None:
    other = TEXT.replace("dome", "done")
    made = library(
        {
            SOP: TEXT,
            "sops/other.yaml": other,
            "macros/more.yaml": "dome: {title: Dome, status: live, body: {en: '{{ x'}}\n",
            "labels.yaml": "done: {title: Done, macros: [done, dome]}\n",
        }
    )

    assert {sop: entry.walkable for sop, entry in made.sops.items()} == {
        "example": False,
        "other": True,
    }
    assert [one.code for one in made.diagnostics_of("example")] == ["SOP218"]
    assert made.diagnostics_of("other") == ()
