from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from sopguide.cli import findings
from sopguide.cli.check import command
from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.graph.load import load_library
from tests.building import LABELS, LIBRARY, MACROS, complete

GOOD = "start: one\nsteps:\n  one: {do: One, go: done}\n  done: {end: resolved, macro: done, label: done}\n"
WRONG = GOOD.replace("go: done", "go: dune")
WARNED = GOOD + "  two: {do: Two, go: done}\n"


@pytest.fixture
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOPGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return Path("trees")


def _write(trees: Path, **sops: str) -> None:
    files = {"library.yaml": LIBRARY, "labels.yaml": LABELS, "macros/standard.yaml": MACROS}
    for name, text in {**files, **{f"sops/{sop}.yaml": text for sop, text in sops.items()}}.items():
        path = trees / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(complete(name, text), encoding="utf-8")


def _check(*arguments: str) -> Result:
    """Run the command, with exit codes as the program gives them."""
    return CliRunner().invoke(program, ["check", *arguments])


def test_a_clean_library_is_told_in_one_line(trees: Path) -> None:
    _write(trees, one=GOOD, two=GOOD)

    done = _check()
    assert (done.output, done.exit_code) == ("2 SOPs, 4 steps: clean\n", Exit.OK)


def test_a_finding_shows_its_line_and_what_was_probably_meant(trees: Path) -> None:
    _write(trees, one=WRONG, two=WARNED)

    done = _check(str(trees))
    assert done.exit_code == Exit.FINDINGS
    assert done.output == (
        "trees/sops/one.yaml:3:22: error[SOP201] unknown step `dune`\n"
        "   3 |   one: {do: One, go: dune}\n"
        "     |                      ^^^^\n"
        "     = help: did you mean `done`?\n"
        "\n"
        "trees/sops/two.yaml:5:3: warning[SOP301] step `two` cannot be reached from `one`\n"
        "   5 |   two: {do: Two, go: done}\n"
        "     |   ^^^\n"
        "     = help: point a `go` here, or delete the step\n"
        "\n"
        "1 error, 1 warning in 2 files\n"
    )


def test_related_places_are_shown(trees: Path) -> None:
    _write(
        trees,
        one=GOOD.replace("one: {do: One, go: done}", "one: {do: One, go: two}")
        + "  two: {do: Two, go: one}\n",
    )

    assert "     = trees/sops/one.yaml:5:3: `two` is in the loop\n" in _check().output


@pytest.mark.parametrize(
    ("paths", "summary"),
    [
        (["trees/sops/one.yaml"], "1 error in 1 file"),
        (["sops/one.yaml"], "1 error in 1 file"),
        (["one"], "1 error in 1 file"),
        (["trees/sops/area"], "1 SOP, 2 steps: clean"),
        (["trees/sops/area/two.yaml", "trees/sops/one.yaml"], "1 error in 1 file"),
        (["trees/labels.yaml"], "clean"),
        (["trees", "trees/sops/one.yaml"], "1 error in 1 file"),
    ],
)
def test_a_path_restricts_what_is_reported(trees: Path, paths: list[str], summary: str) -> None:
    _write(trees, one=WRONG, **{"area/two": GOOD})

    assert _check(*paths).output.splitlines()[-1] == summary


def test_what_keeps_an_sop_back_is_reported_with_it(trees: Path) -> None:
    _write(trees, one=GOOD, two=GOOD.replace("macro: done", "macro: none"))
    (trees / "macros" / "standard.yaml").write_text(MACROS.replace("All done.", "'{{ x'"))

    assert _check("trees/sops/one.yaml").exit_code == Exit.FINDINGS
    assert _check("trees/sops/two.yaml").exit_code == Exit.OK


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["nothing"], "no file, folder or SOP is named `nothing`"),
        (["trees", "more"], "the paths lie in several libraries"),
        (["--trees", "trees", "elsewhere.yaml"], "this lies outside the library trees: elsewhere"),
    ],
)
def test_a_path_that_cannot_be_meant_is_wrong_usage(
    trees: Path, paths: list[str], message: str
) -> None:
    _write(trees, one=GOOD)
    _write(Path("more"), one=GOOD)
    Path("elsewhere.yaml").write_text("a: b\n")

    done = _check(*paths)
    assert done.exit_code == Exit.USAGE
    assert message in done.output


def test_json_is_for_scripts(trees: Path) -> None:
    _write(trees, one=WRONG)
    (trees / "macros" / "empty.yaml").write_bytes(b"\xff")

    done = _check("--json")
    told: dict[str, Any] = json.loads(done.output)
    assert done.exit_code == Exit.FINDINGS
    assert (told["library"], told["sops"], told["steps"]) == ("Test", 1, 2)
    assert (told["errors"], told["warnings"], told["hints"]) == (2, 0, 0)
    assert told["diagnostics"][1] == {
        "code": "SOP201",
        "severity": "error",
        "file": "trees/sops/one.yaml",
        "line": 3,
        "column": 22,
        "end_line": 3,
        "end_column": 26,
        "headline": "unknown step `dune`",
        "help": "did you mean `done`?",
        "related": [],
    }


def test_a_file_as_a_whole_has_no_line(trees: Path) -> None:
    _write(trees, one=GOOD)
    (trees / "notes.yaml").write_text("a: b\n")

    told = json.loads(_check("--json").output)["diagnostics"][0]
    assert told["file"] == "trees/notes.yaml"
    assert "line" not in told
    assert "trees/notes.yaml: error[SOP115]" in _check().output


def test_texts_of_a_library_steer_no_terminal_and_carets_stay_in_place(trees: Path) -> None:
    _write(
        trees,
        one='start: one\nsteps:\n  one: {do: "漢字 \u202e x\u0301", go: d\u202ene}\n  done: {end: resolved, macro: done, label: done}\n',
    )

    lines = _check().output.splitlines()
    [at] = [place for place, line in enumerate(lines) if "SOP201" in line]
    assert "\u202e" not in "".join(lines)
    assert lines[at + 1] == '   3 |   one: {do: "漢字 \ufffd x\u0301", go: d\ufffdne}'
    assert lines[at + 2] == "     |                             ^^^^"


def test_a_long_line_is_shown_around_what_is_marked(trees: Path) -> None:
    _write(
        trees,
        one=GOOD.replace("do: One, go: done", f"do: {'x' * 300}, go: dune, help: {'y' * 300}"),
    )

    shown = _check().output.splitlines()[1]
    assert shown.startswith("   3 | …xxx")
    assert shown.endswith("…")
    assert "dune" in shown


def test_colour_is_asked_for_or_left_to_the_terminal(
    trees: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(trees, one=WRONG)

    coloured = CliRunner().invoke(command, ["--color"], color=True, standalone_mode=False).output
    assert "\x1b[31m" in coloured
    assert click.unstyle(coloured) == _check().output

    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert findings.wants_colour()
    monkeypatch.setenv("NO_COLOR", "1")
    assert not findings.wants_colour()


def test_a_file_that_went_away_meanwhile_costs_only_its_line(trees: Path) -> None:
    from sopguide.diagnostics import Diagnostic, Severity, Span

    _write(trees, one=GOOD)
    show = findings.Findings(trees)
    gone = Diagnostic("SOP201", Severity.ERROR, Span("sops/gone.yaml", 3, 1, 3, 5), "unknown step")
    lost = Diagnostic("SOP201", Severity.HINT, None, "somewhere")

    assert list(show.texts([gone, lost])) == [
        "trees/sops/gone.yaml:3:1: error[SOP201] unknown step",
        "hint[SOP201] somewhere",
    ]
    assert show.rows([lost])[0]["file"] is None


def test_a_span_over_several_lines_is_marked_to_the_end_of_its_first(trees: Path) -> None:
    _write(
        trees,
        one=GOOD.replace("macro: done", "macro: >-\n      nothing\n      here")
        .replace("done: {end: resolved, ", "done:\n    end: resolved\n    ")
        .replace(", label: done}", "\n    label: done"),
    )

    lines = _check().output.splitlines()
    assert lines[2].endswith("^")


def test_every_code_is_listed_without_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = _check("--list-codes").output.splitlines()

    assert "SOP301  unreachable-step           Steps that no answer leads to." in lines
    assert len(lines) == len({line[:6] for line in lines}) > 50


def test_a_hint_costs_nothing(trees: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sopguide.diagnostics import Diagnostic, Severity, Span
    from sopguide.graph.library import Library

    _write(trees, one=GOOD)
    hint = Diagnostic("SOP601", Severity.HINT, Span("sops/one.yaml", 3, 3, 3, 6), "long")
    monkeypatch.setattr(Library, "findings", lambda *_, **__: (hint,))

    done = _check()
    assert done.output.endswith("1 SOP, 2 steps: 1 hint\n")
    assert done.exit_code == Exit.OK


def test_what_keeps_an_sop_back_is_told_on_stderr(
    trees: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write(trees, one=WRONG)
    findings.print_findings(load_library(trees, None), "one")

    told = capsys.readouterr()
    assert told.out == ""
    assert "error[SOP201] unknown step `dune`" in told.err
