"""Journals that are only kept are made small, and stay what they were."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

import pytest

from sopguide.log.compacting import compactable
from sopguide.log.faults import LogError
from sopguide.log.files import SystemDisk
from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.locks import hold
from tests.log.making import begin, complete, done_journals, journals, walk_id

if TYPE_CHECKING:
    from pathlib import Path


def done(data: Path) -> list[str]:
    return sorted(path.name for path in done_journals(data))


def log_with_done_journals(data: Path) -> LocalLog:
    for number in range(3):
        with LocalLog(data) as log:
            complete(log, walk_id(number))
    return LocalLog(data)


def test_finished_journals_are_compressed_and_the_same_inside(tmp_path: Path) -> None:
    log = log_with_done_journals(tmp_path)
    before = {path.name: path.read_bytes() for path in DataFolder(tmp_path).done_journals()}
    found = log.compact()
    assert found.journals == 3
    assert found.before == sum(map(len, before.values()))
    assert 0 < found.after < found.before
    compacted = DataFolder(tmp_path).done_journals()
    assert done(tmp_path) == [f"{name}.gz" for name in sorted(before)]
    assert {path.stem: gzip.decompress(path.read_bytes()) for path in compacted} == before
    assert log.compact().journals == 0


def test_compacted_journals_give_the_same_finished_walks(tmp_path: Path) -> None:
    log = log_with_done_journals(tmp_path)
    before = list(log.walks())
    log.compact()
    for path in (tmp_path / "walks").rglob("*.json"):
        path.unlink()
    assert list(log.walks()) == []
    assert log.rebuild() == 3
    assert list(log.walks()) == before
    assert log.damages() == []


def test_journals_in_use_are_left_alone(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    complete(log, walk_id(1))
    begin(log, walk_id(2)).release()
    assert log.compact().journals == 0
    assert len(journals(tmp_path)) == 1


def test_old_journals_are_compacted_by_themselves_a_few_at_a_time(tmp_path: Path) -> None:
    log_with_done_journals(tmp_path)
    place = tmp_path / "journals" / "done"
    for number, path in enumerate(sorted(place.iterdir())):
        for copy in range(2):
            old = place / f"20200{number + 1}01T000000-{copy}-ab.jsonl"
            old.write_bytes(path.read_bytes())
    new = done(tmp_path)[6:]
    assert len(compactable(DataFolder(tmp_path), 30 * 86_400)) == 6
    LocalLog(tmp_path).close()
    assert [name[-3:] for name in done(tmp_path)] == [".gz"] * 3 + ["onl"] * 6
    LocalLog(tmp_path).close()
    assert done(tmp_path)[6:] == new
    assert compactable(DataFolder(tmp_path), 30 * 86_400) == []


def test_a_journal_compacted_by_halves_is_read_once_and_compacted_again(tmp_path: Path) -> None:
    log = log_with_done_journals(tmp_path)
    first = DataFolder(tmp_path).done_journals()[0]
    original = first.read_bytes()
    log.compact()
    first.write_bytes(original)  # killed before it was removed
    assert len(DataFolder(tmp_path).done_journals()) == 3
    assert log.rebuild() == 3
    assert log.compact().journals == 1
    assert log.damages() == []


def test_a_journal_that_is_compacted_just_when_it_is_read_is_read_all_the_same(
    tmp_path: Path,
) -> None:
    log = log_with_done_journals(tmp_path)
    listed = DataFolder(tmp_path).done_journals()
    log.compact()
    from sopguide.log.reading import read_journal

    readings = [read_journal(path) for path in listed]
    assert [len(reading.records) for reading in readings] == [7, 7, 7]
    assert not any(reading.damages for reading in readings)


def test_what_a_killed_process_was_compressing_is_no_damage_and_is_removed(tmp_path: Path) -> None:
    log = log_with_done_journals(tmp_path)
    left = tmp_path / "journals" / "done" / ".20200101T000000-1-ab.jsonl.gz.77.new"
    left.write_bytes(b"half a fi")
    assert log.inspect() == []
    assert log.compact().journals == 3
    assert not left.exists()
    assert not (tmp_path / "locks" / "compacting.lock").exists()


def test_two_processes_do_not_compact_at_once(tmp_path: Path) -> None:
    log = log_with_done_journals(tmp_path)
    lock = hold(DataFolder(tmp_path).lock("compacting"))
    assert lock is not None
    assert log.compact().journals == 0
    lock.release()
    assert log.compact().journals == 3


class FullDisk(SystemDisk):
    def write(self, fd: int, data: bytes) -> int:
        return os.write(fd, data[: len(data) // 2])


def test_on_a_full_disk_the_journals_stay_as_they_are(tmp_path: Path) -> None:
    log_with_done_journals(tmp_path)
    before = done(tmp_path)
    with pytest.raises(LogError, match="only a part"):
        LocalLog(tmp_path, FullDisk()).compact()
    assert done(tmp_path) == before
