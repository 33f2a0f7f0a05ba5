"""The authoring guide: every example in it compiles, and every mistake it shows is reported."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sopguide.diagnostics import Severity
from sopguide.graph.load import load_library
from sopguide.proof.check import prove_library
from sopguide.review.suite import run_all, scenarios_of
from tests.trees.guide import examples

if TYPE_CHECKING:
    from sopguide.diagnostics import Diagnostic
    from sopguide.graph.library import Library
    from tests.trees.guide import Example

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
GUIDE = (Path(__file__).parents[2] / "trees" / "README.md").read_text(encoding="utf-8")
EXAMPLES = list(examples(GUIDE))
GOOD = [example for example in EXAMPLES if example.wrong is None]
SHOWING_SCENARIOS = [
    example for example in GOOD if any(file.startswith("scenarios/") for file in example.files)
]
WRONG = [example for example in EXAMPLES if example.wrong is not None]


def errors_of(library: Library) -> list[Diagnostic]:
    return [found for found in library.diagnostics if found.severity is Severity.ERROR]


def name(example: Example) -> str:
    return f"{example.line}-{example.title}"


@pytest.mark.parametrize("example", GOOD, ids=name)
def test_an_example_of_the_guide_compiles(example: Example, tmp_path: Path) -> None:
    library = load_library(example.write(tmp_path), None)
    assert not errors_of(library)


@pytest.mark.parametrize("example", SHOWING_SCENARIOS, ids=name)
def test_a_scenario_of_the_guide_ends_as_it_says(example: Example, tmp_path: Path) -> None:
    library = load_library(example.write(tmp_path), None)
    run = run_all(library, scenarios_of(library, lambda _: True), NOW, processes=1)
    assert run.results
    assert not run.failed


@pytest.mark.parametrize("example", WRONG, ids=name)
def test_a_mistake_shown_in_the_guide_is_reported_by_its_code(
    example: Example, tmp_path: Path
) -> None:
    library = load_library(example.write(tmp_path), None)
    found = {one.code for one in library.diagnostics}
    assert example.wrong in found
    assert {one.code for one in errors_of(library)} <= {example.wrong}


def test_the_guide_shows_enough() -> None:
    assert len(GOOD) > 30, "a reader that finds no blocks would pass all else"
    assert len(WRONG) > 10


def test_the_guide_tells_what_the_proof_says_of_a_limit_that_is_too_short(tmp_path: Path) -> None:
    example = next(each for each in GOOD if "sops/example/clock.yaml" in each.files)
    trees = example.write(tmp_path)
    place = trees / "sops/example/clock.yaml"

    assert not proved(trees)
    place.write_text(place.read_text().replace("limit: 14d ", "limit: 7d "), encoding="utf-8")
    [late] = proved(trees)
    assert f"    {late.severity.value}[{late.code}] {late.headline}\n" in GUIDE


def proved(trees: Path) -> list[Diagnostic]:
    found = prove_library(load_library(trees, None), None)
    return [each for each in found if each.code == "SOP413"]
