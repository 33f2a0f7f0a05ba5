"""`sopguide log import` and `imports`: what a lead brings in, sees, gives back and removes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.acts import read_acts
from sopguide.log.folder import DataFolder

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

CSV = """\
Ticket,Status,Changed at
T-1,New,2020-01-01 09:00
T-1,Solved,2020-01-01 10:00
T-2,New,2020-01-02 09:00
T-2,Solved,2020-01-02 10:00
T-3,New,2020-01-03 09:00
T-3,\x1b[2JReopened,2020-01-03 10:00
"""
MAP = "case=Ticket, activity=Status,time=Changed at"


@pytest.fixture
def tickets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "80")
    path = tmp_path / "tickets.csv"
    path.write_text(CSV)
    return path


def log(*arguments: object, code: Exit = Exit.OK) -> Result:
    result = CliRunner().invoke(program, ["log", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def test_a_log_is_summed_up_as_it_comes_in(tickets: Path) -> None:
    assert (
        log("import", tickets, "--map", MAP).stdout
        == """\
  log         tickets
  holds       3 cases, 6 events
  from        2020-01-01T09:00:00.000Z to 2020-01-03T10:00:00.000Z
  activities  New 3x, Solved 2x, ␛[2JReopened 1x
  variants    2, the commonest:
     2x  New > Solved
     1x  New > ␛[2JReopened
  follows     2 directly-follows edges, the commonest:
     2x  New > Solved
     1x  New > ␛[2JReopened
"""
    )


def test_imported_logs_are_listed_given_back_and_removed(tickets: Path, tmp_path: Path) -> None:
    assert log("imports").stderr == "no log was imported\n"
    log("import", tickets, "--map", MAP, "--name", "old")
    assert log("imports").stdout == (
        "name  cases  events  variants  first       from the file\n"
        "old       3       6         2  2020-01-01  tickets.csv\n"
    )
    [told] = map(json.loads, log("imports", "--json").stdout.splitlines())
    assert (told["name"], told["source"], told["cases"]) == ("old", "tickets.csv", 3)
    out = tmp_path / "back.xes"
    log("export", "--imported", "old", "--format", "xes", "--out", out)
    found = json.loads(log("import", out, "--json").stdout)
    del told["source"]
    assert found == {**told, "name": "back"}
    assert log("imports", "--remove", "old").stderr == "the imported log `old` is gone\n"
    assert [json.loads(line)["name"] for line in log("imports", "--json").stdout.splitlines()] == [
        "back"
    ]
    gone = log("imports", "--remove", "old", code=Exit.USAGE)
    assert "there is no log `old`" in gone.stderr
    assert "help: there is: back" in gone.stderr


def test_imports_and_their_exports_are_noted(tickets: Path, tmp_path: Path) -> None:
    log("import", tickets, "--map", MAP)
    log("export", "--imported", "tickets")
    acts = read_acts(DataFolder(tmp_path / "data"), [])
    assert [(act["type"], act["data"]) for act in acts] == [
        ("log.imported", {"name": "tickets", "cases": 3, "events": 6}),
        (
            "log.exported",
            {"format": "csv", "imported": "tickets", "cases": 3, "events": 6, "whole": True},
        ),
    ]


def test_what_is_imported_is_no_part_of_the_path_log(tickets: Path) -> None:
    log("import", tickets, "--map", MAP)
    assert log("list").stderr == "no such walks in the log\n"
    assert log("export", "--json").stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--map", "case"], "--map has no part like `case`"),
        (["--map", "who=Ticket"], "--map has no part like `who=Ticket`"),
        ([], "tickets.csv:1: has no column that is known as the case"),
        (["--map", "case=Id"], "tickets.csv:1: has no column `Id`"),
        (["--map", MAP, "--time-format", "%Y"], "tickets.csv:2: the time is none that is known"),
        (["--map", MAP, "--time-format", "%d.%m."], "--time-format: names no year: `%d.%m.`"),
        (["--map", MAP, "--name", "../x"], "`../x` is no name for a log"),
    ],
)
def test_mistakes_are_told_and_nothing_is_kept(
    tickets: Path, tmp_path: Path, arguments: list[str], told: str
) -> None:
    result = log("import", tickets, *arguments, code=Exit.USAGE)
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert log("imports").stdout == ""
    assert list((tmp_path / "data").glob("imports/*")) == []


def test_an_imported_log_is_not_written_as_everything(tickets: Path, tmp_path: Path) -> None:
    log("import", tickets, "--map", MAP)
    result = log("export", "--imported", "tickets", "--format", "ocel", code=Exit.USAGE)
    assert "an imported log is not written as ocel" in result.stderr
    assert "there is no log `x`" in log("export", "--imported", "x", code=Exit.USAGE).stderr
