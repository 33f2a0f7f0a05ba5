"""Whatever is pressed, pasted or resized, the desk stands, and the log tells the path that is shown.

Inputs come in bursts, as from an impatient hand: nothing waits for what came before to be drawn.
`SOPGUIDE_SOAK=1` runs 10,000 sequences.
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import Key, Paste
from textual.keys import _character_to_key

from sopguide.desk.actions import ACTIONS
from sopguide.desk.queue import Queue, Waiting
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from sopguide.tui.app import DeskApp
from sopguide.tui.screens.walking import WalkScreen
from sopguide.walk.events import Event, Moment
from sopguide.walk.fold import fold
from tests.desk.test_local import desk_of
from tests.settling import settled
from tests.tui import hostile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

    from sopguide.desk.local import LocalDesk
    from sopguide.walk.walk import Walk

SOP = """\
title: Example
start: first
facts:
  age: {type: integer, min: 0, max: 120, optional: true, ask: How old?}
  proofs: {type: choices, values: [mail, phone, none_left], exclusive: [none_left], ask: Which?}
  land: {type: choice, values: [AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR], ask: Where?}
steps:
  first: {ask: First?, help: Look closely., answers: {yes: tell, no: wait, again: first, land: land}}
  land: {fact: land, go: tell}
  tell: {do: Tell them., check: [Told, Written down], go: [{if: {age: "< 13"}, to: out}, {else: proofs}]}
  proofs: {fact: proofs, go: wait}
  wait: {wait: customer reply, macro: done, label: done, for: 7d, go: {reply: first, timeout: ask}}
  ask: {ask: Last?, answers: {up: up, out: out, none: none}}
  up: {end: escalated, macro: done, label: done, escalate: {to: seniors, within: 4h}}
  none: {end: rejected, macro: none, label: done}
  out: {end: resolved, macro: done, label: done}
"""
ACTING = tuple(
    key for action in ACTIONS for key in action.keys if action.name not in {"leave", "give-up"}
)
MOVING = ("1", "2", "3", "4", "5", "enter", "enter", "enter", "down", "up", "space", "escape")
RARE: tuple[str, ...] = (
    "q",
    "x",
    "d",
    "a",
    "0",
    "9",
    "tab",
    "home",
    "end",
    "pageup",
    "pagedown",
    "delete",
    "insert",
)
RARE += ("shift+tab", "left", "ctrl+n", "ctrl+s", "ctrl+c", "é", "界", "[", "\\", "f12", "ctrl+end")
PASTES = (
    *hostile.ALL,
    '{"id": "T-9", "subject": "[b]x", "facts": {"age": "\\u001b[2J"}}',
    "24",
    "",
)
SIZES = ((20, 6), (30, 8), (40, 12), (80, 24), (119, 15), (120, 16), (160, 45), (250, 70))
SEQUENCES, SEEDS = (10_000 if os.environ.get("SOPGUIDE_SOAK") else 500), 10
INPUTS = 12
STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
BURST = 4


def told(log: LocalLog, walk: LoggedWalk) -> Walk:
    """The walk as its records tell it."""
    events = [
        Event(record["type"], record["data"], Moment(record["wall"], record["mono"]))
        for record in log.walk(walk.id)
    ]
    return fold(walk.walk.procedure, events, locale=walk.locale)


def desk_app(desk: LocalDesk, dice: random.Random) -> DeskApp:
    """A desk as it may be started: with an SOP, a queue, or the choice."""
    ticket: dict[str, Any] = {
        "id": f"T-{dice.randrange(1000)}",
        "subject": dice.choice(hostile.ALL),
        "body": hostile.MIXED,
        "facts": {"age": dice.choice((12, 40, hostile.ESCAPES))},
    }
    match dice.randrange(4):
        case 0:
            return DeskApp(desk)
        case 1:
            tickets = [{**ticket, "id": f"Q-{dice.randrange(10**6)}"} for _ in range(5)]
            queue = Queue(Waiting(str(each["id"]), each, "[b]q") for each in tickets)
            return DeskApp(desk, queue=queue, sop=dice.choice((None, "example")))
        case _:
            return DeskApp(desk, sop="example", ticket=ticket)


class Hand:
    """Presses, pastes and resizes at random, and remembers what it did."""

    def __init__(self, pilot: Pilot[str], dice: random.Random, did: list[str]) -> None:
        self.pilot, self.dice, self.did = pilot, dice, did

    async def act(self) -> None:
        """One sequence; most begin with what closes a page."""
        if self.dice.random() < 0.7:
            self._press("escape")
        for place in range(INPUTS):
            self._one()
            if self.dice.randrange(BURST) == 0 or place == INPUTS - 1:
                await settled(self.pilot)
                if not self.pilot.app.is_running:
                    return

    def _one(self) -> None:
        what = self.dice.random()
        app = self.pilot.app
        if what < 0.04:
            size = self.dice.choice(SIZES)
            self.did.append(str(size))
            app._driver._size = size  # type: ignore[union-attr]
            self._resize(size)
        elif what < 0.1:
            text = self.dice.choice(PASTES)
            self.did.append(f"paste {text[:20]!r}")
            app.post_message(Paste(text))
        else:
            kinds: tuple[tuple[str, ...], ...] = (ACTING, MOVING, RARE)
            kind = self.dice.choices(kinds, (4, 8, 1))[0]
            self._press(self.dice.choice(kind))

    def _resize(self, size: tuple[int, int]) -> None:
        from textual.events import Resize
        from textual.geometry import Size

        self.pilot.app.post_message(Resize(Size(*size), Size(*size)))

    def _press(self, key: str) -> None:
        self.did.append(key)
        character = key if len(key) == 1 else " " if key == "space" else None
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = Key(name, character)
        event.set_sender(self.pilot.app)
        self.pilot.app._driver.send_message(event)  # type: ignore[union-attr]


def check(app: DeskApp, log: LocalLog) -> None:
    """What is on disk is the walk in hand, and that is what the screen shows."""
    walk = app._walk
    if isinstance(walk, LoggedWalk):
        disk = told(log, walk)
        assert disk.path == walk.walk.path
        assert disk.status == walk.walk.status
        screens = [screen for screen in app.screen_stack if isinstance(screen, WalkScreen)]
        assert screens[-1].view.path == walk.view().path
        assert screens[-1].view.status == walk.view().status
    strips = app.screen._compositor.render_strips(app.size)
    steers = STEERS.findall("".join(strip.text for strip in strips))
    assert not steers, steers


def shares() -> Iterator[tuple[int, int]]:
    """Each seed with its share of the sequences."""
    for seed in range(SEEDS):
        yield seed, SEQUENCES // SEEDS


@pytest.mark.timeout(36_000 if os.environ.get("SOPGUIDE_SOAK") else 300)
@pytest.mark.parametrize(("seed", "sequences"), shares())
async def test_the_log_tells_the_path_that_is_shown(
    tmp_path: Path, seed: int, sequences: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    seen: Counter[str] = Counter()
    while sequences:
        with LocalLog(tmp_path / str(sequences)) as log:
            app = desk_app(desk_of(log, SOP), dice)
            did: list[str] = []
            async with app.run_test(size=dice.choice(SIZES)) as pilot:
                hand = Hand(pilot, dice, did)
                for _ in range(min(sequences, 25)):
                    sequences -= 1
                    await hand.act()
                    if not app.is_running:  # it was left
                        break
                    seen[type(app.screen).__name__] += 1
                    try:
                        check(app, log)
                    except AssertionError as wrong:
                        raise AssertionError(f"after {did[-40:]}") from wrong
                await pilot.pause()
    assert {"StepScreen", "ChooseScreen"} <= seen.keys()
