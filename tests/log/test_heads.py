"""Heads are taken of what holds, and a file of them only ever grows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sopguide.log.faults import LogError
from sopguide.log.files import SystemDisk
from sopguide.log.folder import DataFolder
from sopguide.log.heads import Head, forward, heads, keep_heads, read_heads, take_heads
from sopguide.log.jsontext import loads
from sopguide.log.local import LocalLog
from tests.log.making import answered, begin, complete, ended, walk_id
from tests.log.mutating import journals_of, lines_of, put

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.faults import Damage


def by_count(found: list[Head]) -> list[int]:
    return [head.records for head in found]


def test_a_head_is_the_number_of_records_and_the_last_chain(tmp_path: Path) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id())
    [path] = journals_of(tmp_path)
    [head] = heads(DataFolder(tmp_path))
    assert (head.journal, head.records) == (path.stem, 7)
    assert head.chain == loads(lines_of(path)[-1])["chain"]


def test_the_last_step_of_a_running_process_is_left_for_the_next_time(tmp_path: Path) -> None:
    log = LocalLog(tmp_path)
    recorder = begin(log, walk_id())
    assert heads(DataFolder(tmp_path)) == []
    recorder.append(answered("reach", "no", "refuse"))
    [before] = heads(DataFolder(tmp_path))
    assert before.records == 2
    recorder.close(ended())
    log.close()
    [after] = take_heads(DataFolder(tmp_path), [before]).heads
    assert after.records == 7


def test_what_does_not_hold_gets_no_head(tmp_path: Path) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id())
    [path] = journals_of(tmp_path)
    put(path, lines_of(path)[::-1])
    taken = take_heads(DataFolder(tmp_path), [])
    assert taken.heads == []
    [damage] = taken.refused
    assert (damage.file, damage.line) == (str(path), 1)


def test_a_journal_that_goes_back_is_refused(tmp_path: Path) -> None:
    with LocalLog(tmp_path) as log:
        complete(log, walk_id())
    known = heads(DataFolder(tmp_path))
    [path] = journals_of(tmp_path)
    put(path, lines_of(path)[:4])
    taken = take_heads(DataFolder(tmp_path), known)
    assert taken.heads == []
    assert "the journal is cut short: 4 records are there, 7 were" in taken.refused[0].cause
    path.unlink()
    [damage] = take_heads(DataFolder(tmp_path), known).refused
    assert damage.cause == "the journal is gone"


def test_only_heads_that_are_further_are_new() -> None:
    known = [Head("a", 3, "x", 1), Head("a", 7, "y", 2), Head("b", 2, "z", 1)]
    some = [Head("a", 7, "y", 3), Head("b", 4, "w", 3), Head("c", 1, "v", 3)]
    assert [head.journal for head in forward(some, known)] == ["b", "c"]


CHAIN = "ab" * 32


def test_a_file_of_heads_is_only_added_to(tmp_path: Path) -> None:
    path = tmp_path / "heads.jsonl"
    keep_heads(path, [Head("a", 1, CHAIN, 1)])
    before = path.read_bytes()
    keep_heads(path, [Head("a", 2, CHAIN, 2)])
    assert path.read_bytes().startswith(before)
    damages: list[Damage] = []
    assert by_count(read_heads(path, damages)) == [1, 2]
    assert damages == []
    assert path.stat().st_mode & 0o777 == 0o644


def test_a_head_that_was_cut_off_while_it_was_written_is_none(tmp_path: Path) -> None:
    path = tmp_path / "heads.jsonl"
    keep_heads(path, [Head("a", 1, CHAIN, 1), Head("b", 2, CHAIN, 1)])
    path.write_bytes(path.read_bytes()[:-5])
    assert by_count(read_heads(path, [])) == [1]
    keep_heads(path, [Head("b", 3, CHAIN, 2)])
    assert by_count(read_heads(path, [])) == [1, 3]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"[]",
        b'{"journal":"a","records":1,"chain":"ab","at":1}',
        b'{"journal":"a","records":true,"chain":"%b","at":1}' % CHAIN.encode(),
        b'{"journal":"a","records":0,"chain":"%b","at":1}' % CHAIN.encode(),
        b'{"journal":"a","records":1}',
        b'{"journal":"a","records":1,"chain":"%b","at":99999999999999999}' % CHAIN.encode(),
        b'{"journal":"a","records":1,"chain":"%b","at":-1}' % CHAIN.encode(),
    ],
)
def test_a_line_that_is_no_head_is_reported_with_its_place(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "heads.jsonl"
    keep_heads(path, [Head("a", 1, CHAIN, 1)])
    with path.open("ab") as file:
        file.write(line + b"\n")
    damages: list[Damage] = []
    assert by_count(read_heads(path, damages)) == [1]
    assert str(damages[0]).startswith(f"{path}:2: is no head: ")


class FullDisk(SystemDisk):
    def write(self, fd: int, data: bytes) -> int:
        return os.write(fd, data[: len(data) // 2])


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "heads.jsonl"
    keep_heads(path, [Head("a", 1, CHAIN, 1)])
    before = path.read_bytes()
    with pytest.raises(LogError, match="the disk took only a part of it"):
        keep_heads(path, [Head("a", 2, CHAIN, 2)], FullDisk())
    assert path.read_bytes() == before


def test_heads_that_cannot_be_read_are_reported(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="cannot read"):
        read_heads(tmp_path, [])
