"""`sopguide log verify` and `heads`: what a night's run says, and with which exit code."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from tests.log.making import completed
from tests.log.mutating import journals_of, lines_of, put

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "120")
    completed(tmp_path / "data", 1)
    return tmp_path / "data"


def log(*arguments: object, code: Exit = Exit.OK) -> Result:
    result = CliRunner().invoke(program, ["log", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def shorten(data: Path, count: int) -> Path:
    [path] = journals_of(data)
    put(path, lines_of(path)[:count])
    return path


def test_a_log_that_holds_is_told_in_three_lines(data: Path) -> None:
    assert log("verify").stdout == (
        "  records     7 of 1 journal hold\n"
        "  walks       1 finished, told as recorded\n"
        "  heads       none were given: that the end of a journal was cut off would not show\n"
    )


def test_what_was_cut_off_is_found_against_heads_of_a_file(data: Path, tmp_path: Path) -> None:
    heads = tmp_path / "heads.jsonl"
    assert log("heads", "--into", heads).stderr == "1 head added to 0\n"
    assert log("heads", "--into", heads).stderr == "0 heads added to 1\n"
    assert "none were given" not in log("verify", "--heads", heads).stdout
    path = shorten(data, 4)
    told = log("verify", "--heads", heads, code=Exit.FINDINGS).stdout.splitlines()
    assert told[0].startswith(f"{path}:5: the journal is cut short: 4 records are there, 7 were on")
    before = heads.read_bytes()
    refused = log("heads", "--into", heads, code=Exit.FINDINGS).stderr
    assert f"sopguide: {path}:5: the journal is cut short" in refused
    assert heads.read_bytes() == before


def test_a_script_gets_one_object(data: Path, tmp_path: Path) -> None:
    sound = json.loads(log("verify", "--json").stdout)
    assert sound == {
        "sound": True,
        "journals": 1,
        "records": 7,
        "unproved": 7,
        "unsealed": 0,
        "taken_out": 0,
        "husks": 0,
        "expired": 0,
        "walks": 1,
        "damages": [],
    }
    path = shorten(data, 3)
    [damage, *_] = json.loads(log("verify", "--json", code=Exit.FINDINGS).stdout)["damages"]
    assert damage.keys() == {"file", "line", "cause", "harmless"}
    assert str(path.parent) in damage["file"] or "walks" in damage["file"]


def test_heads_are_printed_for_whoever_keeps_them(data: Path) -> None:
    [path] = journals_of(data)
    chain = json.loads(lines_of(path)[-1])["chain"]
    told = json.loads(log("heads", "--json").stdout)
    assert (told["journal"], told["records"], told["chain"]) == (path.stem, 7, chain)
    head, row = log("heads").stdout.splitlines()
    assert head.split() == ["journal", "records", "chain"]
    assert row.split() == [path.stem, "7", chain[:16]]


def test_a_damaged_file_of_heads_is_told_with_its_line(data: Path, tmp_path: Path) -> None:
    heads = tmp_path / "heads.jsonl"
    log("heads", "--into", heads)
    with heads.open("a") as file:
        file.write("\x1b[31mnothing\n")
    told = log("verify", "--heads", heads, code=Exit.FINDINGS).stdout
    assert f"{heads}:2: is no head" in told
    assert "\x1b" not in told


def test_where_there_is_no_log_none_is_made(tmp_path: Path) -> None:
    for command in ("verify", "heads"):
        told = log(command, "--data", tmp_path / "none", code=Exit.USAGE).stderr
        assert f"there is no log in {tmp_path / 'none'}" in told
    assert not (tmp_path / "none").exists()


def test_heads_have_to_be_there(data: Path, tmp_path: Path) -> None:
    assert "does not exist" in log("verify", "--heads", tmp_path / "no", code=Exit.USAGE).stderr


def test_a_log_that_was_taken_away_whole_is_found_against_heads(data: Path, tmp_path: Path) -> None:
    heads = tmp_path / "heads.jsonl"
    log("heads", "--into", heads)
    [journal] = journals_of(data)
    shutil.rmtree(data / "journals")
    told = log("verify", "--heads", heads, code=Exit.FINDINGS).stdout
    assert f"{data / 'journals' / journal.name}: the journal is gone\n" in told
    assert "there is no log in" in log("verify", code=Exit.USAGE).stderr


def test_heads_are_kept_in_a_file_alone(data: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    told = log("heads", "--into", tmp_path / "pipe", code=Exit.USAGE).stderr
    assert "pipe keeps nothing that is added to it" in told
