"""Every key works in every state, or says why not; a person may change which key does what."""

from __future__ import annotations

import pytest
from textual.content import Content

from sopguide.desk.actions import ACTIONS, KeyMap
from sopguide.desk.settings import Settings
from sopguide.tui.app import DeskApp
from sopguide.tui.keys import Key, bar_of, face, fit, key_for, keys_for
from tests.tui.fakes import AGE, DO, ENDED, PROOF, STUCK, WAIT, FakeDesk, FakeWalk, make_parked
from tests.tui.running import lines_of, text_of, walking


def test_keys_have_a_face() -> None:
    assert [face(key) for key in ("ctrl+k", "f5", "backspace", "?", "N")] == [
        "^K",
        "F5",
        "⌫",
        "?",
        "N",
    ]


def test_while_text_is_typed_the_key_that_is_no_text_is_told() -> None:
    assert key_for(KeyMap(), "note").key == "n"
    assert key_for(KeyMap(), "note", typing=True).key == "F5"
    assert key_for(KeyMap(), "give-up", typing=True).word == ""
    assert keys_for(KeyMap(), ["help"])[0].key == "i h F2"


def test_words_that_matter_most_stay_on_a_narrow_line() -> None:
    keys = [Key("1", "answer", ""), *(key_for(KeyMap(), name) for name in ("undo", "leave"))]
    assert fit(keys, 80, ("undo", "leave")) == keys
    assert [key.word for key in fit(keys, 20, ("undo", "leave"))] == ["answer", "undo"]
    assert bar_of(keys).cell_length == len(" 1 answer  u undo  q leave")
    assert isinstance(bar_of(()), Content)


async def test_undo_and_redo_are_a_key_away() -> None:
    async with walking(PROOF, DO) as (pilot, walk):
        await pilot.press("1", "u")
        assert walk.calls == ["undo"]
        await pilot.press("r", "ctrl+z", "ctrl+y")
        assert walk.calls == ["undo", "redo", "undo", "redo"]


@pytest.mark.parametrize("view", [PROOF, AGE, DO, WAIT, STUCK, ENDED])
async def test_every_key_of_the_table_does_something_or_says_why_not(view: object) -> None:
    assert isinstance(view, type(PROOF))
    for action in ACTIONS:
        for key in action.keys:
            if action.name in {"back", "leave"} or (view is AGE and len(key) == 1):
                continue
            async with walking(view, view) as (pilot, walk):
                before = (text_of(pilot), pilot.app.theme)
                await pilot.press(key)
                after = (text_of(pilot), pilot.app.theme)
                assert after != before or walk.calls, (action.name, key)


async def test_a_key_without_a_meaning_says_so() -> None:
    async with walking(PROOF) as (pilot, _):
        await pilot.press("z")
        assert "`z` does nothing here; ? shows the keys" in text_of(pilot)
        await pilot.press("space")
        assert "There is nothing to tick here" in text_of(pilot)


@pytest.mark.parametrize(("key", "shown"), [("f12", "F12"), ("ctrl+x", "^X")])
async def test_a_named_key_without_a_meaning_says_so_too(key: str, shown: str) -> None:
    async with walking(PROOF) as (pilot, _):
        await pilot.press(key)
        assert f"`{shown}` does nothing here" in text_of(pilot)


async def test_a_key_of_the_screen_below_a_page_says_that_the_page_is_to_be_closed() -> None:
    async with walking(PROOF) as (pilot, walk):
        await pilot.press("i", "u")
        assert "Esc closes, then u" in text_of(pilot)
        assert "undo" not in walk.calls


async def test_letters_belong_to_the_text_and_other_keys_do_what_they_say() -> None:
    async with walking(AGE, DO) as (pilot, walk):
        await pilot.press(*"untw/?", "f2", "escape", "enter")
        assert walk.calls == ["help"]
        assert walk.given == ["untw/?"]


async def test_keys_that_were_changed_do_it_and_are_shown() -> None:
    settings = Settings(keys={"undo": "U f10", "park": "p f9"})
    walk = FakeWalk(PROOF, DO)
    app = DeskApp(FakeDesk(walk), sop="account/hacked", settings=settings, clock=lambda: 0.0)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("1", "U", "f10")
        assert walk.calls == ["undo", "undo"]
        assert "U undo" in lines_of(pilot)[-1]
        await pilot.press("u")
        assert "`u` does nothing here" in text_of(pilot)
        await pilot.press("question_mark")
        assert "U F10      Undo" in text_of(pilot)


async def test_a_mistake_in_the_settings_is_told_at_the_start() -> None:
    settings = Settings(faults=("config.toml:3: `blue` is no theme",), theme="contrast-light")
    app = DeskApp(FakeDesk(FakeWalk(PROOF)), sop="account/hacked", settings=settings)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "config.toml:3: `blue` is no theme" in text_of(pilot)
        assert app.theme == "sopguide-contrast-light"


async def test_many_mistakes_in_the_settings_leave_the_answers_in_view() -> None:
    settings = Settings(faults=tuple(f"config.toml:{n}: no" for n in range(1, 9)))
    app = DeskApp(FakeDesk(FakeWalk(PROOF)), sop="account/hacked", settings=settings)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "config.toml:2: no\n  (and 6 more)" in text_of(pilot)
        assert "4  None of these" in text_of(pilot)


async def test_the_colours_change_by_key_and_say_their_name() -> None:
    async with walking(PROOF) as (pilot, _):
        await pilot.press("t")
        assert pilot.app.theme == "sopguide-light"
        assert "Colours: light" in text_of(pilot)
        await pilot.press(*"ttttt")
        assert pilot.app.theme == "sopguide-dark"


async def test_parked_walks_are_shown_over_the_walk_in_hand() -> None:
    desk = FakeDesk(parked=())
    async with walking(PROOF, desk=desk) as (pilot, walk):
        await pilot.press("ctrl+r")
        assert "No walk is parked" in text_of(pilot)
        desk.kept = [make_parked("w1")]
        await pilot.press("ctrl+r")
        await pilot.press("escape")
        assert "Which proof" in text_of(pilot)
        assert walk.calls == []
        await pilot.press("ctrl+r")
        await pilot.press("enter")
        assert walk.calls == ["suspend"]
        assert desk.calls[-1] == ("resume", "w1")
        assert "Which proof" in text_of(pilot)
        assert len(pilot.app.screen_stack) == 2


async def test_where_the_walk_in_hand_cannot_be_parked_the_other_is_left() -> None:
    desk = FakeDesk()
    async with walking(PROOF, desk=desk) as (pilot, walk):
        desk.kept = [make_parked("w1")]
        await pilot.press("ctrl+r")
        walk.broken = "disk full"
        await pilot.press("enter")
        assert "Disk full" in text_of(pilot)
