"""A disk that is full, broken or read-only: nothing is acknowledged, and nothing else is lost."""

from __future__ import annotations

import errno
import os
from random import Random
from typing import TYPE_CHECKING

import pytest

from sopguide.log.files import private_folder
from tests.log.failing import RefusingDisk
from tests.log.power import Promised
from tests.log.scene import Scene, check_promises

if TYPE_CHECKING:
    from pathlib import Path

SCENES = 200 if os.environ.get("SOPGUIDE_SOAK") else 20
KINDS = {"full": errno.ENOSPC, "broken": errno.EIO, "read-only": errno.EROFS}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scene", range(SCENES))
def test_whatever_is_refused_nothing_that_was_acknowledged_is_lost(
    tmp_path: Path, scene: int, kind: str
) -> None:
    chance = Random(scene)  # noqa: S311  (nothing secret about it)
    refused = 0
    for turn in range(5):
        data = tmp_path / str(turn)
        disk = RefusingDisk(
            KINDS[kind], 60 + chance.randrange(300), chance.choice((1, 2, 20, 1000))
        )
        private_folder(data)
        played = Scene(data, chance, disk)
        played.play()
        refused += len(played.refused)
        check_promises(data, [step for step in disk.steps if isinstance(step, Promised)])
    assert refused
