"""`sopguide schema` as somebody sets an editor up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from sopguide.cli import schema as command
from sopguide.cli.main import program
from sopguide.source.schema import KINDS

if TYPE_CHECKING:
    from pathlib import Path


def run(*words: str) -> Result:
    return CliRunner().invoke(program, ["schema", *words])


def test_one_kind_goes_to_stdout() -> None:
    result = run("sop")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["$schema"].endswith("2020-12/schema")


def test_all_kinds_go_into_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "schemas"
    result = run("--all", str(folder))
    assert result.exit_code == 0
    files = sorted(folder.iterdir())
    assert result.stdout.splitlines() == [str(folder / f"{kind}.schema.json") for kind in KINDS]
    assert {file.name.partition(".")[0] for file in files} == set(KINDS)
    assert all(json.loads(file.read_text())["title"] for file in files)


def test_one_kind_or_all_must_be_asked_for(tmp_path: Path) -> None:
    for words in ((), ("sop", "--all", str(tmp_path))):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "name one kind of file, or a folder for all of them" in result.stderr
    assert run("steps").exit_code == 2


def test_the_command_names_the_kinds_there_are() -> None:
    assert command._KINDS == KINDS
