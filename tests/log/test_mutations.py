"""A log is changed in 400 ways and covered up: against heads, verifying finds every one.

What is found without heads is asserted too, so that nobody believes more of a chain than it gives.
"""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from sopguide.log.folder import DataFolder
from sopguide.log.heads import heads
from sopguide.log.local import LocalLog
from sopguide.log.verifying import verify
from tests.log.making import answered, begin, complete, walk_id
from tests.log.mutating import MUTATIONS, cover_up, edit_a_document, journals_of

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.heads import Head

COUNT = 400
NAMES = tuple(MUTATIONS)
CHAIN_ALONE = NAMES[: NAMES.index("cut off")]
"""What the chain shows by itself, but for the very end of a journal: that could be a crash."""
ONLY_HEADS = (
    "cut off",
    "cut off bytes",
    "edit and chain again",
    "downgrade a journal",
    "delete a journal",
    "rename and chain again",
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Head]]:
    """Five journals: three put away, and two with a walk that has not ended."""
    data = tmp_path_factory.mktemp("sound")
    for turn in range(5):
        with LocalLog(data) as log:
            for number in range(3):
                complete(log, walk_id(turn * 10 + number))
            if turn > 2:
                recorder = begin(log, walk_id(turn * 10 + 9))
                recorder.append(answered("reach", "no", "refuse", 20))
                recorder.release()
    folder = DataFolder(data)
    return data, heads(folder)


@pytest.fixture
def copy(sound: tuple[Path, list[Head]], tmp_path: Path) -> Path:
    return copied(sound[0], tmp_path)


def copied(data: Path, where: Path) -> Path:
    """The log again, as it was."""
    shutil.rmtree(where / "data", ignore_errors=True)
    shutil.copytree(data, where / "data")
    return where / "data"


def change(data: Path, name: str, seed: int) -> DataFolder:
    MUTATIONS[name](random.Random(seed), data)  # noqa: S311  (nothing secret about it)
    cover_up(data)
    return DataFolder(data)


def test_what_nobody_changed_holds(sound: tuple[Path, list[Head]], copy: Path) -> None:
    found = verify(DataFolder(copy), sound[1])
    assert (found.sound, found.damages, found.journals) == (True, [], 5)
    assert (found.records, found.unproved, found.walks) == (5 * 21 + 2 * 4, 0, 15)
    cover_up(copy)
    assert verify(DataFolder(copy), sound[1]).sound


@pytest.mark.parametrize("name", NAMES)
def test_against_heads_every_change_is_found(
    sound: tuple[Path, list[Head]], tmp_path: Path, name: str
) -> None:
    seeds = range(NAMES.index(name), COUNT, len(NAMES))
    found = []
    for seed in seeds:
        verified = verify(change(copied(sound[0], tmp_path), name, seed), sound[1])
        bad = [damage for damage in verified.damages if not damage.harmless]
        assert any(damage.file.endswith(".jsonl") for damage in bad), f"{name}, seed {seed}"
        found.append(seed)
    assert len(found) == len(seeds) >= COUNT // len(NAMES)


@pytest.mark.parametrize("name", CHAIN_ALONE)
def test_without_heads_all_is_found_but_what_a_crash_could_have_left(
    sound: tuple[Path, list[Head]], tmp_path: Path, name: str
) -> None:
    found = 0
    for seed in range(8):
        data = copied(sound[0], tmp_path)
        before = {path.name: path.read_bytes() for path in journals_of(data)}
        MUTATIONS[name](random.Random(seed), data)  # noqa: S311
        crashed = all(
            before.get(path.name, b"").startswith(path.read_bytes().rpartition(b"\n")[0])
            for path in journals_of(data)
        )
        cover_up(data)
        assert verify(DataFolder(data)).sound == crashed, f"{name}, seed {seed}"
        found += not crashed
    assert found > 4


@pytest.mark.parametrize("name", ONLY_HEADS)
def test_what_only_heads_can_show_is_not_found_without_them(copy: Path, name: str) -> None:
    folder = change(copy, name, 3)
    assert verify(folder).sound


@pytest.mark.parametrize("seed", range(20))
def test_a_finished_walk_that_differs_from_its_records_is_found(copy: Path, seed: int) -> None:
    edit_a_document(random.Random(seed), copy)  # noqa: S311
    found = verify(DataFolder(copy))
    [damage] = found.damages
    assert "differs from its records; `sopguide log rebuild` tells it anew" in damage.cause
    assert found.walks == 14
    with LocalLog(copy) as log:
        log.rebuild()
    assert verify(DataFolder(copy)).sound
