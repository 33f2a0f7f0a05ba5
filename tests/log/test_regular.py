"""What stands where a file of the log should is read only if it is a file."""

from __future__ import annotations

import gzip
import os
import sys
from pathlib import Path

import pytest

from sopguide.log.folder import DataFolder
from sopguide.log.heads import take_heads
from sopguide.log.inspecting import inspect
from sopguide.log.local import LocalLog
from sopguide.log.private import read_private
from sopguide.log.regular import MOST, read_regular, unpacked
from sopguide.log.verifying import verify
from tests.log.making import FORM_HASH, begin, complete, journals, walk_id

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a folder there holds no pipe")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1))
        begin(log, walk_id(2))
    return tmp_path


def put_a_pipe(path: Path) -> Path:
    path.unlink()
    os.mkfifo(path)
    return path


def test_a_file_is_read_and_neither_a_pipe_nor_a_device_nor_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"one\ntwo")
    assert read_regular(file) == b"one\ntwo"
    for other in (put_a_pipe(file), Path("/dev/zero")):
        with pytest.raises(OSError, match="is no regular file"):
            read_regular(other)
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path)
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "none")


def test_what_is_larger_than_any_file_of_a_log_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"")
    os.truncate(file, MOST + 1)  # takes no room on the disk
    with pytest.raises(OSError, match="is larger than any file of a log"):
        read_regular(file)
    packed = gzip.compress(b"x" * 5000)
    assert unpacked(packed + packed, file) == b"x" * 10_000
    monkeypatch.setattr("sopguide.log.regular.MOST", 4999)
    with pytest.raises(OSError, match="is larger than any file of a log"):
        unpacked(packed, file)


def test_a_pipe_among_the_journals_is_told_and_the_rest_is_verified(data: Path) -> None:
    pipe = data / "journals" / "done" / "20261122T000000-1-00000000.jsonl"
    pipe.parent.mkdir(exist_ok=True)
    os.mkfifo(pipe)
    folder = DataFolder(data)
    found = verify(folder)
    assert [str(each) for each in found.damages] == [f"{pipe}: cannot be read: is no regular file"]
    assert found.walks == 1
    [refused] = take_heads(folder, ()).refused
    assert str(refused) == f"{pipe}: cannot be read: is no regular file"


def test_a_device_in_the_place_of_a_journal_is_not_read_to_its_end(data: Path) -> None:
    [journal] = journals(data)
    journal.unlink()
    journal.symlink_to("/dev/zero")
    found = verify(DataFolder(data))
    assert str(found.damages[0]) == f"{journal}: cannot be read: is no regular file"


def test_a_pipe_in_the_place_of_any_other_file_is_told_by_repair(data: Path) -> None:
    folder = DataFolder(data)
    pipes = [put_a_pipe(folder.form(FORM_HASH)), put_a_pipe(folder.private(walk_id(2)))]
    pipes += map(put_a_pipe, folder.walks.glob("*/*.json"))
    assert read_private(folder, walk_id(2)) == {}
    assert sorted(broken.path for broken in inspect(folder)) == sorted(pipes)
    with LocalLog(data) as log:
        assert [walk.walk for walk in log.walks()] == [walk_id(2)]
        assert len(log.damages()) == 1
