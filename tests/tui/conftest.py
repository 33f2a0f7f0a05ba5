from __future__ import annotations

import pytest

from sopguide.tui import breath


@pytest.fixture(autouse=True)
def no_key_is_held_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys come faster here than any hand presses them twice."""
    monkeypatch.setattr(breath, "SECONDS", 0.0)
