"""A disk that refuses, seen at the desk: nothing moves, and the screen says what to do."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from sopguide.log.files import SystemDisk
from sopguide.log.local import LocalLog
from sopguide.log.logged_walk import LoggedWalk
from sopguide.tui.app import DeskApp
from tests.desk.test_local import desk_of
from tests.tui.running import text_of, words_of

if TYPE_CHECKING:
    from pathlib import Path


class Refusing(SystemDisk):
    """Refuses while it is told to: on a full disk a write is short, on a broken one no sync works."""

    def __init__(self) -> None:
        self.error: int | None = None

    def open(self, path: Path, flags: int) -> int:
        if self.error == errno.EROFS:
            raise OSError(self.error, os.strerror(self.error))
        return super().open(path, flags)

    def write(self, fd: int, data: bytes) -> int:
        if self.error == errno.EROFS:
            raise OSError(self.error, os.strerror(self.error))
        short = self.error == errno.ENOSPC
        return super().write(fd, data[: len(data) // 2] if short else data)

    def sync(self, fd: int) -> None:
        if self.error == errno.EIO:
            raise OSError(self.error, os.strerror(self.error))
        super().sync(fd)


TOLD = {
    errno.ENOSPC: "the disk is full",
    errno.EIO: "Input/output error",
    errno.EROFS: "Read-only file system",
}


@pytest.mark.parametrize("error", TOLD, ids=errno.errorcode.get)
async def test_an_answer_that_cannot_be_stored_leaves_its_question_on_the_screen(
    tmp_path: Path, error: int
) -> None:
    disk = Refusing()
    with LocalLog(tmp_path, disk) as log:
        app = DeskApp(desk_of(log), sop="example", ticket={"id": "T-1"})
        async with app.run_test(size=(120, 30)) as pilot:
            await pilot.pause()
            walk = app._walk
            assert isinstance(walk, LoggedWalk)
            disk.error = error
            before = log.walk(walk.id)
            await pilot.press("1")
            text = words_of(pilot)
            assert "First?" in text
            assert "Not saved, so nothing has moved" in text
            assert TOLD[error] in text
            assert "Make room or ask for help" in text
            assert LocalLog(tmp_path).walk(walk.id) == log.walk(walk.id) == before
            assert log.damages() == []
            disk.error = None
            await pilot.press("1")
            goes_on = error != errno.EIO  # a journal whose sync failed once takes no more
            assert ("Second?" in text_of(pilot)) == goes_on
            assert len(log.walk(walk.id)) == len(before) + 2 * goes_on


@pytest.mark.parametrize("error", TOLD, ids=errno.errorcode.get)
async def test_a_walk_that_cannot_begin_says_why(tmp_path: Path, error: int) -> None:
    disk = Refusing()
    with LocalLog(tmp_path, disk) as log:
        desk = desk_of(log)
        disk.error = error
        app = DeskApp(desk, sop="example", ticket={"id": "T-1"})
        async with app.run_test(size=(120, 30)) as pilot:
            await pilot.pause()
            assert app._walk is None
            text = words_of(pilot)
            assert "The walk cannot begin" in text
        assert list(log.walks()) == []


async def test_a_walk_that_could_not_be_stored_on_goes_on_after_a_new_start(tmp_path: Path) -> None:
    disk = Refusing()
    with LocalLog(tmp_path, disk) as log:
        app = DeskApp(desk_of(log), sop="example", ticket={"id": "T-1"})
        async with app.run_test(size=(120, 30)) as pilot:
            await pilot.pause()
            await pilot.press("1")
            assert "Second?" in text_of(pilot)
            walk = app._walk
            assert isinstance(walk, LoggedWalk)
            disk.error = errno.EIO
            await pilot.press("1")
            assert "resume the walk" in words_of(pilot)
    disk.error = None
    walk._recorder.release()
    with LocalLog(tmp_path) as log:
        desk = desk_of(log)
        [parked] = desk.parked()
        assert (parked.walk, parked.step, parked.ticket) == (walk.id, "second", "T-1")
        again = desk.resume(parked.walk)
        assert isinstance(again, LoggedWalk)
        assert again.view().step == walk.view().step
        assert again.walk.procedure.hash == walk.walk.procedure.hash
