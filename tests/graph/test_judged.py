"""Which findings are left on a day, and what is said of acceptances that do nothing."""

from __future__ import annotations

from datetime import date

from sopguide.diagnostics import Diagnostic, Severity
from tests.building import SOP, library

TODAY = date(2026, 11, 1)
TEXT = "start: done\nsteps:\n  done: {end: resolved, macro: done, label: done}\n"
LOST = TEXT + "  lost: {do: Look., go: done}\n"


def accept(code: str, until: str = "2027-01-31") -> str:
    return f"accept: [{{code: {code}, because: Kept, until: {until}}}]\n"


def told(text: str, **more: str) -> list[str]:
    return [str(each) for each in library({SOP: text, **more}).findings(TODAY)]


def test_an_acceptance_of_nothing_is_told() -> None:
    assert told(accept("SOP301") + TEXT) == [
        "sops/example.yaml:1:17: hint[SOP701] `SOP301` is accepted here, and is not found"
    ]


def test_an_acceptance_that_is_past_is_told_with_what_it_covered() -> None:
    past, lost = told(accept("SOP301", "2026-10-31") + LOST)

    assert past.endswith("hint[SOP701] `SOP301` was accepted until 2026-10-31, which is past")
    assert "warning[SOP301]" in lost


def test_errors_are_never_accepted() -> None:
    rules = "rules: {SOP301: error}\n"
    idle, lost = told(accept("SOP301") + LOST, **{"library.yaml": rules})

    assert idle.endswith("hint[SOP701] `SOP301` is an error here, and errors cannot be accepted")
    assert "error[SOP301]" in lost
    assert told(accept("SOP201") + TEXT) == [
        (
            "sops/example.yaml:1:17: hint[SOP701] "
            "what `SOP201` finds is an error, and errors cannot be accepted"
        )
    ]


def test_what_the_proof_finds_is_accepted_and_weighed_like_all_else() -> None:
    made = library({SOP: accept("SOP401") + TEXT, "library.yaml": "rules: {SOP402: off}\n"})
    place = made.findings(TODAY)[0].span
    proved = [Diagnostic(code, Severity.WARNING, place, "found") for code in ("SOP401", "SOP402")]

    assert made.findings(TODAY, proved) == ()
    assert [each.code for each in made.findings(TODAY)] == ["SOP701"]
    assert made.findings(TODAY, unjudged=["SOP401"]) == ()


def test_a_misspelt_rule_is_an_error_of_the_library() -> None:
    made = library({SOP: TEXT, "library.yaml": "rules: {unused-marco: off}\n"})

    [found] = made.diagnostics
    assert (found.code, found.help) == ("SOP223", "did you mean `unused-macro`?")
    assert not made.sops["example"].walkable
