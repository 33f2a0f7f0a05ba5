"""How long tests wait for what has to come, and waiting for it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 100.0
"""Long, so that a busy machine fails no test; a test is given three times as many."""


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Wait for a condition."""
    ends = time.monotonic() + SECONDS
    while not holds():
        if time.monotonic() > ends:
            raise AssertionError(f"never came: {what}")
        time.sleep(0.02)
