"""Whatever is pressed, the desk stands, and the log tells the path that is shown."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from sopguide.tui.app import DeskApp
from sopguide.tui.screens.step import StepScreen
from sopguide.walk.events import Event, Moment
from sopguide.walk.fold import fold
from tests.desk.test_local import desk_of

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.walk.walk import Walk

SOP = """\
title: Example
start: first
facts:
  age: {type: integer, min: 0, max: 120, optional: true, ask: How old?}
  proofs: {type: choices, values: [mail, phone, none_left], exclusive: [none_left], ask: Which?}
steps:
  first: {ask: First?, help: Look closely., answers: {yes: tell, no: wait, again: first}}
  tell: {do: Tell them., check: [Told, Written down], go: [{if: {age: "< 13"}, to: out}, {else: proofs}]}
  proofs: {fact: proofs, go: wait}
  wait: {wait: customer reply, macro: done, label: done, for: 7d, go: {reply: first, timeout: out}}
  out: {end: resolved, macro: done, label: done}
"""
KEYS = [
    "1",
    "2",
    "3",
    "4",
    "enter",
    "enter",
    "down",
    "up",
    "space",
    "backspace",
    "g",
    "i",
    "question_mark",
    "escape",
    "l",
    "c",
    "y",
    "t",
    "w",
    "x",
    "n",
    "5",
    "a",
    "0",
    "tab",
    "f1",
    "f2",
    "f3",
    "ctrl+r",
    "ctrl+t",
    "pagedown",
    "home",
    "delete",
    "d",
    "u",
    "u",
    "r",
    "v",
    "slash",
    "f",
    "e",
    "o",
    "ctrl+k",
    "ctrl+z",
    "ctrl+y",
    "f4",
    "f5",
    "f8",
    "f9",
]
PRESSES = 50


def told(log: LocalLog, walk: LoggedWalk) -> Walk:
    """The walk as its records tell it."""
    events = [
        Event(record["type"], record["data"], Moment(record["wall"], record["mono"]))
        for record in log.walk(walk.id)
    ]
    return fold(walk.walk.procedure, events, locale=walk.locale)


@pytest.mark.parametrize("seed", range(3))
async def test_the_log_tells_the_path_that_is_shown(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    with LocalLog(tmp_path) as log:
        app = DeskApp(desk_of(log, SOP), sop="example", ticket={"id": "T-1"})
        async with app.run_test(size=dice.choice([(80, 24), (130, 30), (40, 12)])) as pilot:
            for press in range(PRESSES):
                await pilot.press(dice.choice(KEYS))
                if not app.is_running:  # "Leave" was found and taken
                    assert "is kept" in str(app.return_value)
                    return
                walk, screen = app._walk, app.screen
                if press % 8 == 0 and isinstance(walk, LoggedWalk):
                    assert told(log, walk).path == walk.walk.path
                    if isinstance(screen, StepScreen):
                        assert screen.view.path == walk.view().path
            await pilot.resize_terminal(30, 8)
            assert app.is_running
