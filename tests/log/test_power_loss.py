"""The power goes at any moment: what was acknowledged is there, and nothing is silently unreadable.

Nor does it look as if somebody had changed the log.

`SOPGUIDE_SOAK=1` looks at ten times as many states.
"""

from __future__ import annotations

import os
import shutil
from random import Random
from typing import TYPE_CHECKING

import pytest

from sopguide.log.faults import LogError
from sopguide.log.folder import DataFolder
from sopguide.log.verifying import verify
from tests.log.power import RecordingDisk, after_power_loss
from tests.log.scene import Scene, check_promises

if TYPE_CHECKING:
    from pathlib import Path

SCENES = 20
STATES = 500 if os.environ.get("SOPGUIDE_SOAK") else 50


@pytest.mark.parametrize("scene", range(SCENES))
def test_nothing_that_was_acknowledged_is_lost_with_the_power(tmp_path: Path, scene: int) -> None:
    chance = Random(scene)  # noqa: S311  (nothing secret about it)
    played = Scene(tmp_path / "data", chance, RecordingDisk())
    played.play()
    assert played.refused == []
    steps = played.disk.steps
    after = tmp_path / "after"
    promised = 0
    for number in range(STATES):
        state = after_power_loss(steps[: chance.randint(0, len(steps))], chance)
        state.put(tmp_path, after)
        if number % 5 == 0:  # it takes as long as the rest
            assert verify(DataFolder(after / "data", make=False)).sound
        check_promises(after / "data", state.promises)
        promised += len(state.promises)
        shutil.rmtree(after, ignore_errors=True)
    assert promised > STATES


class NeverSynced(RecordingDisk):
    def sync(self, fd: int) -> None:
        pass


class NamesNeverSynced(RecordingDisk):
    def sync_folder(self, path: Path) -> None:
        pass


@pytest.mark.parametrize("disk", [NeverSynced, NamesNeverSynced])
def test_a_log_that_did_not_wait_for_the_disk_would_be_caught(
    tmp_path: Path, disk: type[RecordingDisk]
) -> None:
    """So that the test above is known to find what it looks for."""
    chance = Random(1)  # noqa: S311  (nothing secret about it)
    played = Scene(tmp_path / "data", chance, disk())
    played.play()
    after = tmp_path / "after"
    caught = 0
    for _ in range(20):
        state = after_power_loss(played.disk.steps, chance)
        state.put(tmp_path, after)
        try:
            check_promises(after / "data", state.promises)
        except (AssertionError, KeyError, LogError):
            caught += 1
        shutil.rmtree(after, ignore_errors=True)
    assert caught >= 5
