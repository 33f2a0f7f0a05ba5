"""The guard cannot be taken off, so each try has a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sopguide.serve.guard import _guard

ROOT = Path(__file__).parents[2]
REFUSED = "PermissionError"


def guarded(code: str, folder: Path) -> str:
    """What comes of some code in a desk that may write to a folder."""
    (folder / "data").mkdir()
    begin = (
        "import os\nfrom pathlib import Path\nfrom sopguide.serve.guard import *\n"
        f"keep_in(Path({str(folder / 'data')!r}))\n"
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run(  # whoever measures it could not write down what they saw
        [sys.executable, "-c", begin + code],
        cwd=ROOT,
        env=kept,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "import subprocess; subprocess.run(['true'])",
        "os.system('true')",
        "os.fork()",
        "os.execv('/bin/sh', ['sh'])",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "import pty; pty.spawn('true')",
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "open('out', 'w')",
        "open('data/../out', 'a')",
        "os.open('out', os.O_RDWR)",
        "os.remove('out')",
        "os.rename('out', 'data/in')",
        "os.symlink('/', 'out')",
    ],
)
def test_it_starts_nothing_and_writes_nowhere_else(tmp_path: Path, code: str) -> None:
    said = guarded(f"os.chdir({str(tmp_path)!r})\n{code}", tmp_path)
    assert REFUSED in said
    assert not (tmp_path / "out").exists()


def test_it_reads_and_writes_where_it_works(tmp_path: Path) -> None:
    code = (
        f"os.chdir({str(tmp_path / 'data')!r})\n"
        "open('a', 'w').write('there')\nos.rename('a', 'b')\nopen('b', 'r+').close()\n"
        "os.open(os.devnull, os.O_WRONLY)\nprint(open('b').read())\nos.remove('b')\n"
    )
    assert guarded(code, tmp_path) == "there\n"


def test_memory_past_the_limit_is_refused(tmp_path: Path) -> None:
    code = "limit_memory(256)\nbytearray(100 << 20)\nprint('fits')\nbytearray(400 << 20)"
    said = guarded(code, tmp_path)
    assert said.startswith("fits")
    assert said.strip().endswith("MemoryError")


@pytest.mark.parametrize(
    ("event", "given", "refused"),
    [
        ("open", ("/etc/passwd", "r", os.O_RDONLY), False),
        ("open", ("/etc/passwd", None, os.O_RDWR), True),
        ("open", ("/data/x", "w", os.O_WRONLY | os.O_CREAT), False),
        ("open", (b"/data/x", "w", os.O_WRONLY), False),
        ("open", ("/data/../x", "w", os.O_WRONLY), True),
        ("open", ("/database", "w", os.O_WRONLY), True),
        ("open", (3, "wb", os.O_WRONLY), False),
        ("open", (os.devnull, "w", os.O_WRONLY), False),
        ("os.remove", ("/data/x", -1), False),
        ("os.remove", ("/x", -1), True),
        ("subprocess.Popen", ("sh", ["sh"], None, None), True),
        ("import", ("os", None, None, None, None), False),
    ],
)
def test_what_it_lets_pass(event: str, given: tuple[Any, ...], *, refused: bool) -> None:
    check = _guard(("/data/",))
    if refused:
        with pytest.raises(PermissionError):
            check(event, given)
    else:
        check(event, given)
