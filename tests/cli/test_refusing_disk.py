"""A disk that is really full, and a process that is really killed, under `sopguide walk`."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from sopguide.log.local import LocalLog
from tests.cli.test_walk import WALK, at_a_place
from tests.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopguide.log.protocol import Unfinished

HOW = {"desk": ([], "", "✓ resolved"), "lines": (["--plain"], "\r", "Outcome: resolved")}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return at_a_place(tmp_path, monkeypatch) / "data"


def shows(*texts: str) -> Callable[[str], bool]:
    """Wherever a line happens to end, within a word too."""
    wanted = ["".join(text.split()) for text in texts]
    return lambda screen: all(text in "".join(screen.split()) for text in wanted)


def limit_files(process: int, size: int) -> None:
    """No file of a process may grow beyond this: what is written then is short, or refused."""
    resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def left(data: Path) -> Unfinished:
    [found] = LocalLog(data).unfinished()
    return found


@pytest.mark.parametrize("how", HOW)
def test_on_a_full_disk_the_question_stays_and_what_to_do_is_said(data: Path, how: str) -> None:
    options, enter, _ = HOW[how]
    with Terminal([*WALK, "a/good", "--ticket", "T-1", *options]) as terminal:
        terminal.wait_for("First question?")
        [journal] = (data / "journals").glob("*.jsonl")
        before = journal.read_bytes()
        limit_files(terminal.process, len(before) + 10)
        terminal.press(f"1{enter}")
        terminal.wait_for(
            shows("Not saved, so nothing has moved", "the disk is full", "then try again")
        )
        assert "First question?" in terminal.text
        assert journal.read_bytes() == before
        assert [walk.status for walk in LocalLog(data).walks()] == ["open"]
        limit_files(terminal.process, resource.RLIM_INFINITY)
        terminal.press(f"1{enter}")
        terminal.wait_for("How old?")
    assert left(data).step == "second"


SHIM = """
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
int fdatasync(int fd) {
    if (access(getenv("BROKEN"), F_OK) == 0) { errno = EIO; return -1; }
    return fsync(fd);
}
"""


@pytest.mark.parametrize("how", HOW)
def test_where_the_system_reports_a_broken_disk_nothing_more_is_acknowledged(
    data: Path, tmp_path: Path, how: str
) -> None:
    compiler = shutil.which("cc")
    if compiler is None:
        pytest.skip("there is no C compiler to stand between the program and the system with")
    source, shim, broken = tmp_path / "shim.c", tmp_path / "shim.so", tmp_path / "broken"
    source.write_text(SHIM)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", shim, source], check=True)
    options, enter, _ = HOW[how]
    between = {"LD_PRELOAD": str(shim), "BROKEN": str(broken)}
    with Terminal([*WALK, "a/good", "--ticket", "T-1", *options], env=between) as terminal:
        terminal.wait_for("First question?")
        [journal] = (data / "journals").glob("*.jsonl")
        before = journal.read_bytes()
        broken.touch()
        terminal.press(f"1{enter}")
        terminal.wait_for(shows("Not saved", "Input/output error", "then try again"))
        broken.unlink()
        terminal.press(f"1{enter}")
        terminal.wait_for(shows("takes no more since"))  # what failed once is not tried again
        assert journal.read_bytes() == before
    assert left(data).step == "first"


@pytest.mark.parametrize("how", HOW)
def test_a_killed_walk_goes_on_at_the_same_step_of_the_same_version(data: Path, how: str) -> None:
    options, enter, outcome = HOW[how]
    with Terminal([*WALK, "a/good", "--ticket", "T-1", *options]) as terminal:
        terminal.wait_for("First question?")
        terminal.press(f"1{enter}")
        terminal.wait_for("How old?")
        os.kill(terminal.process, signal.SIGKILL)
        terminal.wait()
    before = left(data)
    assert before.step == "second"
    form = LocalLog(data).form(before.hash)
    assert sha256(form).hexdigest() == before.hash
    sop = data.parent / "trees" / "sops/a/good.yaml"
    changed = sop.read_text().replace("1.0.0", "2.0.0").replace("second", "another")
    sop.write_text(changed)
    with Terminal([*WALK, *options]) as terminal:
        terminal.wait_for("T-1")
        terminal.press("1\r" if options else "\r")
        terminal.wait_for("How old?")
        terminal.press(f"24{enter or chr(13)}")
        terminal.wait_for(outcome)
    records = LocalLog(data).walk(before.walk)
    assert {record["hash"] for record in records} == {before.hash}
    assert {record["version"] for record in records} == {"1.0.0"}
    kinds = [record["type"] for record in records]
    again = kinds.index("walk.resumed")
    assert records[again + 1]["data"]["step"] == "second"
    assert [record["seq"] for record in records] == list(range(len(records)))
