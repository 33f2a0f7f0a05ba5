"""What one walk tells: how long its steps took, what was answered, where it went.

Definitions (the shared ones of the operation, so that teams compare alike):

- **Active time**: as `log.active` counts it, without idle, parked and waiting time.
- **Dwell** of a step: active time from where it was shown (or asked for its
  next fact) to where the agent answered it or went back from it. Answers
  that came by themselves have none.
- **Walk time**: the active time of the whole walk. It is not AHT, which also
  holds what is done outside the walk.
- **Effective path**: what the agent was asked, and the end, less what going
  back or undoing took back. Answers that are numbers, dates or texts are left out of it, so
  that equal ways compare equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sopguide.log.active import active_times, is_waited
from sopguide.walk.events import OUTCOME_OVERRIDDEN, STEP_REDONE, STEP_UNDONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.log.document import WalkDoc

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(slots=True)
class StepTally:
    """What happened at one step in one or many walks."""

    shown: int = 0
    answered: int = 0  # by the agent; an answer kept when going back is not given again
    back: int = 0  # times the agent went back from here, or undid what led here
    help: int = 0
    dwells: list[float] = field(default_factory=list)

    def add(self, other: StepTally) -> None:
        self.shown += other.shown
        self.answered += other.answered
        self.back += other.back
        self.help += other.help
        self.dwells += other.dwells


@dataclass(slots=True)
class _Stop:
    """A visit to a step, and what the agent answered there."""

    step: str
    visit: int
    answers: list[tuple[str | None, str]] = field(default_factory=list)


class _History:
    """How the path stood before each thing done, for undoing and redoing."""

    def __init__(self, *, kept: bool) -> None:
        self._kept = kept
        self._before: list[list[_Stop]] = []
        self._undone: list[list[_Stop]] = []

    def note(self, stops: list[_Stop]) -> None:
        if self._kept:
            self._before.append([_Stop(one.step, one.visit, [*one.answers]) for one in stops])
            self._undone.clear()

    def undo(self, stops: list[_Stop]) -> list[_Stop]:
        return self._go(stops, self._before, self._undone)

    def redo(self, stops: list[_Stop]) -> list[_Stop]:
        return self._go(stops, self._undone, self._before)

    def _go(
        self, stops: list[_Stop], source: list[list[_Stop]], target: list[list[_Stop]]
    ) -> list[_Stop]:
        if not source:  # a damaged log
            return stops
        target.append(stops)
        return source.pop()


class WalkTally:
    """One walk, counted through from its first record to its last."""

    def __init__(self, walk: WalkDoc) -> None:
        travels = {STEP_UNDONE, STEP_REDONE}
        self._history = _History(kept=any(event["type"] in travels for event in walk.events))
        self.steps: dict[str, StepTally] = {}
        self.time = 0.0  # seconds, active
        self._stops: list[_Stop] = []
        self._asked = 0.0  # active time when the agent was last asked
        for self.time, event in zip(active_times(walk.events), walk.events, strict=True):
            self._take(event["type"], event["data"])

    @property
    def answers(self) -> int:
        return sum(step.answered for step in self.steps.values())

    @property
    def backs(self) -> int:
        return sum(step.back for step in self.steps.values())

    @property
    def path(self) -> tuple[str, ...]:
        """`("reach=no", "proof=none", "refuse")`."""
        asked = [text for stop in self._stops for text in _texts(stop)]
        last = self._stops[-1:]
        return (*asked, *(stop.step for stop in last if not stop.answers))

    def _take(self, kind: str, data: Mapping[str, Any]) -> None:
        if kind == "step.shown":
            self._show(data["step"], data["visit"])
        elif kind == "step.answered":
            self._answer(data)
        elif kind == "step.back":
            self._history.note(self._stops)
            self._back(data)
        elif kind == STEP_UNDONE:
            self._leave()
            self._stops = self._history.undo(self._stops)
        elif kind == STEP_REDONE:
            self._stops = self._history.redo(self._stops)
        elif kind == OUTCOME_OVERRIDDEN and "again" not in data:
            self._history.note(self._stops)
        elif kind == "help.opened":
            self._tally(data["step"]).help += 1

    def _show(self, step: str, visit: int) -> None:
        self._tally(step).shown += 1
        self._asked = self.time
        here = self._stops[-1] if self._stops else None
        if here is None or (here.step, here.visit) != (step, visit):
            self._stops.append(_Stop(step, visit))

    def _answer(self, data: Mapping[str, Any]) -> None:
        if data["by"] != "agent":
            return
        if "kept" not in data and "again" not in data:
            self._history.note(self._stops)
        if self._stops:
            self._stops[-1].answers.append((data.get("fact"), _wording(data["answer"])))
        if "kept" in data or "again" in data:
            return
        tally = self._tally(data["step"])
        tally.answered += 1
        if not is_waited(data):
            tally.dwells.append(self.time - self._asked)
        self._asked = self.time

    def _back(self, data: Mapping[str, Any]) -> None:
        self._leave()
        target = (data["step"], data["visit"])
        while self._stops and (self._stops[-1].step, self._stops[-1].visit) != target:
            self._stops.pop()
        if self._stops:
            _undo(self._stops[-1], data.get("fact"))

    def _leave(self) -> None:
        """Count the way back from where the walk stands."""
        if self._stops:
            tally = self._tally(self._stops[-1].step)
            tally.back += 1
            tally.dwells.append(self.time - self._asked)
        self._asked = self.time

    def _tally(self, step: str) -> StepTally:
        return self.steps.setdefault(step, StepTally())


def _undo(stop: _Stop, fact: str | None) -> None:
    """Takes back the answers at a step, from a fact on where one is named."""
    facts = [name for name, _ in stop.answers]
    del stop.answers[facts.index(fact) if fact in facts else 0 :]


def _texts(stop: _Stop) -> list[str]:
    return [f"{stop.step}{f'={answer}' if answer else ''}" for _, answer in stop.answers]


def _wording(answer: object) -> str:
    """The answer where it is one of a few; nothing for instructions, numbers, dates and texts."""
    if isinstance(answer, list):
        return "+".join(map(str, answer))
    if isinstance(answer, str) and _ID.fullmatch(answer) and answer != "done":
        return answer
    return "not known" if answer is None else ""
