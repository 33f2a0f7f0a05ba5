"""Pages to read over a screen."""

from __future__ import annotations

from tests.settling import press
from tests.tui.fakes import PROOF
from tests.tui.running import text_of, walking


async def test_what_a_key_does_is_told_beside_it_on_every_line() -> None:
    async with walking(PROOF, size=(60, 40)) as (pilot, _):
        await press(pilot, "question_mark")
        told = text_of(pilot)
    assert "│ f F6       Tell the SOP's owner what is wrong with │" in told
    assert "│            this step                               │" in told
