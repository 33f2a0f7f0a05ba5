"""The server ships what is walked at its desks: at the right moments, and only where it should."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from sopguide.log.local import LocalLog
from sopguide.log.team import background
from sopguide.serve import courier
from sopguide.serve.courier import shipping
from tests.log.making import complete, walk_id
from tests.patience import SECONDS

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that were started; the server looks as often as it can."""
    found: list[list[str]] = []
    monkeypatch.setattr(background, "_spawn", found.append)
    monkeypatch.setattr(courier, "_SOON", 0.0)
    monkeypatch.setenv("SOPGUIDE_DB", "postgresql://gate@127.0.0.1:1/none")
    return found


async def reaches(started: list[list[str]], number: int) -> None:
    ends = time.monotonic() + SECONDS
    while len(started) < number:
        assert time.monotonic() < ends
        await asyncio.sleep(0)


async def test_at_the_beginning_after_each_walk_and_at_the_end(
    tmp_path: Path, started: list[list[str]]
) -> None:
    async with shipping(tmp_path, lambda: False):
        await reaches(started, 1)
        assert started[0][-4:] == ["--background", "--served", "--data", str(tmp_path)]
        for number in (1, 2):
            with LocalLog(tmp_path) as log:
                complete(log, walk_id(number))
            await reaches(started, 1 + number)
        before = len(started)
    assert len(started) == before + 1


async def test_every_while_as_long_as_somebody_works(
    tmp_path: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "_A_WHILE", 0.0)
    busy = False
    async with shipping(tmp_path, lambda: busy):
        for _ in range(50):
            await asyncio.sleep(0)
        assert len(started) == 1
        busy = True
        await reaches(started, 3)


async def test_nothing_happens_where_no_store_is_named(
    tmp_path: Path, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOPGUIDE_DB")
    async with shipping(tmp_path, lambda: True):
        with LocalLog(tmp_path) as log:
            complete(log, walk_id(1))
        for _ in range(50):
            await asyncio.sleep(0)
    assert started == []
