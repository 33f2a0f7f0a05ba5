"""A log on a disk that can be told to fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sopguide.log.local import LocalLog
from tests.log.test_journal import FailingDisk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def disk() -> FailingDisk:
    return FailingDisk()


@pytest.fixture
def log(tmp_path: Path, disk: FailingDisk) -> Iterator[LocalLog]:
    with LocalLog(tmp_path, disk) as opened:
        yield opened
