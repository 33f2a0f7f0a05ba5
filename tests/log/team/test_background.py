"""Shipping while an agent works: started at the right moments, and never in the walk's way."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.team import background
from sopguide.log.team.background import ShippingLog, ship_quietly, walk_log
from sopguide.log.team.offsets import read_offsets
from tests.fresh import imported
from tests.log.making import begin, complete, ended, walk_id
from tests.patience import wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.log.team.postgres import Store


@pytest.fixture(autouse=True)
def no_store_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOPGUIDE_DB", raising=False)


def test_it_is_started_at_the_beginning_and_whenever_a_walk_has_ended(tmp_path: Path) -> None:
    started: list[list[str]] = []
    log = ShippingLog(tmp_path, spawn=started.append)
    assert len(started) == 1
    complete(log, walk_id(1))
    assert len(started) == 2
    recorder = begin(log, walk_id(2))
    begin(log, walk_id(3))
    assert len(started) == 2
    recorder.close(ended(3))
    assert len(started) == 3
    log.close()
    assert len(started) == 4
    assert started[0][:4] == [sys.executable, "-P", "-m", "sopguide"]
    assert started[0][4:] == ["log", "ship", "--background", "--data", str(tmp_path)]


def test_a_walk_that_begins_a_while_later_starts_it_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[list[str]] = []
    log = ShippingLog(tmp_path, spawn=started.append)
    monkeypatch.setattr(background, "_A_WHILE", 0.0)
    begin(log, walk_id(1))
    assert len(started) == 2


def test_a_system_that_starts_no_process_does_not_disturb_a_walk(tmp_path: Path) -> None:
    def spawn(command: list[str]) -> int:
        raise OSError("too many processes")

    log = ShippingLog(tmp_path, spawn=spawn)
    complete(log, walk_id(1))
    log.close()
    assert [walk.walk for walk in LocalLog(tmp_path).walks()] == [walk_id(1)]


def test_nothing_is_started_where_no_store_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert type(walk_log(tmp_path)) is LocalLog
    (tmp_path / "team.json").write_text('{"url": "keyring"}')
    monkeypatch.setattr(background, "_spawn", lambda _: None)
    assert type(walk_log(tmp_path)) is ShippingLog
    monkeypatch.setenv("SOPGUIDE_DB", "postgresql://ann@127.0.0.1:1/none")
    assert type(walk_log(tmp_path / "other")) is ShippingLog


def test_what_is_walked_arrives_by_itself_in_a_process_of_its_own(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOPGUIDE_DB", store.person("ann"))
    log = walk_log(tmp_path)
    assert isinstance(log, ShippingLog)
    assert log.starter.child is not None
    assert os.getsid(log.starter.child) == log.starter.child != os.getsid(0)
    for number in (1, 2):
        shipping_ends(log)  # while one ships, another that is started leaves it to that
        complete(log, walk_id(number))
    shipping_ends(log)
    assert store.rows("SELECT count(*) FROM sopguide.events") == [(14,)]
    begin(log, walk_id(3)).release()
    log.close()
    shipping_ends(log)
    assert store.rows("SELECT count(*) FROM sopguide.events") == [(16,)]


def shipping_ends(log: ShippingLog) -> None:
    child = log.starter.child
    assert child is not None
    how = os.WEXITED | os.WNOHANG | os.WNOWAIT  # the log itself will ask for it
    wait_until(lambda: os.waitid(os.P_PID, child, how) is not None, "the end of shipping")


def test_an_unreachable_store_is_noted_and_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOPGUIDE_DB", "postgresql://ann@127.0.0.1:1/none")
    log = walk_log(tmp_path)
    assert isinstance(log, ShippingLog)
    complete(log, walk_id(1))
    folder = DataFolder(tmp_path)
    wait_until(lambda: read_offsets(folder).why is not None, "a note of what was wrong")
    log.close()
    shipping_ends(log)
    assert capfd.readouterr() == ("", "")


def test_a_fault_of_the_program_itself_is_noted_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(background, "ship_now", fail)
    ship_quietly(tmp_path)
    assert read_offsets(DataFolder(tmp_path)).why == "a fault of sopguide itself: ZeroDivisionError"


def test_the_desk_starts_without_importing_what_only_shipping_needs(tmp_path: Path) -> None:
    code = (
        "import pathlib\n"
        "from sopguide.log.team.background import walk_log\n"
        "walk_log(pathlib.Path(sys.argv[1]))\n"
    )
    env = {**os.environ, "SOPGUIDE_DB": "postgresql://ann@127.0.0.1:1/none"}
    found = imported(code, tmp_path, env=env)
    assert "sopguide.log.local" in found
    assert found.isdisjoint({"psycopg", "keyring", "alembic", "subprocess", "tinydb"})
