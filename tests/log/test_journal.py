"""A journal keeps whole steps or says that it did not; every way to cut one off is tried."""

from __future__ import annotations

import errno
import json
import os
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sopguide.log.faults import LogError
from sopguide.log.files import SystemDisk
from sopguide.log.folder import DataFolder
from sopguide.log.journal import Journal
from sopguide.log.local import LocalLog
from sopguide.log.reading import by_walk, merge, read_journal
from sopguide.log.record import Stamp
from tests.log.making import HEADER, answered, begin, begun, complete, ended, journals, walk_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sopguide.log.record import Record


class FailingDisk(SystemDisk):
    """Fails at the nth call of one kind, as a real disk would."""

    def __init__(self) -> None:
        self.short_after: int | None = None
        self.refused: set[str] = set()
        self.synced = 0

    def write(self, fd: int, data: bytes) -> int:
        if "write" in self.refused:
            os.write(fd, data[: len(data) // 2])
            raise OSError(errno.EIO, "Input/output error")
        if self.short_after is not None:
            return os.write(fd, data[: self.short_after])
        return super().write(fd, data)

    def sync(self, fd: int) -> None:
        self.synced += 1
        if "sync" in self.refused:
            raise OSError(errno.EIO, "Input/output error")
        super().sync(fd)

    def truncate(self, fd: int, size: int) -> None:
        if "truncate" in self.refused:
            raise OSError(errno.EIO, "Input/output error")
        super().truncate(fd, size)


@pytest.fixture
def disk() -> FailingDisk:
    return FailingDisk()


@pytest.fixture
def journal(tmp_path: Path, disk: FailingDisk) -> Journal:
    return Journal(DataFolder(tmp_path), disk)


STEP = Stamp(walk_id(), HEADER).lines(begun(), 0)
NEXT = Stamp(walk_id(), HEADER).lines(answered("reach", "no", "refuse"), 2)


def test_one_write_and_one_sync_make_a_step(journal: Journal, disk: FailingDisk) -> None:
    journal.append(STEP)
    assert disk.synced == 1
    assert unsealed(journal.path) == STEP


@pytest.mark.parametrize("taken", [0, 1, 100, len(NEXT) - 1])
def test_a_short_write_is_cut_off_and_reported(
    journal: Journal, disk: FailingDisk, taken: int
) -> None:
    journal.append(STEP)
    disk.short_after = taken
    with pytest.raises(LogError, match="the disk is full: this step is not stored"):
        journal.append(NEXT)
    assert unsealed(journal.path) == STEP
    disk.short_after = None
    journal.append(NEXT)
    assert unsealed(journal.path) == STEP + NEXT


def test_a_failed_write_is_cut_off_and_reported(journal: Journal, disk: FailingDisk) -> None:
    journal.append(STEP)
    disk.refused = {"write"}
    with pytest.raises(LogError, match="Input/output error"):
        journal.append(NEXT)
    assert unsealed(journal.path) == STEP
    disk.refused = set()
    journal.append(NEXT)


def test_a_failed_sync_is_never_tried_again(journal: Journal, disk: FailingDisk) -> None:
    disk.refused = {"sync"}
    with pytest.raises(LogError, match="Input/output error"):
        journal.append(STEP)
    disk.refused = set()
    with pytest.raises(LogError, match="takes no more since fdatasync failed"):
        journal.append(STEP)
    assert disk.synced == 1
    assert journal.path.read_bytes() == b""


def test_a_part_that_cannot_be_cut_off_is_the_last_thing_written(
    journal: Journal, disk: FailingDisk
) -> None:
    journal.append(STEP)
    disk.refused = {"truncate"}
    disk.short_after = 10
    with pytest.raises(LogError):
        journal.append(NEXT)
    disk.short_after = None
    with pytest.raises(LogError, match="takes no more"):
        journal.append(NEXT)
    reading = read_journal(journal.path)
    assert len(reading.records) == 2
    assert reading.harmless


def test_a_refused_step_leaves_the_recorder_where_it_was(tmp_path: Path, disk: FailingDisk) -> None:
    log = LocalLog(tmp_path, disk)
    recorder = begin(log, walk_id())
    disk.short_after = 7
    with pytest.raises(LogError):
        recorder.append(answered("reach", "no", "refuse"))
    assert recorder.seq == 2
    with pytest.raises(LogError):
        recorder.close(ended())
    disk.short_after = None
    recorder.append(answered("reach", "yes", "secure"))
    recorder.close(ended())
    assert log.walk(walk_id())[2]["data"]["answer"] == "yes"
    assert [record["seq"] for record in log.walk(walk_id())] == list(range(7))


def test_a_journal_that_cannot_be_made_leaves_no_walk_behind(
    tmp_path: Path, disk: FailingDisk
) -> None:
    log = LocalLog(tmp_path, disk)
    (tmp_path / "journals").rename(tmp_path / "gone")
    with pytest.raises(LogError, match="cannot write"):
        begin(log, walk_id())
    assert not list((tmp_path / "open").iterdir())
    (tmp_path / "gone").rename(tmp_path / "journals")
    assert begin(log, walk_id()).seq == 2


def test_a_step_cut_off_at_any_byte_is_left_out_and_all_before_it_served(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    for cut in range(len(NEXT)):
        path.write_bytes(STEP + NEXT[:cut])
        reading = read_journal(path)
        assert [record["seq"] for record in reading.records] == [0, 1]
        assert reading.harmless
        assert [damage.line for damage in reading.damages] == ([3] if cut else [])
    path.write_bytes(STEP + NEXT)
    assert read_journal(path).damages == []


def test_a_walk_goes_on_after_its_last_step_was_cut_off(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id())
    recorder.append(answered("reach", "no", "refuse"))
    recorder.release()
    log.close()
    [journal] = journals(tmp_path)
    os.truncate(journal, journal.stat().st_size - 1)
    log = LocalLog(tmp_path)
    [found] = log.unfinished()
    assert found.step == "reach"
    [damage] = log.damages()
    assert "never acknowledged" in str(damage)
    recorder = log.reopen(walk_id())
    assert recorder.seq == 2
    recorder.append(answered("reach", "yes", "secure"))
    recorder.close(ended())
    log.close()
    assert [record["seq"] for record in LocalLog(tmp_path).walk(walk_id())] == list(range(7))
    assert journals(tmp_path) == []


def test_what_a_running_process_is_just_writing_is_no_damage(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    begin(log, walk_id())
    with journals(tmp_path)[0].open("ab") as journal:
        journal.write(b'{"v":1,"id":')
    other = LocalLog(tmp_path)
    assert len(other.walk(walk_id())) == 2
    assert other.damages() == []


def unsealed(path: Path) -> bytes:
    """What was given to the journal."""
    return re.sub(rb',"salt":"[0-9a-f]{32}","chain":"[0-9a-f]{64}"', b"", path.read_bytes())


def damaged(change: Callable[[Record], object]) -> bytes:
    record = json.loads(STEP.splitlines()[0])
    del record["more"]
    changed = change(record)
    return json.dumps(record if changed is None else changed).encode()


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        (b"", "cannot be read"),
        (b"\xff\xfe", "cannot be read"),
        (b"\x00" * 40, "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
        (b'{"a":1.5,"b":' + b"[" * 100_000, "cannot be read"),
        (damaged(lambda record: [1]), "no JSON object"),
        (damaged(lambda record: record.pop("walk") and None), "no right `walk`"),
        (damaged(lambda record: record.update(seq="0")), "no right `seq`"),
        (damaged(lambda record: record.update(data=None)), "no right `data`"),
        (damaged(lambda record: record.update(v=3)), "a later version (schema 3)"),
    ],
    ids=[
        "empty",
        "no-utf8",
        "zeros",
        "deep",
        "deep-decimal",
        "list",
        "no-walk",
        "seq",
        "data",
        "v3",
    ],
)
def test_a_damaged_line_is_reported_with_its_place_and_the_others_are_served(
    tmp_path: Path, line: bytes, cause: str
) -> None:
    path = tmp_path / "one.jsonl"
    path.write_bytes(STEP + line + b"\n" + NEXT)
    reading = read_journal(path)
    assert [record["seq"] for record in reading.records] == [0, 1, 2, 3]
    assert not reading.harmless
    [damage] = reading.damages
    assert str(damage).startswith(f"{path}:3: ")
    assert cause in str(damage)


def test_a_journal_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    reading = read_journal(tmp_path)
    assert reading.records == []
    assert str(reading.damages[0]).startswith(f"{tmp_path}: cannot be read")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=60,
)
@given(data=st.data())
def test_no_change_of_bytes_ever_stops_the_reading(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(STEP + NEXT)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path = tmp_path / "changed.jsonl"
    path.write_bytes(bytes(content))
    for history in by_walk([read_journal(path)]).values():
        assert history.records


@settings(max_examples=60)
@given(data=st.data())
def test_records_merge_by_seq_however_they_come(data: st.DataObject) -> None:
    records = [{"id": f"e{seq}", "seq": seq, "type": "step.shown"} for seq in range(6)]
    twice = data.draw(st.lists(st.sampled_from(records)))
    shuffled = data.draw(st.permutations([*records, *twice]))
    history = merge("walk", shuffled, "somewhere")
    assert list(history.records) == records
    assert history.damages == ()
    assert history.whole
    assert not history.ended


def test_holes_and_contradictions_of_a_walk_are_reported() -> None:
    def event(seq: int, name: str) -> Record:
        return {"id": name, "seq": seq, "type": "step.shown"}

    records = [event(0, "a"), event(3, "b"), event(3, "c"), event(5, "d")]
    history = merge("w", records, "one.jsonl")
    assert [str(damage) for damage in history.damages] == [
        "one.jsonl: walk w: events 1 to 2 are missing",
        "one.jsonl: walk w: two different events 3",
        "one.jsonl: walk w: event 4 is missing",
    ]
    assert [record["id"] for record in history.records] == ["a", "b", "d"]
    assert not history.whole


def test_two_logs_of_one_folder_write_apart(tmp_path: Path) -> None:
    one, two = LocalLog(tmp_path), LocalLog(tmp_path)
    begin(one, walk_id(1))
    begin(two, walk_id(2))
    complete(two, walk_id(3))
    assert len(journals(tmp_path)) == 2
    assert len({path.read_bytes().split(b'"walk":"')[1][:36] for path in journals(tmp_path)}) == 2
