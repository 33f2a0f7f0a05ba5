"""Against the heads that the team's store keeps, what was changed here afterwards is found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from sopguide.cli.exits import Exit
from sopguide.cli.main import program
from sopguide.log.folder import DataFolder
from sopguide.log.heads import heads
from sopguide.log.local import LocalLog
from sopguide.log.team.heads import team_heads
from sopguide.log.team.shipping import Shipper
from tests.log.making import complete, journals, walk_id
from tests.log.mutating import cover_up, journals_of, lines_of, put, sealed_again

if TYPE_CHECKING:
    from pathlib import Path

    from tests.log.team.postgres import Store


@pytest.fixture
def url(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Of a person whose walks were shipped."""
    found = store.person("ann")
    monkeypatch.setenv("SOPGUIDE_DB", found)
    monkeypatch.setenv("SOPGUIDE_DATA", str(tmp_path))
    for number in (1, 2):
        with LocalLog(tmp_path) as log:
            complete(log, walk_id(number))
    Shipper(DataFolder(tmp_path), found).ship()
    return found


def verified(code: Exit) -> list[str]:
    result = CliRunner().invoke(program, ["log", "verify", "--team", "--json"])
    assert result.exit_code == code, result.output
    return [damage["cause"] for damage in json.loads(result.stdout)["damages"]]


def test_the_store_keeps_the_heads_of_what_was_shipped(url: str, tmp_path: Path) -> None:
    here = heads(DataFolder(tmp_path))
    there = team_heads(url, [head.journal for head in here])
    assert sorted(head[:3] for head in there) == sorted(head[:3] for head in here)
    assert all(head.at > 1_600_000_000_000 for head in there)
    assert team_heads(url, ["another"]) == []
    assert verified(Exit.OK) == []


def test_nobody_sees_the_heads_of_another_vendor(url: str, tmp_path: Path, store: Store) -> None:
    names = [head.journal for head in heads(DataFolder(tmp_path))]
    assert team_heads(store.person("bea", vendor="other"), names) == []
    assert len(team_heads(url, names)) == 2


def test_a_journal_that_was_made_anew_after_it_was_shipped_is_found(
    url: str, tmp_path: Path
) -> None:
    path, _ = journals_of(tmp_path)
    put(path, sealed_again(path.stem, lines_of(path)))
    cover_up(tmp_path)
    [cause] = verified(Exit.FINDINGS)
    assert cause.startswith("the journal was made anew")


def test_a_journal_that_was_removed_after_it_was_shipped_is_found(url: str, tmp_path: Path) -> None:
    path, _ = journals_of(tmp_path)
    path.unlink()
    cover_up(tmp_path)
    assert verified(Exit.FINDINGS) == ["the journal is gone"]
    assert journals(tmp_path) == []
