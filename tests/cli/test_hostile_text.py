"""Text that means harm, from every source, in every sink: it is shown as typed and steers nothing.

What is looked at are the bytes that reach the terminal. The program's own escape sequences are
known; whatever else would steer a terminal came from a text.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sopguide.cli.exits import Exit
from tests.terminal import Terminal
from tests.tui import hostile

if TYPE_CHECKING:
    from pathlib import Path

TYPED = "[bold red]hot[/] [@click=app.quit]quit[/] [link=x] \\[ %(a)s {0} $text 100%"
ASKED = f"owned {TYPED} {hostile.EMOJI} {hostile.HEAP}"
ESCAPED = f"owned {hostile.MARKUP} {hostile.ESCAPES} {hostile.BIDI} {hostile.NOTHING}"
MARKED = "owned"
PAGE = "╭─ "
"""How the frame of a page over the desk begins; on a small terminal nothing else has one."""
OWN = re.compile(
    rb"\x1b\[[0-9;:?<>=]*[ -/]*[@-~]"  # Textual's cursor, colours, modes
    rb"|\x1b\]22;[a-z]*\x07"  # the pointer's shape
    rb"|\x1b[()][0AB]|\x1b[=>78cMHDE]"
    rb"|\x1bP(?:=[12]s|\+q[0-9A-Fa-f;]*)\x1b\\"  # synchronised updates, a question for the terminal
)
FROM_TEXT = (
    b"\x1b]0;",
    b"\x1b[2J\x1b[31m",
    b"\x1b]52;",
    b"\x9b2J",
    "\u202e".encode(),
    "\u200b".encode(),
)


def yaml_of(value: object) -> str:
    """JSON is YAML, where characters stand as they are."""
    return json.dumps(value, ensure_ascii=False)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A library, a ticket and a queue in which every text means harm."""
    sop = {
        "title": f"Title {ASKED}",
        "version": "1.0.0",
        "status": "live",
        "owner": "owner",
        "about": f"About {ASKED}",
        "keywords": ["owned [b]"],
        "start": "first",
        "steps": {
            "first": {
                "ask": f"First {ASKED}",
                "help": f"Help {ASKED}",
                "because": f"P-1 {ASKED}",
                "answers": {
                    "yes": {"say": f"Yes {ASKED}", "go": "second"},
                    "no": {"say": "No", "go": "out"},
                },
            },
            "second": {
                "do": f"Do {ASKED}",
                "check": [f"Box {ASKED}"],
                "go": "out",
            },
            "out": {"end": "resolved", "macro": "done", "label": "done"},
        },
    }
    files = {
        "library.yaml": "name: Test\nlocales: [en]\n",
        "macros/m.yaml": yaml_of(
            {
                "done": {
                    "title": f"Done {ASKED}",
                    "status": "live",
                    "body": {"en": f"Hi {ASKED} {{{{ ticket.subject }}}}"},
                }
            }
        ),
        "labels.yaml": yaml_of({"done": {"title": f"L {ASKED}", "macros": ["done"]}}),
        "sops/a/good.yaml": yaml_of(sop),
    }
    for name, text in files.items():
        file = tmp_path / "trees" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    ticket = {
        "id": "T\x1b]0;owned\x07-1",
        "subject": ESCAPED,
        "body": hostile.MIXED + hostile.LONG,
    }
    text = json.dumps(ticket)
    (tmp_path / "ticket.json").write_text(text)
    queue = tmp_path / "queue"
    queue.mkdir()
    (queue / "a\x1b]0;owned\x07.json").write_text(text)
    (queue / "b\x1b[2J\x1b[31m.json").write_text("{not json \x1b]0;owned\x07")
    (tmp_path / "config.toml").write_text(
        'theme = "no \\u001b]0;owned\\u0007"\n[keys]\n"x\\u001b[2J\\u001b[31m" = "\\u001b]52;\\u0007"\n'
    )
    return tmp_path


def surroundings(place: Path) -> dict[str, str]:
    return {
        "SOPGUIDE_TREES": str(place / "trees"),
        "SOPGUIDE_CACHE": str(place / "cache"),
        "SOPGUIDE_DATA": str(place / "data"),
        "SOPGUIDE_CONFIG": str(place / "config.toml"),
    }


def steered_by(raw: bytes) -> list[str]:
    """What came from a text and steers the terminal; the text itself is there."""
    assert MARKED.encode() in raw
    found = [str(raw[max(0, raw.find(each) - 60) :][:160]) for each in FROM_TEXT if each in raw]
    rest = OWN.sub(b"", raw).decode()
    steers = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
    return found + [rest[max(0, at.start() - 30) :][:60] for at in re.finditer(steers, rest)]


def all_of(terminal: Terminal) -> bytes:
    """What was written to the last byte: the desk is left with Ctrl+Q."""
    terminal.press("\x11")
    assert terminal.wait() in {Exit.OK, Exit.FINDINGS}  # a ticket of the queue cannot be read
    return terminal.raw


def ran(place: Path, *words: str, typed: str = "") -> bytes:
    """What a command writes to both of its streams."""
    done = subprocess.run(
        [sys.executable, "-m", "sopguide", *words],
        input=typed.encode(),
        capture_output=True,
        env={**os.environ, **surroundings(place)},
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done.stdout + done.stderr


def test_on_the_desk(place: Path) -> None:
    command = [sys.executable, "-m", "sopguide", "walk", "a/good", "--ticket-file"]
    command.append(str(place / "ticket.json"))
    with Terminal(command, env=surroundings(place)) as terminal:
        terminal.wait_for("First")
        for key in "iv/":
            terminal.press(key)
            terminal.wait_for(PAGE)
            terminal.press("\x1b")
            terminal.wait_for(lambda text: PAGE not in text)
        terminal.press("n")
        terminal.wait_for(PAGE)
        terminal.press("\x1b[200~note \x1b]0;owned\x07 [b]\x1b[2J\x1b[201~\r")
        terminal.wait_for("note is kept")
        terminal.press("1")
        terminal.wait_for("Box")
        terminal.press("1\r")
        terminal.wait_for("✓ resolved")
        assert steered_by(all_of(terminal)) == []


@pytest.mark.parametrize("words", [("--queue", "queue"), ("--ticket-file", "ticket.json"), ()])
def test_where_the_sop_is_chosen(place: Path, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "sopguide", "walk", *words[:1]]
    command += [str(place / word) for word in words[1:]]
    with Terminal(command, env=surroundings(place)) as terminal:
        terminal.wait_for("Which procedure")
        terminal.press("\x1b[200~owned \x1b]52;c;b3duZWQ=\x07 [b]\x1b[201~")
        terminal.wait_for("owned")
        assert steered_by(all_of(terminal)) == []


def test_in_lines_in_the_log_and_in_what_owners_read(place: Path) -> None:
    ticket = str(place / "ticket.json")
    said = (
        f"/note owned {hostile.ESCAPES}\n/feedback unclear owned {hostile.ESCAPES}\n1\n1\ndone\n\n"
    )
    walked = ran(place, "walk", "a/good", "--plain", "--ticket-file", ticket, typed=said)
    assert steered_by(walked) == []
    listed = ran(place, "log", "list", "--json").decode()
    walk = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", listed)
    assert walk, listed
    assert steered_by(ran(place, "log", "show", walk[0])) == []
    assert steered_by(ran(place, "show", "a/good")) == []
    feedback = ran(place, "review", "feedback")
    for each in FROM_TEXT:
        assert each not in feedback
    queued = ran(place, "walk", "--plain", "--queue", str(place / "queue"), typed="1\n")
    assert steered_by(queued) == []
