"""`sopguide log repair` and `sopguide log compact`, as they are called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.local import LocalLog
from tests.log.making import begin, completed, done_journals, journals, walk_id

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path))
    completed(tmp_path, 1)
    return tmp_path


def log(*arguments: str, code: Exit = Exit.OK) -> Result:
    result = CliRunner().invoke(program, ["log", *arguments])
    assert result.exit_code == code, result.output
    return result


def spoil(data: Path) -> Path:
    [path] = done_journals(data)
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:2], b"dam\x1b[31maged\n", *lines[3:]]))
    return path


def told(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_sound_log_needs_no_repair(data: Path) -> None:
    for arguments in (["--dry-run"], [], ["--json"]):
        result = log("repair", *arguments)
        assert result.stdout == ""
    assert "nothing is damaged" in log("repair").stderr
    assert not (data / "damaged").exists()


def test_a_dry_run_tells_where_and_why_and_changes_nothing(data: Path) -> None:
    path = spoil(data)
    before = path.read_bytes()
    result = log("repair", "--dry-run", code=Exit.FINDINGS)
    assert result.stdout.startswith(f"{path}:3: cannot be read: ")
    assert "1 damaged file, 0 repaired" in result.stderr
    assert path.read_bytes() == before
    [found] = told(log("repair", "--dry-run", "--json", code=Exit.FINDINGS))
    assert found["file"] == str(path)
    assert found["kind"] == "journal"
    assert [damage["line"] for damage in found["damages"]] == [3]
    assert (found["repaired"], found["original"], found["lost"]) == (False, None, None)


def test_repair_tells_what_is_lost_and_where_the_original_is(data: Path) -> None:
    path = spoil(data)
    result = log("repair")
    original = data / "damaged" / "journals" / "done" / path.name
    assert f"  repaired; the original is {original}" in result.stdout
    assert "  lost: line 3, 12 bytes" in result.stdout
    assert original.exists()
    assert "nothing is damaged" in log("repair").stderr


def test_repair_tells_the_same_to_programs(data: Path) -> None:
    path = spoil(data)
    [found] = told(log("repair", "--json"))
    assert found["repaired"] is True
    assert found["original"] == str(data / "damaged" / "journals" / "done" / path.name)
    assert found["lost"] == ["line 3, 12 bytes"]


def test_a_repair_of_what_is_in_use_is_put_off(data: Path) -> None:
    running = LocalLog(data)
    recorder = begin(running, walk_id(2))
    ticket = data / "open" / f"{walk_id(2)}.json"
    ticket.write_bytes(b"[")
    result = log("repair", code=Exit.FINDINGS)
    assert "left as it is: a running process has it" in result.stdout
    recorder.release()
    running.close()
    assert "repaired; the original is" in log("repair").stdout
    assert len(journals(data)) == 1


def test_compacts_what_is_only_kept(data: Path) -> None:
    [path] = done_journals(data)
    size = path.stat().st_size
    result = log("compact")
    [small] = done_journals(data)
    assert f"1 journal compacted: {size:,} bytes are now {small.stat().st_size:,}" in result.stderr
    assert told(log("compact", "--json")) == [{"journals": 0, "before": 0, "after": 0}]
    assert "0 journals compacted\n" in log("compact").stderr
