from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from sopguide.cli import explain
from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.lint.registry import Page, pages


def _explain(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["explain", *arguments])


@pytest.mark.parametrize("name", ["SOP301", "sop301", "unreachable-step", "unreachable_step"])
def test_a_rule_is_explained_by_its_code_or_its_name(name: str) -> None:
    done = _explain(name)

    assert done.exit_code == Exit.OK
    assert done.output.startswith("SOP301  unreachable-step\nSteps that no answer leads to.\n")
    assert "\nGood:\n\n    start: power\n" in done.output


def test_a_script_gets_the_examples_as_they_would_be_typed() -> None:
    page = json.loads(_explain("gap", "--json").output)

    assert (page["code"], page["name"]) == ("SOP401", "gap")
    assert page["text"].startswith("Facts for which no rule")
    assert page["bad"].startswith("# library.yaml\nfacts:\n")
    assert page["found"].endswith("no rule holds for: age 13\n")


def test_without_a_name_all_rules_are_listed_by_family() -> None:
    done = _explain()

    assert done.output.startswith("SOP1xx  reading the files\n  SOP101  unreadable-file")
    assert "\n\nSOP4xx  facts, over the whole procedure\n  SOP401  gap " in done.output
    assert [row["code"] for row in json.loads(_explain("--json").output)] == [
        page.code for page in pages()
    ]


def test_a_name_that_is_no_rules_is_wrong_usage_and_the_nearest_is_offered() -> None:
    done = _explain("unreachable-stop")
    assert done.exit_code == Exit.USAGE
    assert "no rule is named `unreachable-stop`" in done.output
    assert "did you mean `unreachable-step`?" in done.output

    assert "`sopguide explain`" in _explain("%%").output


def test_a_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "wants_colour", lambda: True)

    done = CliRunner().invoke(program, ["explain", "SOP301"], color=True)
    assert "\x1b[32m\x1b[1mGood:" in done.output


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.code)
def test_every_rule_has_a_page_that_says_why(page: Page) -> None:
    assert page.headline.endswith(".")
    assert len(page.text.split("\n\n")) > 1, "a page is more than its headline"
