"""The desk and the lines of `sopguide walk`, each in a real terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from sopguide.cli.exits import Exit
from tests.cli.test_walk import ROOT, WALK, at_a_place, logged, walk
from tests.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return at_a_place(tmp_path, monkeypatch)


def test_a_walk_is_keyed_to_its_end_in_a_terminal(place: Path) -> None:
    ticket = place / "ticket.json"
    ticket.write_text('{"id": "T-7", "name": "Ana"}')
    with Terminal([*WALK, "a/good", "--ticket-file", str(ticket)]) as terminal:
        terminal.wait_for("First question?")
        terminal.press("1")
        terminal.wait_for("How old?")
        terminal.press("24\r")
        terminal.wait_for("✓ resolved")
        terminal.press("123")
        terminal.wait_for("3 ☑")  # an Enter from before the end was seen would not count
        terminal.press("\r")
        terminal.wait_for("Which procedure does the ticket need?")
        terminal.press("\x11")
        assert terminal.wait() == Exit.OK
    assert "resolved" in logged()


def test_a_killed_walk_is_offered_again_and_goes_on(place: Path) -> None:
    with Terminal([*WALK, "a/good", "--ticket", "T-7"]) as terminal:
        terminal.wait_for("First question?")
        terminal.press("1")
        terminal.wait_for("How old?")
    with Terminal(WALK) as terminal:
        terminal.wait_for("T-7 · a/good 1.0.0")
        terminal.press("\r")
        assert "first: yes" in terminal.wait_for("How old?")
        terminal.press("\x11")
        assert terminal.wait() == Exit.OK
        assert "is kept and offered at the next start" in terminal.text


def test_in_lines_a_person_is_offered_unfinished_walks(place: Path) -> None:
    walk("a/good", "--plain", "--ticket", "T-8", typed="yes\n")
    with Terminal([*WALK, "--plain"]) as terminal:
        terminal.wait_for("number to resume")
        terminal.press("1\r")
        terminal.wait_for("How old?")
        terminal.press("\x03")
        assert terminal.wait() == Exit.INTERRUPTED
        assert "The walk is kept" in terminal.text


def test_a_terminal_that_cannot_draw_is_told_to_use_lines(place: Path) -> None:
    with Terminal([*WALK, "a/good"], env={"TERM": "dumb"}) as terminal:
        assert terminal.wait() == Exit.ENVIRONMENT
        assert "use --plain" in terminal.text


def test_a_fault_of_the_desk_is_not_taken_for_a_finding(place: Path) -> None:
    script = place / "fault.py"
    script.write_text(
        "from sopguide.tui.app import DeskApp\n"
        "def fail(app):\n"
        "    raise RuntimeError('a bug')\n"
        "DeskApp.on_ready = fail\n"
        "from sopguide.cli.main import program\n"
        "program(['walk', 'a/good'])\n"
    )
    with Terminal([sys.executable, str(script)], env={"PYTHONPATH": str(ROOT)}) as terminal:
        assert terminal.wait() == Exit.INTERNAL
    assert "a/good" in logged()
