"""What is done with the log is itself recorded, sealed like any record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.log.acts import ERASED, EXPORTED, act_journals, read_acts, record_act
from sopguide.log.chain import commitment, first_head, next_head
from sopguide.log.faults import Damage, LogError
from sopguide.log.files import SystemDisk
from sopguide.log.folder import DataFolder
from sopguide.log.identity import Identity, current_identity
from sopguide.log.local import LocalLog
from sopguide.log.steps import content_of, steps_of
from tests.log.making import completed, walk_id

if TYPE_CHECKING:
    from pathlib import Path


def test_an_act_tells_who_did_what_and_how_much(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    record_act(folder, EXPORTED, {"format": "csv", "walks": 12})
    record_act(folder, ERASED, {"walks": 3}, Identity("quinn", "acme-bpo", "acme"))
    damages: list[Damage] = []
    first, second = read_acts(folder, damages)
    assert (first["type"], first["data"]) == ("log.exported", {"format": "csv", "walks": 12})
    assert first["agent"] == current_identity().agent
    assert (second["agent"], second["vendor"], second["org"]) == ("quinn", "acme-bpo", "acme")
    assert damages == []


def test_an_act_is_sealed_by_the_chain_of_its_journal(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    record_act(folder, EXPORTED, {"walks": 1})
    [path] = act_journals(folder)
    [line] = steps_of(content_of(path)).lines
    assert line.record is not None
    head = next_head(first_head(path.stem), commitment(line.record))
    assert line.record["chain"] == head.hex()
    assert not list(folder.locks.iterdir())


def test_no_walk_belongs_to_an_act(tmp_path: Path) -> None:
    completed(tmp_path, 1)
    record_act(DataFolder(tmp_path), EXPORTED, {"walks": 1})
    with LocalLog(tmp_path) as log:
        assert [walk.walk for walk in log.walks()] == [walk_id(1)]
        assert log.unfinished() == []
        assert log.rebuild() == 1
        assert log.damages() == []


def test_an_act_that_cannot_be_stored_is_not_acknowledged(tmp_path: Path) -> None:
    class Full(SystemDisk):
        def write(self, fd: int, data: bytes) -> int:
            raise OSError(28, "No space left on device")

    folder = DataFolder(tmp_path)
    with pytest.raises(LogError, match="No space left"):
        record_act(folder, EXPORTED, {"walks": 1}, disk=Full())
    assert read_acts(folder, []) == []


def test_only_known_acts_are_recorded(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"`log\.read` is no act"):
        record_act(DataFolder(tmp_path), "log.read", {})
