"""Whatever two processes do, in whatever order, the log tells what was done and nothing else."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from sopguide.log.local import LocalLog
from sopguide.log.wanted import Wanted
from tests.log.making import FORM, HEADER, answered, begun, ended, walk_id

if TYPE_CHECKING:
    from sopguide.log.recorder import LocalRecorder

PROCESSES = st.integers(0, 1)


class TwoProcesses(RuleBasedStateMachine):
    """`stored` is what must be found: the number of events of each walk."""

    held = Bundle("held")
    free = Bundle("free")

    def __init__(self) -> None:
        super().__init__()
        self.data = Path(tempfile.mkdtemp())
        self.stored: dict[str, int] = {}
        self.ended: set[str] = set()
        self.recorders: dict[str, tuple[int, LocalRecorder]] = {}

    @initialize()
    def start(self) -> None:
        self.logs = [LocalLog(self.data, rotate=3000) for _ in range(2)]

    @rule(target=held, process=PROCESSES)
    def begin(self, process: int) -> str:
        walk = walk_id(len(self.stored))
        recorder = self.logs[process].begin(walk, HEADER, FORM, {"ticket": "T-1"})
        recorder.append(begun())
        self.recorders[walk] = (process, recorder)
        self.stored[walk] = 2
        return walk

    @rule(walk=held)
    def answer(self, walk: str) -> None:
        if walk in self.recorders:
            self.recorders[walk][1].append(answered("reach", "no", "refuse"))
            self.stored[walk] += 2

    @rule(target=free, walk=consumes(held))
    def release(self, walk: str) -> object:
        if walk not in self.recorders:
            return multiple()
        self.recorders.pop(walk)[1].release()
        return walk

    @rule(target=held, walk=consumes(free), process=PROCESSES)
    def reopen(self, walk: str, process: int) -> str:
        recorder = self.logs[process].reopen(walk)
        assert recorder.seq == self.stored[walk]
        self.recorders[walk] = (process, recorder)
        return walk

    @rule(walk=consumes(held))
    def complete(self, walk: str) -> None:
        if walk in self.recorders:
            self.recorders.pop(walk)[1].close(ended())
            self.stored[walk] += 3
            self.ended.add(walk)

    @rule(target=free, process=PROCESSES)
    def crash(self, process: int) -> object:
        """The system closes the files of a process that dies, and frees its locks."""
        left = [walk for walk, (by, _) in self.recorders.items() if by == process]
        for walk in left:
            self.recorders.pop(walk)[1]._let_go(forget=False)
        log = self.logs[process]
        for journal in (*log._former, *([log._journal] if log._journal else [])):
            journal.close()
        self.logs[process] = LocalLog(self.data, rotate=3000)
        return multiple(*left)

    @rule(process=PROCESSES)
    def leave_and_come_back(self, process: int) -> None:
        if all(by != process for by, _ in self.recorders.values()):
            self.logs[process].close()
            self.logs[process] = LocalLog(self.data, rotate=3000)

    @rule(process=PROCESSES)
    def rebuild(self, process: int) -> None:
        assert self.logs[process].rebuild() == len(self.ended)

    @invariant()
    def every_walk_is_told_as_it_was(self) -> None:
        for log in getattr(self, "logs", []):
            found = {walk.walk: len(walk.events) for walk in log.walks()}
            assert found == self.stored
            assert {walk.walk for walk in log.walks(Wanted(unfinished=False))} == self.ended
            free = self.stored.keys() - self.ended - self.recorders.keys()
            assert {walk.walk for walk in log.unfinished()} == free
            assert log.damages() == []

    def teardown(self) -> None:
        for log in getattr(self, "logs", []):
            log.close()
        shutil.rmtree(self.data)


TestTwoProcesses = TwoProcesses.TestCase
TestTwoProcesses.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
