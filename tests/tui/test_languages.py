"""The desk in another language: its own words are said in it, and everything keeps its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

from sopguide.messages import use
from tests.tui.fakes import AGE, DO, ENDED, MANY, PROOF, WAIT
from tests.tui.running import SMALL, lines_of, row_of, text_of, walking

if TYPE_CHECKING:
    from sopguide.walk.view import View

VIEWS = {"pick": PROOF, "type": AGE, "tick": DO, "mark": MANY, "wait": WAIT, "end": ENDED}
by_view = pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
by_language = pytest.mark.parametrize("language", ["de", "es"])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("de", ["antworten", "zurück", "Tasten", "Noch möglich:"]),
        ("es", ["responder", "atrás", "teclas", "Aún posible:"]),
    ],
)
async def test_the_desk_speaks_the_language_in_use(language: str, words: list[str]) -> None:
    use(language)
    async with walking(PROOF) as (pilot, _):
        shown = text_of(pilot)

    assert [word for word in words if word not in shown] == []


async def test_pages_and_what_is_said_in_passing_are_in_that_language_too() -> None:
    use("de")
    async with walking(PROOF) as (pilot, _):
        await pilot.press("question_mark")
        assert "Sofort antworten" in text_of(pilot)
        await pilot.press("escape", "9")
        assert "Hier gibt es keine Antwort 9" in text_of(pilot)


@by_language
@pytest.mark.parametrize("view", [PROOF, AGE, DO, MANY, WAIT], ids=lambda view: view.step)
async def test_the_question_and_the_answers_stay_where_they_are(view: View, language: str) -> None:
    async with walking(view) as (pilot, _):
        question = row_of(pilot, view.text.split()[-1])
    use(language)
    async with walking(view) as (pilot, _):
        assert row_of(pilot, view.text.split()[-1]) == question


@by_language
@by_view
async def test_no_row_is_wider_than_the_screen(view: View, language: str) -> None:
    use(language)
    async with walking(view) as (pilot, _):
        assert max(map(wcswidth, lines_of(pilot))) <= SMALL[0]


@by_language
@by_view
async def test_the_way_back_and_the_keys_are_always_named(view: View, language: str) -> None:
    use(language)
    async with walking(view) as (pilot, _):
        keys = lines_of(pilot)[-1]

    assert {"de": "zurück", "es": "atrás"}[language] in keys
    assert keys.endswith({"de": "Tasten", "es": "teclas"}[language])
