"""Keys that come faster than screens: none is lost, none counts twice, none comes too late."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.widgets import Input

from sopguide.tui.screens.find import FindPage
from sopguide.tui.widgets.writing import Writing
from tests.tui import hostile
from tests.tui.fakes import AGE, DO, MANY, PROOF, FakeDesk, make_offer
from tests.tui.running import at_the_desk, walking

if TYPE_CHECKING:
    from textual.pilot import Pilot

OFFERS = (make_offer("account/hacked", "Account taken over"),)


def send(pilot: Pilot[str], *keys: str) -> None:
    """Press keys without waiting for what comes of each."""
    for key in keys:
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = Key(name, key if len(key) == 1 else None)
        event.set_sender(pilot.app)
        pilot.app._driver.send_message(event)  # type: ignore[union-attr]


async def test_what_is_typed_while_a_page_opens_goes_into_it() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        send(pilot, "n", *"huge", "enter", "1")
        await pilot.pause()
        assert ("remark", "note", "huge", None) in walk.calls
        assert walk.calls.count(("remark", "note", "huge", None)) == 1
        assert walk.given == ["mail"]


async def test_what_is_typed_before_a_question_with_a_field_is_drawn_goes_into_the_field() -> None:
    async with walking(AGE, PROOF, AGE, MANY) as (pilot, walk):
        send(pilot, *"24", "enter")
        await pilot.pause()
        send(pilot, "2", *"31", "enter")
        await pilot.pause()
        assert walk.given == ["24", "receipt", "31"]


async def test_enter_twice_takes_what_was_found_once() -> None:
    async with walking(PROOF, DO) as (pilot, _):
        await pilot.press("/")
        send(pilot, *"theme", "enter", "enter")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, FindPage)
        assert pilot.app.is_running


async def test_a_key_pressed_twice_before_its_page_stands_does_no_harm() -> None:
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        send(pilot, "f4", "f4")
        await pilot.pause()
        assert pilot.app.is_running
        send(pilot, "f4", *"ab")
        await pilot.pause()
        assert pilot.app.screen.query_one(Writing).text == "ab"


async def test_nothing_is_answered_once_the_desk_was_left() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        send(pilot, "q", "1", "escape", "enter")
        await pilot.pause()
    assert walk.calls == ["suspend"]
    assert walk.given == []


PASTED = (*hostile.ALL, hostile.LONG, hostile.WIDE, "", "\n")


@pytest.mark.parametrize("text", PASTED, ids=range(len(PASTED)))
async def test_what_is_pasted_into_fields_is_cleaned_and_cut_to_their_room(text: str) -> None:
    async with walking(AGE) as (pilot, _):
        pilot.app.post_message(Paste(text))
        await pilot.pause()
        value = pilot.app.screen.query_one(Input).value
        assert len(value) <= 400
        assert value.isprintable() or text in {hostile.EMOJI, hostile.NOTHING}
        if text == hostile.LONG:
            assert value == "L" * 400
    async with at_the_desk(FakeDesk(offers=OFFERS)) as pilot:
        await pilot.press("f4")
        pilot.app.post_message(Paste(text))
        await pilot.pause()
        assert "\x1b" not in pilot.app.screen.query_one(Writing).text
        assert len(pilot.app.screen.query_one(Writing).text) <= 20_000
