"""`sopguide show` as a lead calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from sopguide.cli.main import program
from tests.show.sops import LABELS, LIBRARY, PROOF, WHOLE

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "version: 1.0.0\nstatus: live\nowner: o\nabout: a.\n"
FILES = {
    "library.yaml": LIBRARY,
    "labels.yaml": LABELS,
    "macros/m.yaml": "done: {title: Done, status: live, body: {en: Done.}}\n",
    "sops/money.yaml": WHOLE + HEAD,
    "sops/sub/proof.yaml": PROOF + HEAD,
    "sops/broken.yaml": "title: B\nstart: q\nsteps: {q: {do: x, go: nowhere}}\n" + HEAD,
}


@pytest.fixture
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOPGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        file = tmp_path / "trees" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "trees"


def run(*words: str) -> Result:
    return CliRunner().invoke(program, ["show", *words])


@pytest.mark.usefixtures("trees")
def test_an_outline_is_what_a_terminal_gets() -> None:
    result = run("money")
    assert result.exit_code == 0
    assert result.stdout.startswith("money 1.0.0: Money back\n\n 1  old_enough  (critical)\n")
    assert "\nsub/proof 1.0.0: Is it proved?\n" in result.stdout


@pytest.mark.usefixtures("trees")
@pytest.mark.parametrize(
    ("wanted", "begins"),
    [
        ("mermaid", "## Money back"),
        ("dot", "digraph sopguide {"),
        ("svg", "<?xml"),
        ("html", "<!doctype html>"),
        ("text", "money 1.0.0"),
    ],
)
def test_every_format_is_drawn(wanted: str, begins: str) -> None:
    result = run("money", "--format", wanted)
    assert result.exit_code == 0
    assert result.stdout.startswith(begins)


@pytest.mark.usefixtures("trees")
def test_the_ending_of_the_file_says_the_format_unless_one_is_named(tmp_path: Path) -> None:
    assert run("money", "-o", "money.svg").stdout == ""
    ET.parse(tmp_path / "money.svg")  # noqa: S314 (our own)
    run("money", "-o", "money.html", "--format", "dot")
    assert (tmp_path / "money.html").read_text().startswith("digraph")
    run("money", "-o", "money")
    assert (tmp_path / "money").read_text().startswith("money 1.0.0")


@pytest.mark.usefixtures("trees")
def test_sub_procedures_are_drawn_in_place_on_request() -> None:
    result = run("sops/money.yaml", "--sub", "inline")
    assert "sub/proof.which" in result.stdout
    assert "\nsub/proof 1.0.0" not in result.stdout


@pytest.mark.usefixtures("trees")
def test_a_sub_procedure_can_be_drawn_by_itself() -> None:
    assert run("sub/proof").stdout.startswith("sub/proof 1.0.0: Is it proved?\n")


@pytest.mark.usefixtures("trees")
def test_what_is_too_large_for_one_drawing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sopguide.show.drawing.MOST_INLINE", 5)
    result = run("money", "--sub", "inline")
    assert result.exit_code == 2
    assert "`money` is too large to be drawn in one: more than 5 steps" in result.stderr


@pytest.mark.usefixtures("trees")
def test_an_sop_with_errors_gives_its_diagnostics() -> None:
    result = run("broken")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "unknown step `nowhere`" in result.stderr


@pytest.mark.usefixtures("trees")
def test_an_unknown_sop_and_a_folder_that_is_not_there_are_told_apart() -> None:
    missing = run("mony")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "did you mean `money`?" in missing.stderr
    assert run("money", "-o", "no/such/folder.svg").exit_code == 3
