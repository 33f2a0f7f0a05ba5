"""`sopguide log expire`: told first, asked, done; nothing where the library says nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.local import LocalLog
from tests.locked_out import FILES, write
from tests.log.office import Office, everything

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Walks of 2023."""
    with LocalLog(tmp_path / "data") as log:
        office = Office(log)
        office.walk("ann-marie", "T-1")
        office.walk("bob-bob", "T-2", "drill")
    return tmp_path / "data"


def expire(data: Path, retention: str, *arguments: str, code: Exit = Exit.OK) -> Result:
    text = f"{FILES['library.yaml']}{retention}\n"
    trees = write(data.parent / "trees", {**FILES, "library.yaml": text})
    told = ["log", "expire", *arguments, "--trees", str(trees), "--data", str(data)]
    result = CliRunner().invoke(program, told)
    assert result.exit_code == code, result.output
    return result


def test_nothing_expires_where_the_library_says_nothing(data: Path) -> None:
    before = everything(data)
    result = expire(data, "", "--yes")
    assert result.stderr == "library.yaml has no `retention`, so nothing expires\n"
    assert everything(data) == before


def test_tells_what_has_expired_and_what_is_kept_for_nobody_named_it(data: Path) -> None:
    before = everything(data)
    result = expire(data, "retention: {walks: 24m, notes: 90d}", "--dry-run")
    assert result.stderr.splitlines() == [
        "walks: 1 older than 24m",
        "notes: 0 older than 90d",
        "kept, for `retention` does not name them: drills, tests, tickets, feedback, acts",
    ]
    assert everything(data) == before


def test_does_it_and_records_that_it_was_done(data: Path) -> None:
    result = expire(data, "retention: {walks: 24m}", "--yes", "--json")
    assert json.loads(result.stdout) == {"dry_run": False, "expired": {"walks": 1}}
    assert b"ann-marie" not in everything(data)
    assert b"bob-bob" in everything(data)
    acts = CliRunner().invoke(program, ["log", "acts", "--data", str(data)]).stdout
    assert "log.expired" in acts
    assert "walks 1" in acts
    again = expire(data, "retention: {walks: 24m}", "--yes", "--json")
    assert json.loads(again.stdout)["expired"] == {"walks": 0}
    assert CliRunner().invoke(program, ["log", "acts", "--data", str(data)]).stdout == acts


def test_tells_what_no_retention_is_about(data: Path) -> None:
    for file in ("damaged/journals/x.jsonl", "damaged/journals/x.jsonl.note.txt"):
        (data / file).parent.mkdir(parents=True, exist_ok=True)
        (data / file).write_text("x")
    (data / "imports" / "h").mkdir(parents=True)
    (data / "imports" / "h" / "cases.jsonl").write_text("x")
    told = expire(data, "retention: {walks: 24m}", "--dry-run").stderr.splitlines()
    assert told[-2:] == [
        "kept until somebody deletes it: 1 damaged original in damaged/",
        "kept until somebody takes it away: 1 imported log (`sopguide log imports`)",
    ]


def test_asks_first(data: Path) -> None:
    result = expire(data, "retention: {walks: 24m}", code=Exit.USAGE)
    assert "say --yes" in result.stderr
    assert b"ann-marie" in everything(data)


def test_nothing_expires_by_a_library_file_with_a_mistake(data: Path) -> None:
    result = expire(data, "retention: {walks: 24m, drills: soon}", "--yes", code=Exit.USAGE)
    assert "nothing expires while library.yaml has errors" in result.stderr
    assert b"ann-marie" in everything(data)
