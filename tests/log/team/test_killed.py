"""Processes killed at any moment, while they walk and while they ship: nothing lost or doubled.

`SOPGUIDE_SOAK=1` makes ten times as many rounds of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sopguide.log.folder import DataFolder
from sopguide.log.local import LocalLog
from sopguide.log.record import ENDINGS
from sopguide.log.team.shipping import Shipper
from sopguide.log.team.team_log import TeamLog
from tests.log.making import ended
from tests.log.team.comparing import check_against_journals

if TYPE_CHECKING:
    from tests.log.team.postgres import Store

ROUNDS = 1000 if os.environ.get("SOPGUIDE_SOAK") else 100
A_FOLDER = 20
ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("first", range(0, ROUNDS, A_FOLDER))
def test_killed_shippers_and_writers_lose_and_double_nothing(
    tmp_path: Path, store: Store, first: int
) -> None:
    url = store.person("ann")
    data, told = tmp_path / "data", tmp_path / "told"
    command = [sys.executable, "-m", "tests.log.team.killing"]
    command += [str(data), str(first), str(A_FOLDER)]
    with told.open("ab") as output:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "SOPGUIDE_DB": url},
            stdout=output,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    promised = told.read_text().splitlines()
    with LocalLog(data) as log:
        for found in log.unfinished():
            log.reopen(found.walk).close(ended())
    Shipper(DataFolder(data), url).ship()
    count = check_against_journals(store, {"ann": [data]})
    steps = check_promises(url, data, promised)
    assert count >= steps > A_FOLDER


def check_promises(url: str, data: Path, promised: list[str]) -> int:
    """Whatever a process said it had stored is in the team's store; the events there."""
    with TeamLog(url, data / "ticket.key") as team:
        walks = {walk.walk: list(walk.records()) for walk in team.walks()}
        assert team.damages() == []
    for text in promised:
        kind, walk, *rest = text.split()
        records = walks[walk]
        assert [record["seq"] for record in records] == list(range(len(records)))
        if kind == "seq":
            assert len(records) >= int(rest[0])
        else:
            assert records[-1]["type"] in ENDINGS
    return sum(map(len, walks.values()))
