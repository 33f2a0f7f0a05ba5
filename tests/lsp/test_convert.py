from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from sopguide.diagnostics import Diagnostic, Related, Severity, Span
from sopguide.lsp.checked import Checked
from sopguide.lsp.convert import Converter, path_of
from tests.building import library, sources

SOP = "sops/example.yaml"
TEXT = "start: one\nsteps:\n  one: {do: 🙂🙂 here, go: dune}\n"


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _converter() -> Converter:
    return Converter(
        Path("/trees"), Checked(library({SOP: TEXT}), sources({SOP: TEXT}), (), ()), _utf16
    )


def test_columns_are_counted_as_the_editor_counts() -> None:
    convert = _converter()
    span = Span(SOP, 3, 26, 3, 30)
    assert convert.line(SOP, types.Position(2, 0))[25:29] == "dune"

    found = convert.range(span)
    assert (found.start, found.end) == (types.Position(2, 27), types.Position(2, 31))
    assert convert.column(SOP, found.start) == 26
    assert convert.column(SOP, types.Position(2, 99)) == 31
    assert convert.column(SOP, types.Position(99, 4)) == 1


def test_a_finding_keeps_its_weight_its_help_and_other_places() -> None:
    there = Related(Span(SOP, 1, 1, 1, 6), "it\x1b begins here")
    found = Diagnostic("SOP201", Severity.HINT, Span.of_file(SOP), "odd\u202e", "mend it", (there,))
    told = _converter().diagnostic(found)

    assert told.message == "odd\ufffd\nhelp: mend it"
    assert told.severity is types.DiagnosticSeverity.Information
    assert told.range == types.Range(types.Position(0, 0), types.Position(0, len("start: one")))
    [other] = told.related_information or []
    assert other.message == "it␛ begins here"
    assert other.location.uri == "file:///trees/sops/example.yaml"


def test_a_finding_without_a_place_is_told_of_the_library() -> None:
    told = _converter().diagnostic(Diagnostic("SOP201", Severity.ERROR, None, "lost"))

    assert told.range.start == types.Position(0, 0)


def test_what_is_no_file_has_no_path() -> None:
    assert path_of("untitled:Untitled-1") is None
    assert path_of("file:///trees/a%20b.yaml") == Path("/trees/a b.yaml")
