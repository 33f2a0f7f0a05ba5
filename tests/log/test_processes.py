"""Real processes: killed at any moment, several at once, and on a full disk.

`SOPGUIDE_SOAK=1` makes many more rounds of it.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sopguide.log.local import LocalLog
from sopguide.log.record import ENDINGS
from sopguide.log.wanted import Wanted
from tests.log.making import ended

ROUNDS = 200 if os.environ.get("SOPGUIDE_SOAK") else 5
WRITERS = 3
ROOT = Path(__file__).parents[2]


def start(*arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.log.worker", *map(str, arguments)]
    pipe = subprocess.PIPE  # unbuffered, so that `communicate` gets what `readline` left
    return subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, bufsize=0)


def kill_at_random(writers: list[subprocess.Popen[bytes]], chance: random.Random) -> list[str]:
    """What they had promised."""
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.readline()  # it is under way
    promised: list[str] = []
    for writer in writers:
        time.sleep(chance.uniform(0, 0.12))
        writer.kill()
        out, err = writer.communicate()
        assert err == b""
        promised += out.decode().splitlines()
    return promised


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_killed_processes_lose_and_double_nothing(tmp_path: Path, turn: int) -> None:
    chance = random.Random(turn)  # noqa: S311  (nothing secret about it)
    promised: list[str] = []
    for _ in range(2):  # the second three go on with what the first three left
        writers = [start(tmp_path) for _ in range(WRITERS)]
        promised += kill_at_random(writers, chance)
    log = LocalLog(tmp_path)
    for text in promised:
        kind, walk, *rest = text.split()
        records = log.walk(walk)
        assert [record["seq"] for record in records] == list(range(len(records)))
        if kind == "seq":
            assert len(records) >= int(rest[0])
        else:
            assert records[-1]["type"] in ENDINGS
    walks = [walk.walk for walk in log.walks(Wanted(unfinished=False))]
    assert len(walks) == len(set(walks))
    assert {text.split()[1] for text in promised if text.startswith("done")} <= set(walks)
    assert promised
    assert all("never acknowledged" in damage.cause for damage in log.damages())
    check_that_a_rebuild_changes_nothing(log)
    check_that_everything_can_be_finished(log, tmp_path)


def check_that_a_rebuild_changes_nothing(log: LocalLog) -> None:
    before = list(log.walks())
    log.rebuild()
    assert list(log.walks()) == before


def check_that_everything_can_be_finished(log: LocalLog, data: Path) -> None:
    for found in log.unfinished():
        log.reopen(found.walk).close(ended())
    log.close()
    assert LocalLog(data).unfinished() == []
    assert not list((data / "journals").glob("*.jsonl"))
    assert not list((data / "open").iterdir())


@pytest.mark.parametrize("limit", [2500, 2777, 3000, 3500])
def test_a_full_disk_acknowledges_nothing_and_the_walk_goes_on_when_there_is_room(
    tmp_path: Path, limit: int
) -> None:
    with start(tmp_path, limit) as writer:
        out, err = writer.communicate(timeout=30)
    assert err == b""
    *steps, error, done = out.decode().splitlines()
    assert done == "done the-walk"
    assert "this step is not stored" in error
    log = LocalLog(tmp_path)
    records = log.walk("the-walk")
    assert len(records) == int(steps[-1].split()[2]) + 2 + 3
    assert [record["seq"] for record in records] == list(range(len(records)))
    assert log.damages() == []


def test_the_log_is_written_without_importing_what_only_queries_need(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from sopguide.log.local import LocalLog\n"
        "from tests.log.making import begin\n"
        "log = LocalLog(pathlib.Path(sys.argv[1]))\n"
        "begin(log, 'w').release()\n"
        "log.unfinished()\n"
        "log.reopen('w')\n"
        "print({'tinydb', 'filelock', 'textual', 'pydantic', 'networkx', 'yaml'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "set()\n"
