"""`sopguide test`: which scenarios a path means, what is printed, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from tests.locked_out import FILES, SCENARIOS, SOP, write

if TYPE_CHECKING:
    from click.testing import Result

WRONG = """\
- scenario: It should be fine
  ticket: {facts: {age: 12, amount: 10}}
  answers: {reach: yes}
  expect: {end: resolved, macro: welcome-back, label: account/recovered}
"""


@pytest.fixture(autouse=True)
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOPGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("SOPGUIDE_TREES", raising=False)
    monkeypatch.chdir(tmp_path)
    return write(Path("trees"))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["test", *arguments])


def test_a_library_whose_scenarios_pass_says_so_in_one_line() -> None:
    result = run()
    assert result.exit_code == Exit.OK
    assert result.stdout.startswith("3 scenarios of 1 SOP: 3 passed (")
    assert result.stdout.count("\n") == 1
    assert result.stderr == ""


@pytest.mark.parametrize(
    "path",
    [
        "trees",
        "trees/scenarios",
        "trees/scenarios/account",
        "trees/scenarios/account/locked.yaml",
        "trees/sops/account/locked.yaml",
        "trees/sops",
        "account/locked",
        "account/locked.yaml",
    ],
)
def test_a_path_may_be_a_library_an_sop_or_where_scenarios_are(path: str) -> None:
    assert run(path).stdout.startswith("3 scenarios of 1 SOP: 3 passed (")


def test_a_library_elsewhere_is_found_above_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    assert run(str(tmp_path / "trees" / "scenarios")).exit_code == Exit.OK
    assert run("account/locked", "--trees", str(tmp_path / "trees")).exit_code == Exit.OK


def test_a_failing_scenario_shows_what_differs_and_where() -> None:
    Path("trees", SCENARIOS).write_text(FILES[SCENARIOS] + WRONG)
    result = run()
    assert result.exit_code == Exit.FINDINGS
    assert result.stdout.splitlines()[:-1] == [
        "✗ account/locked: It should be fine",
        "  at        trees/scenarios/account/locked.yaml:13",
        "  why       end and macro and label differ",
        "  expected  resolved · macro welcome-back · label account/recovered",
        "  got       rejected · macro not-shown · label account/refused",
        "  differs   route (by rule) → refuse",
        "  because   CG-MINOR",
        "  facts     age = 12, amount = 10, reach = yes",
        "",
    ]
    assert result.stdout.splitlines()[-1].startswith("4 scenarios of 1 SOP: 3 passed, 1 failed (")


def test_an_answer_that_led_elsewhere_is_shown_and_a_hand_off_too() -> None:
    Path("trees", SCENARIOS).write_text(
        "- scenario: To seniors\n"
        "  ticket: {facts: {amount: 900}}\n"
        "  answers: [no, none]\n"
        "  expect: {end: escalated, macro: none, label: account/senior,"
        " escalate: {to: seniors, within: 4h}}\n"
    )
    lines = run().stdout.splitlines()
    assert (
        "  expected  escalated · macro none · label account/senior · to seniors within 4h" in lines
    )
    assert (
        "  differs   identity/verify.which = none (by agent) → identity/verify.not_verified"
        in lines
    )


def test_a_walk_that_does_not_end_shows_its_status() -> None:
    Path("trees", SCENARIOS).write_text(
        "- scenario: Too little\n"
        "  expect: {end: resolved, macro: welcome-back, label: account/recovered}\n"
    )
    lines = run().stdout.splitlines()
    assert "  got       needs at reach" in lines
    assert "  facts     none" in lines


def test_json_holds_every_result_and_what_differs() -> None:
    Path("trees", SCENARIOS).write_text(FILES[SCENARIOS] + WRONG)
    found = json.loads(run("--json", "--coverage").stdout)
    assert (found["passed"], found["failed"], found["not_run"]) == (3, 1, [])
    assert found["scenarios"][3]["differs"]["step"] == "route"
    assert found["scenarios"][3]["facts"]["amount"] == 10
    assert found["coverage"]["account/locked"]["ends"] == {"passed": 3, "of": 3}


def test_coverage_lists_what_no_scenario_passes_through() -> None:
    lines = run("--coverage").stdout.splitlines()
    assert lines[:4] == [
        "coverage            steps   answers     rules      ends",
        "account/locked        4/4       3/4       3/4       3/3",
        "identity/verify       2/3       1/2       0/0       0/0",
        (
            "  missed account/locked.route, rule 3: "
            "scenarios came here 3 times; what held was rule 1, rule 2, rule 4"
        ),
    ]


def test_an_sop_with_errors_is_not_run_and_says_why() -> None:
    Path("trees", SOP).write_text(Path("trees", SOP).read_text().replace("go: proof", "go: prof"))
    result = run()
    assert result.exit_code == Exit.FINDINGS
    assert "✗ account/locked: has errors, so its scenarios were not run" in result.stdout
    assert "1 SOP with errors not run" in result.stdout
    assert "trees/sops/account/locked.yaml:9:30: error[SOP201]" in result.stderr
    assert json.loads(run("--json").stdout)["not_run"] == ["account/locked"]


def test_a_scenario_file_with_errors_is_a_finding() -> None:
    Path("trees", SCENARIOS).write_text(FILES[SCENARIOS] + "- scenario: Half\n")
    result = run()
    assert result.exit_code == Exit.FINDINGS
    assert "error[" in result.stderr


def test_what_does_not_exist_is_wrong_usage() -> None:
    missing = run("account/lokced")
    assert missing.exit_code == Exit.USAGE
    assert missing.stderr == (
        "sopguide: no SOP is named `account/lokced`\n  help: did you mean `account/locked`?\n"
    )
    none = run("identity/verify")
    assert none.exit_code == Exit.USAGE
    assert none.stderr == "sopguide: there are no scenarios in identity/verify\n"
    Path("outside").mkdir()
    outside = run("outside")
    assert outside.exit_code == Exit.USAGE
    assert "this lies in no library" in outside.stderr
