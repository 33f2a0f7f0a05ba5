from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.findings import Findings
from sopguide.cli.github import workflow_commands
from sopguide.cli.main import program
from sopguide.diagnostics import Diagnostic, Severity, Span


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _line(found: Diagnostic, root: str = "trees") -> str:
    [line] = workflow_commands([found], Findings(Path(root)))
    return line


def test_a_finding_is_noted_at_its_columns() -> None:
    span = Span("sops/one.yaml", 3, 22, 3, 26)
    found = Diagnostic("SOP201", Severity.ERROR, span, "unknown step `dune`", "did you mean?")

    assert _line(found) == (
        "::error file=trees/sops/one.yaml,line=3,endLine=3,col=22,endColumn=26,title=SOP201"
        "::unknown step `dune`%0Ahelp: did you mean?"
    )


def test_a_finding_over_several_lines_has_no_columns() -> None:
    found = Diagnostic("SOP301", Severity.WARNING, Span("sops/one.yaml", 3, 2, 5, 9), "long")

    assert _line(found) == "::warning file=trees/sops/one.yaml,line=3,endLine=5,title=SOP301::long"


def test_a_whole_file_or_no_file_has_no_line() -> None:
    whole = Diagnostic("SOP115", Severity.HINT, Span.of_file("notes.yaml"), "no part of it")
    lost = Diagnostic("SOP115", Severity.HINT, None, "somewhere")

    assert _line(whole) == "::notice file=trees/notes.yaml,title=SOP115::no part of it"
    assert _line(lost) == "::notice title=SOP115::somewhere"


def test_no_text_of_a_library_begins_a_command_of_its_own() -> None:
    span = Span("sops/a,b:c%.yaml", 1, 1, 1, 2)
    found = Diagnostic("SOP201", Severity.ERROR, span, "a\n::stop-commands::x\r\n100%\x1b")

    line = _line(found)
    assert "\n" not in line
    assert line == (
        "::error file=trees/sops/a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=1,endColumn=2,title=SOP201"
        "::a%0A::stop-commands::x%0A100%25␛"
    )


def test_a_library_elsewhere_is_named_in_full(tmp_path: Path) -> None:
    found = Diagnostic("SOP115", Severity.HINT, Span.of_file("notes.yaml"), "odd")

    assert f"file={tmp_path.parent}/more/notes.yaml," in _line(found, "../more")
    assert "file=trees/notes.yaml," in _line(found, str(tmp_path / "trees"))


def test_the_command_writes_notes_to_stdout_and_the_summary_beside_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOPGUIDE_CACHE", str(tmp_path / "cache"))
    Path("trees").mkdir()
    Path("trees/library.yaml").write_text("name: Test\nlocales: []\n")

    done = CliRunner().invoke(program, ["check", "--format", "github"])
    assert done.exit_code == Exit.FINDINGS
    assert done.stdout.startswith("::error file=trees/library.yaml,line=2,endLine=2,col=")
    assert done.stderr == "1 error in 1 file\n"
