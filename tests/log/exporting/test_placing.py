"""What is exported is there whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sopguide.log.exporting.placing import placed_file, placed_folder
from sopguide.log.faults import LogError

if TYPE_CHECKING:
    from pathlib import Path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_its_owners_and_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    path.chmod(0o644)
    with placed_file(path) as file:
        file.write(b"new")
        assert path.read_text() == "old"
    assert path.read_text() == "new"
    assert mode(path) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_export_that_is_interrupted_leaves_nothing(
    tmp_path: Path, error: type[BaseException]
) -> None:
    def interrupted_file() -> None:
        with placed_file(tmp_path / "out.csv") as file:
            file.write(b"half")
            raise error

    def interrupted_folder() -> None:
        with placed_folder(tmp_path / "out") as folder:
            (folder / "part").write_bytes(b"half")
            raise error

    for interrupted in (interrupted_file, interrupted_folder):
        with pytest.raises(error):
            interrupted()
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_is_killed_leaves_no_name_that_looks_whole(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys, time\n"
        "from sopguide.log.exporting.placing import placed_file\n"
        "with placed_file(pathlib.Path(sys.argv[1])) as file:\n"
        "    file.write(b'half'); file.flush(); print('written', flush=True); time.sleep(600)\n"
    )
    path = tmp_path / "out.csv"
    with subprocess.Popen([sys.executable, "-c", program, path], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"written\n"
        child.kill()
    assert not path.exists()
    assert [one.name.startswith(".out.csv.") for one in tmp_path.iterdir()] == [True]


def test_a_folder_is_filled_beside_its_name(tmp_path: Path) -> None:
    out = tmp_path / "walks"
    out.mkdir()  # an empty one may be there
    with placed_folder(out) as folder:
        (folder / "day=1").mkdir()
        (folder / "day=1" / "part").write_bytes(b"rows")
        assert list(out.iterdir()) == []
    assert (out / "day=1" / "part").read_bytes() == b"rows"
    assert mode(out) == 0o700


def test_a_folder_with_something_in_it_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with (
        pytest.raises(LogError, match="is there already and not empty: name another folder"),
        placed_folder(tmp_path),
    ):
        pytest.fail("it was opened")
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with placed_file(pipe) as file:
        file.write(b"new")
    assert os.read(reader, 9) == b"new"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_what_a_link_leads_to_is_replaced_and_not_the_link(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("old")
    link = tmp_path / "link"
    link.symlink_to(target)
    with placed_file(link) as file:
        file.write(b"new")
    assert (link.is_symlink(), target.read_text()) == (True, "new")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "out.csv"
    with pytest.raises(LogError, match=r"cannot write .*out\.csv: No such file"), placed_file(path):
        pytest.fail("it was opened")
