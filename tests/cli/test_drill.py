"""`sopguide drill`: from a scenario's ticket to a score, and the table of who is ready."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.local import LocalLog
from sopguide.log.wanted import Wanted
from tests.locked_out import FILES, SCENARIOS, SOP, write

if TYPE_CHECKING:
    from click.testing import Result

ALONE = """\
- scenario: No proof at all
  ticket: {subject: "cant get in", body: "help\\nplease", facts: {age: 24}}
  answers: {reach: no, identity/verify.which: none}
  expect: {end: rejected, macro: not-shown, label: account/refused}
"""


pytestmark = pytest.mark.usefixtures("time_stands_still")


@pytest.fixture(autouse=True)
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOPGUIDE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("SOPGUIDE_TREES", raising=False)
    monkeypatch.chdir(tmp_path)
    return write(Path("trees"), {**FILES, SCENARIOS: ALONE})


def drill(typed: str, *arguments: str) -> Result:
    return CliRunner().invoke(program, ["drill", *arguments], input=typed)


def results() -> list[dict[str, Any]]:
    shown = CliRunner().invoke(program, ["drill", "--results", "--json"])
    rows: list[dict[str, Any]] = json.loads(shown.stdout)["results"]
    return rows


def test_shows_the_ticket_asks_without_hints_and_grades() -> None:
    result = drill("no\nnone\n\n", "account/locked", "--seed", "1")
    assert result.exit_code == Exit.OK, result.output
    lines = result.stdout.splitlines()
    assert lines[:5] == ["Drill 1 of 1", "", "  cant get in", "  help", "  please"]
    assert "✓ right" in lines
    assert "CG-1" not in result.stdout
    assert lines[-1] == "1 drilled, 1 right, median score 100 (seed 1)"


def test_drills_in_the_language_asked_for(trees: Path) -> None:
    file = trees / "locale/es/LC_MESSAGES/account.po"
    file.parent.mkdir(parents=True)
    said = "¿Puede entrar desde algún dispositivo?"
    file.write_text(f'msgid "Can they sign in anywhere?"\nmsgstr "{said}"\n', "utf-8")

    assert said in drill("no\n", "--seed", "1", "--language", "es").stdout


def test_a_wrong_outcome_says_where_the_path_left_the_scenarios_and_why() -> None:
    result = drill("yes\n10\n\n", "--seed", "1")
    told = result.stdout[result.stdout.index("✗") :].splitlines()
    assert told[:5] == [
        "✗ wrong: end, macro, label",
        "  yours     resolved · macro welcome-back · label account/recovered",
        "  expected  rejected · macro not-shown · label account/refused",
        "  differs   reach = yes; the scenario: reach = no",
        "  because   CG-1",
    ]
    assert told[5] == "  because   CG-2"
    assert told[6].startswith("  score     0 of 100 · path 0% · time 00:00 (expected 00:40)")


def test_an_error_at_a_critical_step_fails_the_drill() -> None:
    result = drill("no\nreceipt\ndone\n600\n\n", "--seed", "1")
    assert (
        "  differs   identity/verify.which = receipt; the scenario: identity/verify.which = none"
        in (result.stdout)
    )
    assert "  critical  an error at this step fails the drill" in result.stdout
    assert [(row["right"], row["passed"]) for row in results()] == [(0, 0)]


def test_a_ticket_may_have_no_subject_and_a_path_may_take_fewer_steps() -> None:
    longer = ALONE.replace('subject: "cant get in", ', "").replace("none}", "receipt, age: 12}")
    Path("trees", SCENARIOS).write_text(longer.replace("{age: 24}", "{amount: 10}"))
    result = drill("no\nnone\n\n", "--seed", "1")
    assert result.stdout.splitlines()[:3] == ["Drill 1 of 1", "", "  help"]
    assert "✓ right" in result.stdout
    early = ALONE.replace("{age: 24}", "{amount: 10}").replace(
        "no, identity/verify.which: none}", "yes, age: 12}"
    )
    Path("trees", SCENARIOS).write_text(early)
    result = drill("no\nreceipt\ndone\n12\n\n", "--seed", "1")
    assert "differs   reach = no; the scenario: reach = yes" in result.stdout


def test_a_drill_that_is_left_is_given_up_and_not_graded(tmp_path: Path) -> None:
    result = drill("no\n", "--seed", "1")
    assert result.exit_code == Exit.OK
    assert "drilled" not in result.stdout
    assert results() == []
    with LocalLog(tmp_path / "data") as log:
        [walk] = log.walks(Wanted(mode="drill"))
        assert (walk.status, log.unfinished()) == ("abandoned", [])


def test_ctrl_c_gives_the_drill_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def interrupt(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("sopguide.cli.plain_desk.Lines.ask", interrupt)
    assert drill("").exit_code == Exit.INTERRUPTED
    with LocalLog(tmp_path / "data") as log:
        assert [walk.status for walk in log.walks()] == ["abandoned"]


def test_the_seed_gives_the_order_and_the_count_how_many() -> None:
    Path("trees", SCENARIOS).write_text(FILES[SCENARIOS])

    def subjects(seed: int) -> list[str]:
        typed = "yes\n10\n20\n\n" * 3
        shown = drill(typed, "--seed", str(seed)).stdout.splitlines()
        return [shown[place + 2] for place, text in enumerate(shown) if text.startswith("Drill ")]

    assert subjects(7)[:1] == subjects(7)[:1]
    assert {tuple(subjects(seed)[:1]) for seed in range(9)} > {tuple(subjects(0)[:1])}
    assert "Drill 1 of 2" in drill("", "--count", "2").stdout


def test_a_scenario_that_fails_its_own_test_is_left_out() -> None:
    wrong = ALONE.replace("No proof at all", "Wrong").replace("rejected", "resolved")
    Path("trees", SCENARIOS).write_text(ALONE + wrong)
    result = drill("", "--count", "9")
    assert "Drill 1 of 1" in result.stdout
    assert "left out, since it fails its own test: account/locked: Wrong" in result.stderr


def test_what_cannot_be_drilled_is_said() -> None:
    assert drill("", "acount/locked").stderr == (
        "sopguide: no SOP is named `acount/locked`\n  help: did you mean `account/locked`?\n"
    )
    assert drill("", "identity/verify").stderr == (
        "sopguide: there is nothing to drill in identity/verify\n"
    )
    assert drill("", "--json").stderr == "sopguide: --json goes with --results\n"
    Path("trees", SOP).write_text(FILES[SOP])  # without its owner, about and so on
    assert drill("", "account/locked").stderr == (
        "sopguide: `account/locked` has errors\n  help: sopguide check shows them\n"
    )
    assert "there is nothing to drill in trees" in drill("").stderr


def test_results_are_a_table_by_person_and_sop() -> None:
    begun = datetime.now(UTC).astimezone()
    assert CliRunner().invoke(program, ["drill", "--results"]).stderr == (
        "no drills yet; `sopguide drill` begins one\n"
    )
    drill("no\nnone\n\n", "--seed", "1")
    drill("yes\n10\n\n", "--seed", "1")
    [row] = results()
    assert row["sop"] == "account/locked"
    assert (row["drills"], row["right"], row["passed"], row["score"]) == (2, 1, 1, 50)
    assert row["stumbles"] == [{"step": "reach", "times": 1}]
    head, line = CliRunner().invoke(program, ["drill", "--results"]).stdout.splitlines()
    assert head.split() == [
        *("person", "SOP", "drills", "right", "passed", "score", "last", "stumbles", "at")
    ]
    assert any(f"{day:%Y-%m-}" in line for day in (begun, datetime.now(UTC).astimezone()))
    assert line.endswith("reach 1x")


def test_after_enough_right_drills_their_time_is_what_is_expected() -> None:
    for _ in range(5):
        assert "(expected 00:40)" in drill("no\nnone\n\n", "--seed", "1").stdout
    assert "(expected 00:00)" in drill("no\nnone\n\n", "--seed", "1").stdout
