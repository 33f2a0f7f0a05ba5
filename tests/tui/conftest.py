from __future__ import annotations

import asyncio

import pytest
from textual.pilot import Pilot

from sopguide.tui import breath, in_turn
from tests.patience import SECONDS
from tests.settling import press, settled


@pytest.fixture(autouse=True)
def a_pilot_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was pressed has been dealt with, however busy the machine is."""

    async def no_idling(_seconds: float = 0) -> None:
        await asyncio.sleep(0)

    monkeypatch.setattr(Pilot, "_wait_for_screen", settled)
    monkeypatch.setattr(Pilot, "press", press)
    monkeypatch.setattr("textual.pilot.wait_for_idle", no_idling)
    monkeypatch.setattr("textual.app.wait_for_idle", no_idling)
    monkeypatch.setattr(in_turn, "_LONGEST", SECONDS)


@pytest.fixture(autouse=True)
def no_key_is_held_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys come faster here than any hand presses them twice."""
    monkeypatch.setattr(breath, "SECONDS", 0.0)
