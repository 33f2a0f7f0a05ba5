from __future__ import annotations

from sopguide.diagnostics import Diagnostic, Related, Severity, Span

PLACE = Span("power.yaml", 4, 3, 4, 16)


def test_reads_as_a_line_of_a_compiler() -> None:
    found = Diagnostic("SOP301", Severity.WARNING, PLACE, "step `a` cannot be reached")
    assert str(found) == "power.yaml:4:3: warning[SOP301] step `a` cannot be reached"


def test_a_whole_file_has_no_line() -> None:
    span = Span.of_file("power.yaml")
    assert span.whole_file
    assert not PLACE.whole_file
    found = Diagnostic("SOP114", Severity.ERROR, span, "the file is empty")
    assert str(found) == "power.yaml: error[SOP114] the file is empty"


def test_an_unknown_place_is_left_out() -> None:
    assert str(Diagnostic("SOP101", Severity.HINT, None, "no")) == "hint[SOP101] no"


def test_findings_sort_by_file_line_and_column() -> None:
    places = [
        Span("b.yaml", 1, 1, 1, 2),
        Span("a.yaml", 10, 1, 10, 2),
        Span("a.yaml", 9, 2, 9, 3),
        Span("a.yaml", 9, 1, 9, 3),
        Span.of_file("a.yaml"),
    ]
    found = [Diagnostic("SOP105", Severity.ERROR, place, "x") for place in places]
    nowhere = Diagnostic("SOP105", Severity.ERROR, None, "x")
    assert sorted([*found, nowhere]) == [nowhere, *reversed(found)]


def test_findings_are_values() -> None:
    related = (Related(PLACE, "first"),)
    one = Diagnostic("SOP111", Severity.ERROR, PLACE, "x", "y", related)
    assert one == Diagnostic("SOP111", Severity.ERROR, PLACE, "x", "y", related)
    assert len({one, one}) == 1
