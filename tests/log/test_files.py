"""Private files, whole replacements, and locks that die with their process."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sopguide.log import locks
from sopguide.log.faults import LogError
from sopguide.log.files import SystemDisk, create, private_folder, remove, replace, reported

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class FullDisk(SystemDisk):
    def write(self, fd: int, data: bytes) -> int:
        return os.write(fd, data[: len(data) // 2])


class BrokenDisk(SystemDisk):
    def sync(self, fd: int) -> None:
        raise OSError(errno.EIO, "Input/output error")


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "file"
    replace(path, b"old")
    for disk in (FullDisk(), BrokenDisk()):
        with pytest.raises(LogError, match="cannot write"):
            replace(path, b"new content", disk)
        assert path.read_bytes() == b"old"
    replace(path, b"new")
    assert path.read_bytes() == b"new"
    assert [found.name for found in tmp_path.iterdir()] == ["file"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_created_again(tmp_path: Path) -> None:
    assert create(tmp_path / "key", b"one")
    assert not create(tmp_path / "key", b"two")
    assert (tmp_path / "key").read_bytes() == b"one"


def test_a_file_is_created_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    for disk in (FullDisk(), BrokenDisk()):
        with pytest.raises(LogError, match="cannot write"):
            create(tmp_path / "key", b"whole", disk)
        assert list(tmp_path.iterdir()) == []
    assert create(tmp_path / "key", b"whole")


class NoLinks(SystemDisk):
    def link(self, path: Path, to: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")


def test_a_file_is_created_on_a_disk_without_links_too(tmp_path: Path) -> None:
    assert create(tmp_path / "key", b"one", NoLinks())
    assert not create(tmp_path / "key", b"two", NoLinks())
    assert (tmp_path / "key").read_bytes() == b"one"
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_removing_what_is_gone_is_no_fault(tmp_path: Path) -> None:
    remove(tmp_path / "nothing")
    with pytest.raises(LogError, match="cannot remove"):
        remove(tmp_path)


def test_a_failure_names_what_was_done_to_which_file(tmp_path: Path) -> None:
    with pytest.raises(LogError) as found, reported("read", tmp_path / "x"):
        (tmp_path / "x").read_bytes()
    assert str(found.value) == f"cannot read {tmp_path / 'x'}: No such file or directory"


def test_a_folder_of_parents_is_made_for_the_user_alone(tmp_path: Path) -> None:
    private_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("hold", [locks.hold_by_flock, locks.hold_by_filelock])
class TestLock:
    def test_is_held_once(self, tmp_path: Path, hold: Callable[[Path], locks.Lock | None]) -> None:
        path = tmp_path / "a.lock"
        lock = hold(path)
        assert lock is not None
        assert hold(path) is None
        lock.release()
        again = hold(path)
        assert again is not None
        again.release(forget=True)
        assert not path.exists()

    def test_is_freed_when_its_process_dies(
        self, tmp_path: Path, hold: Callable[[Path], locks.Lock | None]
    ) -> None:
        path = tmp_path / "a.lock"
        code = (
            "import os, sys, pathlib; from sopguide.log import locks; "
            f"lock = locks.{hold.__name__}(pathlib.Path(sys.argv[1])); "
            "print(locks.is_held(pathlib.Path(sys.argv[1]))); sys.stdout.flush(); os._exit(9)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
        )
        assert done.stdout == "True\n"
        lock = hold(path)
        assert lock is not None
        lock.release()


def test_a_lock_in_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="cannot open the lock"):
        locks.hold(tmp_path / "nowhere" / "a.lock")


def test_a_system_without_flock_locks_by_filelock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_HAS_FLOCK", False)
    assert not locks.is_held(tmp_path / "a.lock")
    lock = locks.hold(tmp_path / "a.lock")
    assert lock is not None
    assert locks.is_held(tmp_path / "a.lock")
    lock.release()


def test_a_file_system_without_locks_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def refuse(fd: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(LogError, match="No locks available"):
        locks.hold(tmp_path / "a.lock")
