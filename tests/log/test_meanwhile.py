"""What moves while it is erased, expired or looked at is found where it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.log import erasing, expiring, inspecting
from sopguide.log.chain import is_anchor
from sopguide.log.dayfiles import DayFiles
from sopguide.log.due import due
from sopguide.log.erasing import BY_AGENT, Subject, erase_from, extent
from sopguide.log.expiring import expire
from sopguide.log.folder import DataFolder
from sopguide.log.jsontext import loads
from sopguide.log.remarks import Remarks
from tests.log.making import DAY, NOON, completed

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.faults import Damage

ANN = Subject(BY_AGENT, "ann", NOON + DAY)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataFolder:
    """One journal, put away since the journals were listed."""
    completed(tmp_path, 1)
    folder = DataFolder(tmp_path)
    [path] = folder.done_journals()
    for module in (erasing, expiring):
        monkeypatch.setattr(module, "journals", lambda _: [folder.journals / path.name])
    return folder


def test_a_journal_put_away_meanwhile_is_erased_where_it_is(folder: DataFolder) -> None:
    damages: list[Damage] = []
    remarks = Remarks(folder.remarks)
    assert extent(folder, remarks, ANN, damages).records == 7
    assert erase_from(folder, remarks, ANN, damages) == []
    assert damages == []
    [path] = folder.done_journals()
    assert b'"ann"' not in path.read_bytes()
    assert folder.live_journals() == []


def test_a_journal_put_away_meanwhile_expires_where_it_is(folder: DataFolder) -> None:
    damages: list[Damage] = []
    expire(folder, due(folder, {"walks": NOON + DAY}, damages), damages)
    assert damages == []
    [path] = folder.done_journals()
    assert is_anchor(loads(path.read_bytes()))
    assert folder.live_journals() == []


def test_a_file_of_finished_walks_made_anew_meanwhile_is_not_damaged(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = folder.walks / "2026-11" / "22-999.json"
    monkeypatch.setattr(DayFiles, "all", lambda _: [gone])
    assert list(inspecting.inspect(folder)) == []
