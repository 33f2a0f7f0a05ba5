"""The power goes at any moment: what was acknowledged is there, and nothing is silently unreadable.

`SOPGUIDE_SOAK=1` looks at ten times as many states.
"""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from sopguide.log.local import LocalLog
from sopguide.log.record import ENDINGS, uuid7
from sopguide.log.remarks import NOTE, Remark
from sopguide.log.wanted import Wanted
from sopguide.walk.events import NOTE_ADDED, WALK_RESUMED, WALK_SUSPENDED, Event
from tests.log.making import HEADER, NOON, answered, at, begun, ended
from tests.log.power import Quick, RecordingDisk, after_power_loss

if TYPE_CHECKING:
    from pathlib import Path

    from sopguide.log.recorder import LocalRecorder
    from tests.log.power import State

SCENES = 20
STATES = 500 if os.environ.get("SOPGUIDE_SOAK") else 50


class Scene:
    """A few hundred operations of several processes at a desk, each promise noted when it is made."""

    def __init__(self, data: Path, chance: Random) -> None:
        self.disk = RecordingDisk()
        self.data = data
        self._chance = chance
        self._number = 0
        self._logs = [self._open() for _ in range(2)]

    def play(self) -> None:
        acts = (self._walk, self._walk, self._park, self._go_on, self._restart, self._ask)
        for _ in range(12):
            self._chance.choice(acts)()
        self._logs[0].rebuild()
        for log in self._logs:
            log.close()
        self._ask()

    def _open(self) -> LocalLog:
        return LocalLog(self.data, self.disk, rotate=self._chance.choice((3000, 1_000_000)))

    def _any(self) -> LocalLog:
        return self._chance.choice(self._logs)

    def _begin(self) -> LocalRecorder:
        self._number += 1
        form = b'{"format":1,"number":%d}' % self._chance.randint(1, 4)
        header = HEADER._replace(hash=sha256(form).hexdigest())
        walk = uuid7(NOON + self._number, self._chance.randbytes)
        recorder = self._any().begin(walk, header, form, {"ticket": f"T-{self._number}"})
        recorder.append(begun(day=self._number % 3))
        self._promise(recorder, "seq", recorder.seq)
        self._promise(recorder, "form", form)
        self._promise(recorder, "private", {"ticket": f"T-{self._number}"})
        return recorder

    def _promise(self, recorder: LocalRecorder, kind: str, told: object) -> None:
        self.disk.promise(kind, recorder.walk, told)

    def _steps(self, recorder: LocalRecorder) -> None:
        for step in range(self._chance.randint(0, 3)):
            recorder.append(answered(f"s-{step}", "no", f"s-{step + 1}", day=self._number % 3))
            self._promise(recorder, "seq", recorder.seq)
            if self._chance.random() < 0.3:
                kept = {"ticket": "T", "beside": step}
                recorder.keep(kept)
                self._promise(recorder, "private", kept)
            if self._chance.random() < 0.3:
                self._note(recorder)

    def _note(self, recorder: LocalRecorder) -> None:
        remark = _remark(uuid7(NOON, self._chance.randbytes), recorder.walk)
        self._any().remarks.keep(remark)
        recorder.append([Event(NOTE_ADDED, {"step": "reach", "remark": remark.id}, at())])
        self._promise(recorder, "seq", recorder.seq)
        self._promise(recorder, "remark", remark)

    def _end(self, recorder: LocalRecorder) -> None:
        recorder.close(ended(day=self._number % 3))
        self._promise(recorder, "done", recorder.seq)

    def _walk(self) -> None:
        recorder = self._begin()
        self._steps(recorder)
        self._end(recorder)

    def _park(self) -> None:
        recorder = self._begin()
        self._steps(recorder)
        recorder.release([Event(WALK_SUSPENDED, {"reason": "waiting"}, at())])
        self._promise(recorder, "seq", recorder.seq)

    def _go_on(self) -> None:
        for found in self._any().unfinished()[:1]:
            recorder = self._any().reopen(found.walk)
            recorder.append([Event(WALK_RESUMED, {}, at())])
            self._promise(recorder, "seq", recorder.seq)
            self._steps(recorder)
            self._end(recorder)

    def _restart(self) -> None:
        place = self._chance.randrange(len(self._logs))
        self._logs[place].close()
        self._logs[place] = self._open()

    def _ask(self) -> None:
        log = self._any()
        self.disk.promise("ticket", "T-1", log.ticket_hash("T-1"))
        list(log.walks())


def _remark(name: str, walk: str) -> Remark:
    return Remark(
        name, walk, NOTE, None, "reach", "account/hacked", "account/hacked", "3.1.0", "", "owner",
        "ann", "in-house", "live", NOON, "asked for the receipt",
    )  # fmt: skip


@pytest.mark.parametrize("scene", range(SCENES))
def test_nothing_that_was_acknowledged_is_lost_with_the_power(tmp_path: Path, scene: int) -> None:
    chance = Random(scene)  # noqa: S311  (nothing secret about it)
    played = Scene(tmp_path / "data", chance)
    played.play()
    steps = played.disk.steps
    after = tmp_path / "after"
    promised = 0
    for _ in range(STATES):
        state = after_power_loss(steps[: chance.randint(0, len(steps))], chance)
        state.put(tmp_path, after)
        check(after / "data", state)
        promised += len(state.promises)
        shutil.rmtree(after, ignore_errors=True)
    assert promised > STATES


def check(data: Path, state: State) -> None:
    log = LocalLog(data, Quick())
    walks = {walk.walk: walk for walk in log.walks()}
    waiting = {walk.walk for walk in log.unfinished()}
    ended_walks = {walk for kind, walk, _ in state.promises if kind == "done"}
    assert not ended_walks & waiting
    private: dict[str, list[Any]] = {}
    for kind, name, told in state.promises:
        if kind == "seq":
            assert len(walks[name].events) >= told
        elif kind == "done":
            assert walks[name].status == "completed"
            assert len(walks[name].events) == told
        elif kind == "form":
            assert log.form(walks[name].head["hash"]) == told
        elif kind == "remark":
            assert log.remarks.find([told.id]) == [told]
        elif kind == "ticket":
            assert log.ticket_hash(name) == told
        else:
            private.setdefault(name, []).append(told)
    for found in log.unfinished():
        assert found.walk not in private or found.private
    for walk in walks.values():
        assert [event["seq"] for event in walk.events] == list(range(len(walk.events)))
        assert (walk.events[-1]["type"] in ENDINGS) == (walk.status != "open")
    assert [damage for damage in log.damages() if not damage.harmless] == []
    assert waiting == {walk.walk for walk in log.walks(Wanted(unfinished=True))}
    before = list(log.walks())
    log.rebuild()
    assert list(log.walks()) == before
    log.close()
