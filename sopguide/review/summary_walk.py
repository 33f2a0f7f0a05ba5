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
from sopguide.log.effective import PathSoFar, Stop
from sopguide.walk.events import HELP_OPENED, STEP_ANSWERED, STEP_BACK, STEP_SHOWN, STEP_UNDONE
from sopguide.walk.path import AGENT

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


class WalkTally:
    """One walk, counted through from its first record to its last."""

    def __init__(self, walk: WalkDoc) -> None:
        self.steps: dict[str, StepTally] = {}
        self.time = 0.0  # seconds, active
        self._so_far = PathSoFar(walk.events)
        self._asked = 0.0  # active time when the agent was last asked
        for self.time, event in zip(active_times(walk.events), walk.events, strict=True):
            self._take(event["type"], event["data"])
            self._so_far.take(event)

    @property
    def answers(self) -> int:
        return sum(step.answered for step in self.steps.values())

    @property
    def backs(self) -> int:
        return sum(step.back for step in self.steps.values())

    @property
    def path(self) -> tuple[str, ...]:
        """`("reach=no", "proof=none", "refuse")`."""
        stops = self._so_far.stops
        asked = [text for stop in stops for text in _texts(stop)]
        return (*asked, *(stop.step for stop in stops[-1:] if not _by_agent(stop)))

    def _take(self, kind: str, data: Mapping[str, Any]) -> None:
        if kind == STEP_SHOWN:
            self._tally(data["step"]).shown += 1
            self._asked = self.time
        elif kind == STEP_ANSWERED:
            self._answer(data)
        elif kind in (STEP_BACK, STEP_UNDONE):
            self._leave()
        elif kind == HELP_OPENED:
            self._tally(data["step"]).help += 1

    def _answer(self, data: Mapping[str, Any]) -> None:
        if data["by"] != AGENT or "kept" in data or "again" in data:
            return
        tally = self._tally(data["step"])
        tally.answered += 1
        if not is_waited(data):
            tally.dwells.append(self.time - self._asked)
        self._asked = self.time

    def _leave(self) -> None:
        """Count the way back from where the walk stands."""
        if self._so_far.stops:
            tally = self._tally(self._so_far.stops[-1].step)
            tally.back += 1
            tally.dwells.append(self.time - self._asked)
        self._asked = self.time

    def _tally(self, step: str) -> StepTally:
        return self.steps.setdefault(step, StepTally())


def _by_agent(stop: Stop) -> list[Mapping[str, Any]]:
    return [answer["data"] for answer in stop.answers if answer["data"]["by"] == AGENT]


def _texts(stop: Stop) -> list[str]:
    wordings = (_wording(data["answer"]) for data in _by_agent(stop))
    return [f"{stop.step}{f'={answer}' if answer else ''}" for answer in wordings]


def _wording(answer: object) -> str:
    """The answer where it is one of a few; nothing for instructions, numbers, dates and texts."""
    if isinstance(answer, list):
        return "+".join(map(str, answer))
    if isinstance(answer, str) and _ID.fullmatch(answer) and answer != "done":
        return answer
    return "not known" if answer is None else ""
