"""`sopguide log export`: what a lead gets, where it lies, and what is noted of it."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.acts import read_acts
from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from tests.log.making import HEADER, begin, complete, walk_id

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from tests.log.team.postgres import Store

FORMATS = ("csv", "jsonl", "xes", "ocel")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three finished walks of seven events, on two days, and one of two that goes on."""
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path / "data"))
    with LocalLog(tmp_path / "data") as log:
        complete(log, walk_id(1))
        complete(log, walk_id(2), HEADER._replace(sop="account/other", vendor="acme-bpo"))
        complete(log, walk_id(3), HEADER._replace(mode="drill", version="4.0.0"), day=1)
        begin(log, walk_id(4)).release()
    return tmp_path / "data"


def export(*arguments: object, code: Exit = Exit.OK) -> Result:
    result = CliRunner().invoke(program, ["log", "export", *map(str, arguments)])
    assert result.exit_code == code, result.output
    return result


def rows(*arguments: object) -> list[dict[str, str]]:
    return list(csv.DictReader(export(*arguments).stdout.splitlines()))


def acts(data: Path) -> list[dict[str, Any]]:
    return [act["data"] for act in read_acts(DataFolder(data), [])]


def test_every_event_of_every_walk_goes_to_stdout_as_csv(data: Path) -> None:
    found = rows()
    assert len(found) == 3 * 7 + 2
    assert {row["walk"] for row in found} == {walk_id(number) for number in range(1, 5)}


def test_only_the_walks_that_are_asked_for(data: Path) -> None:
    def walks(*arguments: object) -> list[int]:
        found = {row["walk"] for row in rows(*arguments)}
        return [number for number in range(1, 5) if walk_id(number) in found]

    assert walks("--sop", "account/other") == [2]
    assert walks("--vendor", "acme-bpo") == [2]
    assert walks("--version", "4.0.0") == [3]
    assert walks("--mode", "drill") == [3]
    assert walks("--since", "2026-11-23T00:00:00+00:00") == [3]
    assert walks("--until", "2026-11-23T00:00:00+00:00") == [1, 2, 4]
    assert walks("--since", "2026-11-22", "--until", "2026-11-22") == []


def test_a_time_that_is_none_is_told_by_its_option(data: Path) -> None:
    result = export("--until", "soon", code=Exit.USAGE)
    assert "--until is no date and no span: `soon`" in result.stderr


def test_the_effective_path_has_the_steps_alone(data: Path) -> None:
    found = rows("--path", "effective", "--mode", "drill")
    assert [(row["seq"], row["activity"], row["answer"]) for row in found] == [
        ("2", "reach", "no"),
        ("3", "refuse", ""),
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_goes_to_a_file_which_is_summed_up(data: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"out.{kind}"
    result = export("--format", kind, "--out", out)
    assert result.stdout == (
        f"23 events of 4 cases written to {out} ({out.stat().st_size:,} bytes): "
        "2 variants, 6 directly-follows edges\n"
    )
    assert result.stderr == ""
    assert out.stat().st_mode & 0o777 == 0o600
    assert out.read_text() == export("--format", kind).stdout


def test_the_summary_of_an_export_to_stdout_goes_to_stderr(data: Path) -> None:
    assert "23 events of 4 cases written: 2 variants" in export().stderr
    told = json.loads(export("--json").stderr)
    assert told == {
        "format": "csv",
        "out": None,
        "bytes": None,
        "cases": 4,
        "events": 23,
        "activities": 6,
        "variants": 2,
        "directly_follows": 6,
        "first": "2026-11-22T12:00:00.000Z",
        "last": "2026-11-23T12:01:00.000Z",
    }


def test_each_text_is_what_its_format_says(data: Path) -> None:
    assert all(json.loads(line) for line in export("--format", "jsonl").stdout.splitlines())
    assert len(json.loads(export("--format", "ocel").stdout)["events"]) == 23
    assert len(ET.fromstring(export("--format", "xes").stdout).findall("trace/event")) == 23  # noqa: S314


def test_parquet_fills_a_folder(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "walks"
    told = json.loads(export("--format", "parquet", "--out", out, "--json").stdout)
    assert (told["events"], told["out"], told["bytes"] > 0) == (23, str(out), True)
    assert sorted(str(path.relative_to(out)) for path in out.glob("*/*")) == [
        "day=2026-11-22/sop=account%2Fhacked",
        "day=2026-11-22/sop=account%2Fother",
        "day=2026-11-23/sop=account%2Fhacked",
    ]
    again = export("--format", "parquet", "--out", out, code=Exit.ENVIRONMENT)
    assert "is there already and not empty" in again.stderr


def test_parquet_needs_a_folder_and_its_package(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Parquet needs a folder" in export("--format", "parquet", code=Exit.USAGE).stderr
    monkeypatch.setattr("sopguide.cli.log.export.find_spec", lambda _: None)
    result = export("--format", "parquet", "--out", tmp_path / "out", code=Exit.ENVIRONMENT)
    assert 'pip install "sopguide[export]"' in result.stderr


def test_agents_can_have_other_names(data: Path) -> None:
    found = {row["agent"] for row in rows("--pseudonymous")}
    assert len(found) == 1
    assert found != {row["agent"] for row in rows()} == {"ann"}
    for kind in FORMATS:
        text = export("--pseudonymous", "--format", kind).stdout
        assert not re.search(r"\bann\b", text)
        assert re.search(r"\bann\b", export("--format", kind).stdout)


def test_nothing_that_is_kept_apart_is_exported(data: Path) -> None:
    for kind in FORMATS:
        text = export("--format", kind).stdout
        assert "T-1" not in text
        assert "cant get in" not in text


def test_every_export_is_noted_before_it_is_there(data: Path, tmp_path: Path) -> None:
    export("--format", "xes", "--out", tmp_path / "out.xes", "--sop", "account/hacked")
    export("--path", "effective", "--pseudonymous")
    assert acts(data) == [
        {
            "format": "xes",
            "path": "raw",
            "pseudonymous": False,
            "team": False,
            "sop": "account/hacked",
            "cases": 3,
            "events": 16,
            "whole": True,
        },
        {
            "format": "csv",
            "path": "effective",
            "pseudonymous": True,
            "team": False,
            "cases": 4,
            "events": 7,
            "whole": True,
        },
    ]


def test_the_teams_walks_are_exported_as_far_as_a_login_sees_them(
    data: Path, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOPGUIDE_DB", store.person("ann"))
    shipped = CliRunner().invoke(program, ["log", "ship"])
    assert shipped.exit_code == Exit.OK, shipped.output
    elsewhere = ("--team", "--data", tmp_path / "elsewhere")
    monkeypatch.setenv("SOPGUIDE_DB", store.person("lea", "lead"))
    assert {row["walk"] for row in rows(*elsewhere)} == {walk_id(each) for each in range(1, 5)}
    assert {row["agent"] for row in rows(*elsewhere, "--sop", "account/other")} == {"ann"}
    monkeypatch.setenv("SOPGUIDE_DB", store.person("bea", vendor="acme"))
    assert rows(*elsewhere) == []
    assert [act["team"] for act in acts(tmp_path / "elsewhere")] == [True] * 3


def test_an_export_that_cannot_be_noted_is_not_there(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sopguide.log.faults import LogError

    def full(*_: object) -> None:
        raise LogError("no space left")

    monkeypatch.setattr("sopguide.cli.log.export_source.record_act", full)
    result = export("--out", tmp_path / "out.csv", code=Exit.ENVIRONMENT)
    assert "no space left" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_reader_who_leaves_early_had_something_all_the_same(data: Path) -> None:
    command = [sys.executable, "-m", "sopguide", "log", "export"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.close()
        assert child.wait() in (Exit.OK, Exit.READER_LEFT)
    [act] = acts(data)
    assert act["format"] == "csv"


def test_an_empty_log_gives_a_file_without_rows(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = export("--sop", "no/such", "--out", out)
    assert result.stderr == "no such walks in the log\n"
    assert len(out.read_text().splitlines()) == 1


def test_what_is_damaged_is_told_and_the_rest_exported(data: Path) -> None:
    [path, *_] = sorted((data / "walks").glob("*/*.json"))
    path.write_bytes(path.read_bytes()[:-20])
    result = export(code=Exit.FINDINGS)
    assert str(path) in result.stderr
    assert len(result.stdout.splitlines()) > 1


def test_a_place_that_cannot_be_written_is_told(data: Path, tmp_path: Path) -> None:
    result = export("--out", tmp_path / "missing" / "out.csv", code=Exit.ENVIRONMENT)
    assert "cannot write" in result.stderr
