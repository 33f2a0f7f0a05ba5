"""Waiting until the desk under test has dealt with everything it was given.

Textual's own pilot waits until the process has used little time for a moment. On a busy machine it
has used little because it was not let run, and what a key does is still to come. Here the desk is
asked itself: no key is in hand, nothing waits in a queue, every screen stands and is laid out.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from textual.pilot import Pilot

from sopguide.tui.in_turn import InTurn
from tests.patience import SECONDS

_ROUNDS = 2
"""So often nothing is found: what is being dealt with this moment is in no queue."""
_A_MOMENT = 0.002
"""Seconds between two looks at a desk that is at work: it paints by a timer of its own."""


async def settled(pilot: Pilot[Any], timeout: float = SECONDS) -> bool:  # noqa: ASYNC109 (Textual's)
    """Wait; false where the desk has ended or failed, and will do nothing more."""
    app, quiet = pilot.app, 0
    ends = time.monotonic() + timeout
    while quiet < _ROUNDS:
        if not await _asked(pilot, timeout) or app._exit or not app.is_running:
            return False
        quiet = 0 if _at_work(app) else quiet + 1
        assert time.monotonic() < ends, "the desk is never done with what it was given"
        await asyncio.sleep(0 if quiet else _A_MOMENT)
    return True


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after another, each when the one before has been dealt with."""
    for key in keys:
        await pilot.app._press_keys([key])
        await settled(pilot)


_asked = Pilot._wait_for_screen
"""Whether each widget has come to the end of its queue, as it was when this was asked."""


def _at_work(app: Any) -> bool:
    """Whether anything is still to come of what was pressed, but for what a timer brings."""
    if isinstance(app, InTurn) and app._key_since is not None:
        app._follow()
        return True
    screen = app.screen
    painted = not (screen._layout_required or screen._repaint_required or screen._dirty_widgets)
    if not painted or screen._callbacks or app._resize_event or not screen._mounted_event.is_set():
        return True
    pumps = [app, *(each for one in app.screen_stack for each in one.walk_children(with_self=True))]
    return any(pump._next_callbacks or not pump._message_queue.empty() for pump in pumps)
