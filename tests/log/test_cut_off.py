"""Files cut off at every byte of what was written last: all is recovered, or told to be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.log.checking import check
from sopguide.log.folder import DataFolder
from sopguide.log.heads import heads
from sopguide.log.local import LocalLog
from sopguide.log.steps import content_of, name_of
from tests.log.making import (
    FORM_HASH,
    answered,
    begin,
    complete,
    done_journals,
    ended,
    journals,
    walk_id,
)
from tests.log.power import Quick
from tests.log.scene import make_remark

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_three_steps_of_a_journal_cut_off_at_every_byte(tmp_path: Path) -> None:
    """A cut within a step is seen at once; one between two of them by a head that was kept."""
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id(1))
    [path] = journals(tmp_path)
    ends = [path.stat().st_size]
    for step in ("first", "second", "third"):
        recorder.append(answered(step, "no", step))
        ends.append(path.stat().st_size)
    recorder.release()
    log.close()
    whole = path.read_bytes()
    kept = heads(DataFolder(tmp_path))
    for size in range(ends[0], len(whole)):
        path.write_bytes(whole[:size])
        log = LocalLog(tmp_path, Quick())
        there = sum(end <= size for end in ends)
        assert len(log.walk(walk_id(1))) == 2 * there
        told = [damage.harmless for damage in log.damages()]
        assert told == ([] if size in ends else [True])
        found = check(name_of(path), content_of(path), kept)
        assert found.bad is not None
        assert "cut short" in found.bad.cause
    path.write_bytes(whole)
    assert check(name_of(path), whole, kept).bad is None


def test_the_end_of_a_finished_walk_cut_off_at_every_byte_is_known_all_the_same(
    tmp_path: Path,
) -> None:
    log = LocalLog(tmp_path)
    begin(log, walk_id(9)).release()  # so that the journal stays where it is
    complete(log, walk_id(1))
    before = log.walk(walk_id(1))
    log.close()
    [path] = journals(tmp_path)
    whole = path.read_bytes()
    start = whole.index(b'"step.answered"')
    for size in range(start, len(whole)):
        path.write_bytes(whole[:size])
        log = LocalLog(tmp_path, Quick())
        assert log.walk(walk_id(1)) == before
        assert [walk.walk for walk in log.unfinished()] == [walk_id(9)]
        if size % 50 == 0 or size in (start, len(whole) - 1):
            assert log.rebuild() == 1
            assert log.walk(walk_id(1)) == before


REPLACED: dict[str, Callable[[Path], Path]] = {
    "walks": lambda data: data / "walks/2026-11/22-001.json",
    "form": lambda data: data / f"forms/{FORM_HASH}.json",
    "remark": lambda data: data / f"remarks/2026-11/{make_remark(walk_id(5), walk_id(1)).id}.json",
    "ticket": lambda data: data / f"open/{walk_id(2)}.json",
    "key": lambda data: data / "ticket.key",
    "compacted": lambda data: done_journals(data)[0],
}


@pytest.mark.parametrize("kind", REPLACED)
def test_a_file_that_is_replaced_as_a_whole_cut_off_at_every_byte(
    tmp_path: Path, kind: str
) -> None:
    """Either it is told with its place, or everything is as it was."""
    with LocalLog(tmp_path) as log:
        complete(log, walk_id(1))
        log.remarks.keep(make_remark(walk_id(5), walk_id(1)))
        log.ticket_hash("T-1")
    with LocalLog(tmp_path) as log:
        log.compact()
        begin(log, walk_id(2)).release()
        before = list(log.walks())
    path = REPLACED[kind](tmp_path)
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        log = LocalLog(tmp_path, Quick())
        broken = [each.path for each in log.inspect()]
        assert broken == ([] if kind == "ticket" and not size else [path])  # emptied on purpose
        if size % 20 == 0:
            walks = list(log.walks())
            assert walks == before if kind != "walks" else all(walk in before for walk in walks)
            assert [each.walk for each in log.unfinished()] == [walk_id(2)]
    path.write_bytes(whole)
    assert LocalLog(tmp_path).inspect() == []


def test_a_walk_of_which_the_last_answer_was_cut_off_goes_on_before_it(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id(1))
    recorder.append(answered("reach", "no", "refuse"))
    recorder.release()
    log.close()
    [path] = journals(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    log = LocalLog(tmp_path)
    [left] = log.unfinished()
    assert left.step == "reach"
    again = log.reopen(walk_id(1))
    again.append(answered("reach", "yes", "refuse"))
    again.close(ended())
    assert [record["seq"] for record in log.walk(walk_id(1))] == list(range(7))
