"""A few minutes of several processes at one log, every promise noted when it is made.

The disk under it may lose its power afterwards, or refuse at any moment: what was refused is given
up, and the others go on.
"""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from sopguide.log.document import COMPLETED, OPEN
from sopguide.log.faults import LogError
from sopguide.log.local import LocalLog
from sopguide.log.record import ENDINGS, uuid7
from sopguide.log.remarks import NOTE, Remark
from sopguide.log.wanted import Wanted
from sopguide.walk.events import NOTE_ADDED, WALK_RESUMED, WALK_SUSPENDED, Event
from tests.log.making import HEADER, NOON, answered, at, begun, ended
from tests.log.power import Quick

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from sopguide.log.recorder import LocalRecorder
    from tests.log.power import Promised, RecordingDisk


class Scene:
    """A few hundred operations on a disk."""

    def __init__(self, data: Path, chance: Random, disk: RecordingDisk) -> None:
        self.disk = disk
        self.data = data
        self._chance = chance
        self._number = 0
        self._held: LocalRecorder | None = None
        self.refused: list[str] = []
        self._logs = [self._open() for _ in range(2)]

    def play(self) -> None:
        acts = (self._walk, self._walk, self._park, self._go_on, self._restart, self._tend)
        for _ in range(12):
            with self._given_up_when_refused():
                self._chance.choice(acts)()
        for log in self._logs:
            with self._given_up_when_refused():
                log.rebuild()
            log.close()
        with self._given_up_when_refused():
            self._tend()

    @contextmanager
    def _given_up_when_refused(self) -> Iterator[None]:
        try:
            yield
        except LogError as error:
            self.refused.append(str(error))
            if self._held is not None:
                self._held.release()
        self._held = None

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
        self._held = recorder
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
        remark = make_remark(uuid7(NOON, self._chance.randbytes), recorder.walk)
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
            self._held = recorder = self._any().reopen(found.walk)
            recorder.append([Event(WALK_RESUMED, {}, at())])
            self._promise(recorder, "seq", recorder.seq)
            self._steps(recorder)
            self._end(recorder)

    def _restart(self) -> None:
        place = self._chance.randrange(len(self._logs))
        self._logs[place].close()
        self._logs[place] = self._open()

    def _tend(self) -> None:
        log = self._any()
        self.disk.promise("ticket", "T-1", log.ticket_hash("T-1"))
        log.compact()
        list(log.walks())


def check_promises(data: Path, promises: list[Promised]) -> None:
    """What was promised is there, once, and can be gone on with; nothing else is damaged."""
    log = LocalLog(data, Quick())
    found = list(log.walks())
    walks = {walk.walk: walk for walk in found}
    assert len(walks) == len(found)
    waiting = {walk.walk: walk for walk in log.unfinished()}
    for kind, name, told in promises:
        if kind == "seq":
            assert len(walks[name].events) >= told
        elif kind == "done":
            assert name not in waiting
            assert walks[name].status == COMPLETED
            assert len(walks[name].events) == told
        elif kind == "form":
            assert log.form(walks[name].head["hash"]) == told
        elif kind == "remark":
            assert log.remarks.find([told.id]) == [told]
        elif kind == "ticket":
            assert log.ticket_hash(name) == told
        elif name in waiting:
            assert waiting[name].private
    for walk in found:
        assert [event["seq"] for event in walk.events] == list(range(len(walk.events)))
        assert len({event["id"] for event in walk.events}) == len(walk.events)
        assert (walk.events[-1]["type"] in ENDINGS) == (walk.status != OPEN)
    assert [damage for damage in log.damages() if not damage.harmless] == []
    broken = log.inspect()
    assert broken == [], broken
    going = {walk.walk for walk in log.walks(Wanted(unfinished=True))}
    assert waiting.keys() == going, waiting.keys() ^ going
    log.rebuild()
    assert list(log.walks()) == found
    log.close()


def make_remark(name: str, walk: str) -> Remark:
    return Remark(
        name, walk, NOTE, None, "reach", "account/hacked", "account/hacked", "3.1.0", "", "owner",
        "ann", "in-house", "live", NOON, "asked for the receipt",
    )  # fmt: skip
