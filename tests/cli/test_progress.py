from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sopguide.cli.progress import Progress
from tests.terminal import Terminal

if TYPE_CHECKING:
    import pytest

_PROGRAM = """
import time
from sopguide.cli.progress import Progress
now = iter([0.0, 0.1, 2.0]).__next__
with Progress("proving", now) as progress:
    progress.show(1, 4)
    progress.show(3, 4)
    progress.show(4, 4)
print("done")
"""


def test_a_bar_is_drawn_from_when_it_is_worth_one() -> None:
    with Terminal([sys.executable, "-c", _PROGRAM]) as terminal:
        shown = terminal.wait_for("done")
    assert "proving" in shown
    assert "100%" in shown


def test_what_is_soon_done_shows_none(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("proving", lambda: 0.0) as progress:
        progress.show(1, 1)
    assert capsys.readouterr().err == ""


def test_a_bar_that_begins_late_still_comes_to_its_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = iter([0.0, 2.0]).__next__
    with Progress("proving", now) as progress:
        progress.show(1, 2)
        progress.show(2, 2)
    assert "proving" in capsys.readouterr().err
