from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from sopguide.desk.copying import copy_out
from sopguide.desk.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

NOTHING = Settings()


def a_command(code: str, *words: str) -> str:
    """A command line that runs a bit of Python."""
    quoted = (word.replace("'", "'\"'\"'") for word in (sys.executable, "-c", code, *words))
    return " ".join(f"'{word}'" for word in quoted)


def test_the_terminal_gets_it_where_nothing_is_set() -> None:
    taken: list[str] = []
    copied = copy_out("Hola", NOTHING, taken.append)
    assert taken == ["Hola"]
    assert copied.told == "handed to the terminal's clipboard"


def test_a_command_gets_it_on_standard_input(tmp_path: Path) -> None:
    file = tmp_path / "out"
    code = "import sys; open(sys.argv[1], 'wb').write(sys.stdin.buffer.read())"
    command = a_command(code, str(file))
    taken: list[str] = []
    copied = copy_out("¡Hola!\n'; rm -rf $HOME", Settings(copy_command=command), taken.append)
    assert file.read_text(encoding="utf-8") == "¡Hola!\n'; rm -rf $HOME"
    assert copied.told == f"copied by `{command}`"
    assert taken == []


def test_a_command_is_given_to_no_shell(tmp_path: Path) -> None:
    file = tmp_path / "made-by-a-shell"
    copied = copy_out("x", Settings(copy_command=f"cat > {file}"), list[str]().append)
    assert not file.exists()
    assert "`cat >" in copied.faults[0]
    assert "failed" in copied.faults[0]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("no-such-command-anywhere", "No such file or directory"),
        (a_command("import sys; sys.exit('no display')"), "no display"),
        (a_command("import sys; sys.exit(3)"), "exit code 3"),
        ("pbcopy 'unclosed", "No closing quotation"),
    ],
)
def test_what_failed_is_said_and_the_terminal_gets_it(command: str, why: str) -> None:
    taken: list[str] = []
    copied = copy_out("text", Settings(copy_command=command), taken.append)
    assert why in copied.faults[0]
    assert copied.told == f"{copied.faults[0]}. handed to the terminal's clipboard"
    assert taken == ["text"]


def test_a_command_that_does_not_end_is_ended() -> None:
    command = a_command("import time; time.sleep(600)")
    copied = copy_out("text", Settings(copy_command=command), patience=0.2)
    assert copied.where is None
    assert "no end after 0.2 seconds" in copied.told


def test_a_process_that_stays_to_serve_the_clipboard_holds_nothing_up(tmp_path: Path) -> None:
    served = tmp_path / "served"
    stays = (
        "import pathlib, sys, time\nwhile not pathlib.Path(sys.argv[1]).exists(): time.sleep(0.02)"
    )
    code = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', *sys.argv[1:]])"
    command = a_command(code, stays, str(served))
    copied = copy_out("text", Settings(copy_command=command), patience=30)
    served.touch()
    assert copied.faults == ()


def test_a_file_holds_it_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "clip.txt"
    file.write_text("before", encoding="utf-8")
    file.chmod(0o644)
    copied = copy_out("Grüße", Settings(copy_file=file), list[str]().append)
    assert file.read_text(encoding="utf-8") == "Grüße"
    assert copied.told == f"it is in the file {file}"
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_the_file_is_taken_where_the_command_fails(tmp_path: Path) -> None:
    file = tmp_path / "clip.txt"
    settings = Settings(copy_command="no-such-command-anywhere", copy_file=file)
    copied = copy_out("text", settings, list[str]().append)
    assert "No such file" in copied.faults[0]
    assert copied.told.endswith(f"it is in the file {file}")


@pytest.mark.parametrize("place", ["no/folder/clip.txt", "."])
def test_a_file_that_cannot_be_written_is_said(tmp_path: Path, place: str) -> None:
    taken: list[str] = []
    copied = copy_out("text", Settings(copy_file=tmp_path / place), taken.append)
    assert len(copied.faults) == 1
    assert taken == ["text"]


def test_what_is_copied_steers_no_terminal() -> None:
    taken: list[str] = []
    copy_out("a\x1b]0;pwned\x07b\u202ec\ud800", NOTHING, taken.append)
    assert taken == ["a␛]0;pwned␇b\N{REPLACEMENT CHARACTER}c\N{REPLACEMENT CHARACTER}"]
