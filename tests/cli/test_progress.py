from __future__ import annotations

import sys
from io import StringIO

import pytest

from sopguide.cli.progress import Passing, Progress
from tests.terminal import Terminal

_PROGRAM = """
import time
from sopguide.cli.progress import Passing, Progress
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


@pytest.mark.parametrize(
    ("person", "hidden", "seconds", "shown"),
    [
        (True, False, 2.0, True),
        (True, False, 0.0, False),  # what is soon done shows none
        (True, True, 2.0, False),
        (False, False, 2.0, False),
    ],
)
def test_a_bar_is_for_a_person_who_waits(
    monkeypatch: pytest.MonkeyPatch, *, person: bool, hidden: bool, seconds: float, shown: bool
) -> None:
    stream = StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: person)
    monkeypatch.setattr(sys, "stderr", stream)
    now = iter([0.0, seconds, seconds]).__next__
    with Progress("proving", now, hidden=hidden) as progress:
        progress.show(1, 2)
        progress.show(2, 2)
    assert ("100%" in stream.getvalue()) is shown
    assert (stream.getvalue() == "") is not shown


@pytest.mark.parametrize("person", [True, False])
def test_how_many_have_passed_is_told_to_a_person_who_waits(
    monkeypatch: pytest.MonkeyPatch, *, person: bool
) -> None:
    stream = StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: person)
    monkeypatch.setattr(sys, "stderr", stream)
    now = iter([0.0, 0.1, 1.0, 1.0, 1.1, 2.0, 2.0]).__next__
    with Passing("events", now) as passing:
        for done in (10, 2000, 2001, 30_000):  # too soon, told, too soon after it, told
            passing.show(done)
    assert stream.getvalue() == ("\r2,000 events …\r30,000 events …\r\x1b[K" if person else "")
