"""However writes are refused, the chain goes on from the last step that was acknowledged."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopguide.log.checking import check
from sopguide.log.faults import LogError
from sopguide.log.files import SystemDisk
from sopguide.log.folder import DataFolder
from sopguide.log.journal import Journal
from sopguide.log.reading import read_journal
from sopguide.log.record import Stamp
from tests.log.making import HEADER, answered, walk_id

STAMP = Stamp(walk_id(), HEADER)


class MoodyDisk(SystemDisk):
    """Takes so many bytes of the next write, or none and says that it is broken."""

    takes: int | None = None
    broken = False
    syncs = True

    def write(self, fd: int, data: bytes) -> int:
        if self.broken:
            raise OSError(errno.EIO, "Input/output error")
        return super().write(fd, data if self.takes is None else data[: self.takes])

    def sync(self, fd: int) -> None:
        if not self.syncs:
            raise OSError(errno.EIO, "Input/output error")
        super().sync(fd)


_moods = st.none() | st.integers(0, 300) | st.just("broken")


@settings(max_examples=40, deadline=None)
@given(moods=st.lists(_moods, max_size=8))
def test_refused_steps_leave_no_trace_in_the_chain(moods: list[int | str | None]) -> None:
    with tempfile.TemporaryDirectory() as root:
        disk = MoodyDisk()
        journal = Journal(DataFolder(Path(root)), disk)
        acknowledged = 0
        for mood in [*moods, None]:
            disk.broken, disk.takes = mood == "broken", mood if isinstance(mood, int) else None
            lines = STAMP.lines(answered("reach", "no", "refuse"), acknowledged)
            if mood is None:
                journal.append(lines)
                acknowledged += 2
            else:
                with pytest.raises(LogError):
                    journal.append(lines)
        journal.close()
        checked = check(journal.name, journal.path.read_bytes())
        assert (checked.bad, checked.records, checked.torn) == (None, acknowledged, None)
        seqs = [record["seq"] for record in read_journal(journal.path).records]
        assert seqs == list(range(acknowledged))


def test_after_a_failed_sync_what_is_there_still_holds(tmp_path: Path) -> None:
    disk = MoodyDisk()
    journal = Journal(DataFolder(tmp_path), disk)
    journal.append(STAMP.lines(answered("reach", "no", "refuse"), 0))
    disk.syncs = False
    with pytest.raises(LogError):
        journal.append(STAMP.lines(answered("reach", "no", "refuse"), 2))
    checked = check(journal.name, journal.path.read_bytes())
    assert (checked.bad, checked.records) == (None, 2)


def test_a_step_is_sealed_before_it_is_written_in_one_go(tmp_path: Path) -> None:
    written: list[bytes] = []

    class Watching(SystemDisk):
        def write(self, fd: int, data: bytes) -> int:
            written.append(data)
            return os.write(fd, data)

    journal = Journal(DataFolder(tmp_path), Watching())
    journal.append(STAMP.lines(answered("reach", "no", "refuse"), 0))
    [data] = written
    assert data.count(b'"chain":') == data.count(b"\n") == 2
