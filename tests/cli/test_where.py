"""`sopguide where` as a lead calls it before changing something."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from sopguide.cli.main import program
from tests.graph.test_references import FILES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        file = tmp_path / "trees" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return tmp_path / "trees"


def run(*words: str) -> Result:
    return CliRunner().invoke(program, ["where", *words])


def test_every_use_has_its_place_and_what_uses_it() -> None:
    result = run("done")
    assert result.exit_code == 0
    assert result.stdout == (
        "macro `done`: trees/macros/m.yaml:1:1\n"
        "  trees/labels.yaml:1:35: label `group/done`: goes with it\n"
        "  trees/macros/m.yaml:2:52: macro `later`: replaces it\n"
        "  trees/scenarios/a.yaml:5:66: scenario `Two`: expected\n"
        "  trees/sops/a.yaml:23:31: step `end`: macro\n"
        "4 uses\n"
    )


def test_what_nothing_uses_is_said_to_be_unused() -> None:
    result = run("half")
    assert (result.exit_code, result.stdout) == (
        0,
        "fact `half`: trees/library.yaml:12:3\nnothing uses it\n",
    )
    assert run("limits").stdout.endswith("\n1 use\n")


def test_a_fact_or_step_of_one_sop_bears_its_name() -> None:
    both = run("a.who").stdout
    assert "fact `a.who`: trees/sops/a.yaml:6:3\n" in both
    assert "\n\nstep `a.who`: trees/sops/a.yaml:6:3\n" in both
    assert run("a.who", "--kind", "fact").stdout.startswith("fact `a.who`")
    assert "step" not in run("a.who", "--kind", "fact").stdout.splitlines()[0]


def test_facts_of_sops_are_found_without_the_sops_name_and_steps_on_request() -> None:
    assert run("seen").stdout.startswith("fact `a.seen`: ")
    assert run("end", "--kind", "step").stdout.startswith("step `a.end`: ")
    assert run("end").exit_code == 2


def test_a_whole_file_is_a_place_without_a_line() -> None:
    assert run("sub/proof").stdout.startswith("sop `sub/proof`: trees/sops/sub/proof.yaml\n")


def test_a_name_that_is_used_but_not_defined_is_found(trees: Path) -> None:
    assert run("gone").stdout.startswith("fact `gone`: not defined anywhere\n")
    (trees / "tables/limits.yaml").write_text(
        "hit: first\nrows: [{if: {age: = today}, value: 1}]\n"
    )
    assert run("today").stdout.startswith("fact `today`: given to every walk\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("dome",), "no thing of the library is named `dome`\n  help: did you mean `done`?"),
        (("dome", "--kind", "macro"), "no macro is named `dome`\n  help: did you mean `done`?"),
        (("limit", "--kind", "sop"), "no SOP is named `limit`"),
        (("whoo", "--kind", "fact"), "no fact is named `whoo`\n  help: did you mean `who`?"),
    ],
)
def test_an_unknown_name_is_wrong_usage(words: tuple[str, ...], told: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_script_gets_json() -> None:
    found = json.loads(run("limits", "--json").stdout)
    assert found == {
        "name": "limits",
        "found": [
            {
                "kind": "table",
                "name": "limits",
                "defined": {"file": "trees/tables/limits.yaml"},
                "uses": [
                    {
                        "file": "trees/library.yaml",
                        "line": 11,
                        "column": 33,
                        "end_line": 11,
                        "end_column": 39,
                        "by": "fact `limit`",
                        "role": "gives its value",
                    }
                ],
            }
        ],
    }
    assert json.loads(run("gone", "--json").stdout)["found"][0]["defined"] is None


def test_a_file_that_cannot_be_read_is_named(trees: Path) -> None:
    (trees / "sops/a.yaml").write_text("steps: {x: [\n")
    result = run("done")
    assert result.exit_code == 0
    assert result.stderr == "not searched, it cannot be read: trees/sops/a.yaml\n"


def test_names_that_steer_a_terminal_are_shown_harmless(trees: Path) -> None:
    (trees / "scenarios/a.yaml").write_text(
        '- {scenario: "a\\u202eb", answers: [], expect: {end: x, macro: done, label: y}}\n'
    )
    assert "scenario `a�b`: expected" in run("done").stdout
