"""What was drawn while the agent read looks as it would if it were drawn when it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key

from sopguide.tui.screens.step import StepScreen
from tests.tui.fakes import AGE, COUNTRY, DO, MANY, PROOF, STUCK, TELL, WAIT, FakeWalk, make_view
from tests.tui.running import SMALL, WIDE, text_of, walking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from sopguide.desk.foreseeing import Sight

LONG = make_view(
    text="Which of these is it? " * 8,
    help="Ask twice, and write down what is said. " * 6,
    critical=True,
    choices=PROOF.choices[:2],
)
VIEWS = (PROOF, LONG, PROOF, DO, TELL, MANY, AGE, COUNTRY, WAIT, STUCK)


async def foreseen(pilot: Pilot[Any]) -> int:
    """Wait until all answers have been looked behind; tells how many steps were drawn."""
    screen = pilot.app.screen
    assert isinstance(screen, StepScreen)
    while screen._to_see is not None:
        await pilot.pause()
    return len(screen._foreseen)


async def show_next(pilot: Pilot[Any], walk: FakeWalk) -> str:
    """The next view, whatever is asked now."""
    walk.at += 1
    pilot.app._show()  # type: ignore[attr-defined]
    await pilot.pause()
    return text_of(pilot)


@pytest.mark.parametrize("size", [SMALL, WIDE, (80, 12)])
async def test_a_step_looks_the_same_whether_it_was_foreseen_or_not(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with walking(*VIEWS, size=size) as (pilot, walk):
        shown, drawn = [], []
        for _ in VIEWS[1:]:
            drawn.append(await foreseen(pilot))
            shown.append(await show_next(pilot, walk))

    def blind(_walk: FakeWalk, _choice: Any) -> Sight | None:
        return None

    monkeypatch.setattr(FakeWalk, "foresee", blind)
    async with walking(*VIEWS, size=size) as (pilot, walk):
        for text in shown:
            assert await show_next(pilot, walk) == text
    assert len(set(shown)) == len(VIEWS) - 1
    assert drawn == [4, 2, 4, 0, 1, 0, 1, 12, 2]


async def test_what_was_foreseen_at_another_width_is_drawn_anew() -> None:
    async with walking(PROOF, LONG, size=SMALL) as (pilot, walk):
        await foreseen(pilot)
        await pilot.resize_terminal(60, 24)
        narrow = await show_next(pilot, walk)
    async with walking(PROOF, LONG, size=(60, 24)) as (pilot, walk):
        assert await show_next(pilot, walk) == narrow


async def test_what_was_foreseen_in_other_colours_is_drawn_anew() -> None:
    async with walking(PROOF, LONG) as (pilot, walk):
        await foreseen(pilot)
        before = pilot.app.theme
        await pilot.press("t")
        await show_next(pilot, walk)
        pictures = {pilot.app.export_screenshot(simplify=True)}
        theme = pilot.app.theme
        assert theme != before
    async with walking(PROOF, LONG) as (pilot, walk):
        await pilot.press("t")
        assert pilot.app.theme == theme
        await show_next(pilot, walk)
        pictures.add(pilot.app.export_screenshot(simplify=True))
    assert len(pictures) == 1


async def test_an_answer_given_before_it_was_looked_behind_is_shown_as_well() -> None:
    async with walking(PROOF, LONG) as (pilot, walk):
        await pilot.press("1")
        assert walk.given == ["mail"]
        assert "Ask twice" in text_of(pilot)


async def test_a_key_between_two_pieces_is_answered_before_the_next_answer_is_looked_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[tuple[Any, list[Any]]] = []
    pressed: list[bool] = []
    foresee, see = FakeWalk.foresee, StepScreen._see

    def noted(walk: FakeWalk, choice: Any) -> Sight | None:
        looked.append((choice, [*walk.given]))
        return foresee(walk, choice)

    def pressed_meanwhile(screen: StepScreen, pieces: Iterator[None]) -> None:
        if pieces is screen._to_see and not pressed:
            pressed.append(screen.app.post_message(Key("1", "1")))
        see(screen, pieces)

    monkeypatch.setattr(FakeWalk, "foresee", noted)
    monkeypatch.setattr(StepScreen, "_see", pressed_meanwhile)
    async with walking(PROOF, LONG, TELL) as (pilot, walk):
        while not walk.given:
            await pilot.pause()
        await foreseen(pilot)
        assert walk.given == ["mail"]
    assert looked == [("mail", []), ("mail", ["mail"]), ("receipt", ["mail"])]
