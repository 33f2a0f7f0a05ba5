"""The procedures that travel with sopguide: they are clean, and their scenarios show all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sopguide.graph.load import load_library
from sopguide.review.suite import Run, run_all, scenarios_of

if TYPE_CHECKING:
    from sopguide.graph.library import Library

TREES = Path(__file__).parents[2] / "trees"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PROCEDURES = {
    "account/hacked",
    "account/underage",
    "copyright/counter-notice",
    "copyright/takedown",
    "identity/verify-owner",
    "payments/live-gift-refund",
    "privacy/data-access",
    "safety/harassment",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(TREES, None)


@pytest.fixture(scope="module")
def run(library: Library) -> Run:
    return run_all(library, scenarios_of(library, lambda _: True), NOW, covering=True, processes=1)


def test_the_shipped_trees_are_clean(library: Library) -> None:
    assert not library.diagnostics


def test_every_shipped_procedure_is_there_and_can_be_walked(library: Library) -> None:
    assert set(library.sops) >= PROCEDURES
    assert all(entry.walkable or entry.sub_procedure for entry in library.sops.values())


def test_every_shipped_scenario_ends_as_it_says(run: Run) -> None:
    assert run.results
    assert not run.failed


def test_the_shipped_scenarios_pass_through_every_answer_rule_and_end(run: Run) -> None:
    assert run.coverage is not None
    missed = {sop: list(run.coverage.missed(sop)) for sop in run.coverage.sops()}
    assert not any(missed.values()), missed


def test_every_macro_is_written_in_every_language(library: Library) -> None:
    for sop, entry in library.sops.items():
        if entry.walkable:
            for macro in library.form(sop)["macros"].values():
                assert set(macro["body"]) == {"en", "es", "de"}
