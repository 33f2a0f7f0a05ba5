"""`sopguide log acts`: what was done with the log, for whoever has to show it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.log.acts import command
from sopguide.log.acts import ERASED, EXPORTED, act_journals, record_act
from sopguide.log.folder import DataFolder
from sopguide.log.identity import Identity

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def run(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, [*arguments, "--data", str(data)], standalone_mode=False)


def test_lists_acts_oldest_first(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    record_act(folder, EXPORTED, {"format": "csv", "walks": 12}, Identity("quinn"))
    record_act(folder, ERASED, {"by": "agent", "parts": {"records": 7}}, Identity("quinn\x1b[2J"))
    result = run(tmp_path)
    assert result.return_value == Exit.OK
    head, first, second = result.stdout.splitlines()
    assert head.split() == ["when", "act", "by", "what"]
    assert "log.exported" in first
    assert "quinn" in first
    assert first.endswith("format csv, walks 12")
    assert second.endswith("by agent, parts (records 7)")
    assert "\x1b" not in result.stdout


def test_tells_scripts_all_of_it(tmp_path: Path) -> None:
    record_act(DataFolder(tmp_path), EXPORTED, {"walks": 12}, Identity("quinn"))
    [line] = run(tmp_path, "--json").stdout.splitlines()
    told = json.loads(line)
    assert (told["act"], told["agent"], told["walks"]) == ("log.exported", "quinn", 12)
    assert isinstance(told["at"], int)


def test_says_that_nothing_was_done(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert (result.stdout, result.return_value) == ("", Exit.OK)
    assert "nothing was done with this log yet" in result.stderr


def test_a_damaged_act_is_reported_with_its_place(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    record_act(folder, EXPORTED, {"walks": 12})
    [path] = act_journals(folder)
    path.write_bytes(b"{}\n")
    result = run(tmp_path)
    assert result.return_value == Exit.FINDINGS
    assert f"{path}:1" in result.stderr
