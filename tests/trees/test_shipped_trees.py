"""The procedures that travel with sopguide: they are clean, and their scenarios show all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.graph.load import load_library
from sopguide.review.routes import places
from sopguide.review.scenarios import run_scenario
from sopguide.review.suite import Run, run_all, scenarios_of
from sopguide.walk.back import go_back
from sopguide.walk.events import Moment
from sopguide.walk.path import AGENT
from sopguide.walk.procedure import Procedure
from sopguide.walk.view import view
from sopguide.walk.wording import render_macro

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.library import Library
    from sopguide.review.scenarios import Scenario
    from sopguide.walk.view import View
    from sopguide.walk.walk import Walk

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
LANGUAGES = {"en", "es", "de"}


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(TREES, None)


@pytest.fixture(scope="module")
def run(library: Library) -> Run:
    return run_all(library, scenarios_of(library, lambda _: True), NOW, covering=True, processes=1)


def test_the_shipped_trees_are_clean(library: Library) -> None:
    assert not library.diagnostics


def test_the_shipped_procedures_are_read_in_three_languages(library: Library) -> None:
    assert {*library.languages, library.locales[0]} == LANGUAGES


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


def test_every_shipped_reply_is_written_in_every_language(library: Library) -> None:
    for sop, entry in library.sops.items():
        if entry.walkable:
            for macro in library.form(sop).get("macros", {}).values():
                assert set(macro["body"]) == LANGUAGES


def test_no_shipped_reply_leaves_a_placeholder_open(library: Library) -> None:
    left_open = {
        (scenario.sop, scenario.name, macro, locale): rendered.missing
        for scenario, walk, macro in replies(library)
        for locale in LANGUAGES
        if (rendered := render_macro(walk, macro, locale, scenario.ticket)).missing
    }
    assert not left_open


@pytest.mark.parametrize("language", sorted(LANGUAGES - {"en"}))
def test_no_agent_reads_english_who_reads_another_language(library: Library, language: str) -> None:
    english = {
        (sop, text)
        for sop, walk, ticket in questions(library)
        for text in texts(view(walk, ticket, language))
        if text.startswith("(en) ")
    }
    assert not english


def texts(shown: View) -> Iterator[str]:
    """Everything of a view that an author wrote."""
    yield from (shown.title, shown.text, shown.help, *shown.because, *shown.check)
    yield from (choice.label for choice in shown.choices)
    yield from (row.answer for row in shown.path)
    yield from (row.label for row in shown.facts)
    yield shown.unit or ""


def questions(library: Library) -> Iterator[tuple[str, Walk, dict[str, Any]]]:
    """The walk of every scenario, at its end and at each step where the agent stood."""
    for sop, scenarios in scenarios_of(library, lambda _: True).items():
        form = library.form(sop)
        procedure, found = Procedure(form, library.sops[sop].hash or ""), places(form)
        for scenario in scenarios:
            _, ended = run_scenario(procedure, found, scenario, NOW)
            assert ended.walk is not None
            yield sop, ended.walk, scenario.ticket
            for place, passage in enumerate(ended.walk.path):
                if passage.answered and passage.by == AGENT:
                    back = go_back(ended.walk, at=Moment(0, 0), to=place)
                    yield sop, back.walk, scenario.ticket


def replies(library: Library) -> Iterator[tuple[Scenario, Walk, str]]:
    """Every reply that a scenario sends, with the walk as it stands there."""
    for sop, scenarios in scenarios_of(library, lambda _: True).items():
        form = library.form(sop)
        procedure, found = Procedure(form, library.sops[sop].hash or ""), places(form)
        for scenario in scenarios:
            _, ended = run_scenario(procedure, found, scenario, NOW)
            assert ended.walk is not None
            for walk in standing_places(ended.walk):
                macro = found[walk.path[-1].step].form.get("macro", "none")
                if macro != "none":
                    yield scenario, walk, macro


def standing_places(walk: Walk) -> Iterator[Walk]:
    """The walk at its end, and as it stood at every wait on the way."""
    yield walk
    for place, passage in enumerate(walk.path):
        if passage.kind == "wait":
            yield go_back(walk, at=Moment(0, 0), to=place).walk
