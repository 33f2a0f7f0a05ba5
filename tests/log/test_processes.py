"""Real processes: killed at any moment, several at once, and on a full disk.

`SOPGUIDE_SOAK=1` makes many more rounds of it.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sopguide.log.document import COMPLETED
from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.verifying import verify
from sopguide.log.wanted import Wanted
from tests.fresh import imported
from tests.log.making import ended
from tests.log.nursery import Nursery
from tests.patience import SECONDS

SOAK = bool(os.environ.get("SOPGUIDE_SOAK"))
FOLDERS = 100 if SOAK else 20
ROUNDS = 10 if SOAK else 5  # in each folder: a round goes on with what the one before left
WORKS = ("walk", "walk", "walk", "tend")
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("folder", range(FOLDERS))
def test_killed_processes_lose_and_double_nothing(tmp_path: Path, folder: int) -> None:
    chance = random.Random(folder)  # noqa: S311  (nothing secret about it)
    data = tmp_path / "data"
    promised: list[str] = []
    with Nursery(tmp_path) as nursery:
        for _ in range(ROUNDS):
            working = [nursery.start(work, data) for work in WORKS]
            chance.shuffle(working)
            for each in working:
                time.sleep(chance.uniform(0, 0.05))  # any moment is as good
                promised += nursery.kill(each)
            check_that_promises_are_kept(data, promised)
        assert nursery.errors() == ""
    assert len(promised) > ROUNDS * len(WORKS)
    log = LocalLog(data)
    check_that_a_rebuild_changes_nothing(log)
    check_that_everything_can_be_finished(log, data)
    assert verify(DataFolder(data)).sound


def check_that_promises_are_kept(data: Path, promised: list[str]) -> None:
    log = LocalLog(data)
    found = list(log.walks())
    walks = {walk.walk: walk for walk in found}
    assert len(walks) == len(found)
    for text in promised:
        match text.split():
            case ["seq", walk, count]:
                assert len(walks[walk].events) >= int(count)
            case ["done", walk]:
                assert walks[walk].status == COMPLETED
    for each in found:
        assert [event["seq"] for event in each.events] == list(range(len(each.events)))
        assert len({event["id"] for event in each.events}) == len(each.events)
    finished = {walk.walk for walk in log.walks(Wanted(unfinished=False))}
    assert not finished & {walk.walk for walk in log.unfinished()}
    assert all("never acknowledged" in damage.cause for damage in log.damages())
    assert log.inspect() == []


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
    command = [sys.executable, "-m", "tests.log.worker", "full-disk", str(tmp_path), str(limit)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe) as writer:
        out, err = writer.communicate(timeout=SECONDS)
    assert err == b""
    *steps, error, done = out.decode().splitlines()
    assert done == "done the-walk"
    assert "this step is not stored" in error
    log = LocalLog(tmp_path)
    records = log.walk("the-walk")
    assert len(records) == int(steps[-1].split()[2]) + 2 + 3
    assert [record["seq"] for record in records] == list(range(len(records)))
    assert log.damages() == []


SMALL = 'mount -t tmpfs -o size=140k,mode=700 tmpfs "$1" && exec "$2" -m tests.log.worker small-disk "$1"'


def test_a_disk_that_is_really_full_and_then_really_read_only(tmp_path: Path) -> None:
    own = ["unshare", "--user", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*own, "true"], check=False).returncode:
        pytest.skip("no file system may be mounted here")
    done = subprocess.run(
        [*own, "sh", "-c", SMALL, "sh", str(tmp_path), sys.executable],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    full, stored, *others, read_only, read, damages = done.stdout.splitlines()
    assert full.startswith("error cannot write")
    assert "the disk is full" in full or "No space left on device" in full
    assert "this step is not stored; quit, see to the disk, and resume the walk" in full
    count, acknowledged = map(int, stored.split()[2:])
    assert count == acknowledged > 10
    assert others == [f"done the-walk {acknowledged + 2 + 3}"]
    assert "Read-only file system" in read_only
    assert read == "read [('the-walk', 'completed')] 0"
    assert damages == "damages []"


def test_the_log_is_written_without_importing_what_only_queries_need(tmp_path: Path) -> None:
    code = (
        "import pathlib\n"
        "from sopguide.log.local import LocalLog\n"
        "from tests.log.making import begin\n"
        "log = LocalLog(pathlib.Path(sys.argv[1]))\n"
        "begin(log, 'w').release()\n"
        "log.unfinished()\n"
        "log.reopen('w')\n"
    )
    found = imported(code, tmp_path)
    assert "sopguide.log.journal" in found
    assert found.isdisjoint({"tinydb", "filelock", "textual", "pydantic", "networkx", "yaml"})
