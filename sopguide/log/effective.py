"""The effective path of a walk, told from its records: what is left after going back and undoing.

A path is its stops: each visit to a step, with the answers given there, whoever gave them. Going
back takes the stops after its target away, and the answers at the target; undoing and redoing put
the path as it stood before, whatever was done. Reviews and exports read the path here alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sopguide.walk.events import (
    OUTCOME_OVERRIDDEN,
    STEP_ANSWERED,
    STEP_BACK,
    STEP_REDONE,
    STEP_SHOWN,
    STEP_UNDONE,
)
from sopguide.walk.path import AGENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    Event = Mapping[str, Any]

_TRAVELS = frozenset({STEP_UNDONE, STEP_REDONE})


@dataclass(slots=True)
class Stop:
    """A visit to a step: the event that showed it, and those that answered what was asked."""

    step: str
    visit: int
    shown: Event
    answers: list[Event] = field(default_factory=list)

    def events(self) -> list[Event]:
        """What of it counts: its answers; that it was come to where there are none."""
        return self.answers or [self.shown]


class PathSoFar:
    """Follows the events of one walk, which are given to it in order."""

    def __init__(self, events: Iterable[Event]) -> None:
        """`events`: all that will be given to it, which tell whether the past must be kept."""
        self.stops: list[Stop] = []
        self._travels = any(event["type"] in _TRAVELS for event in events)
        self._before: list[list[Stop]] = []
        self._undone: list[list[Stop]] = []

    def take(self, event: Event) -> None:
        kind, data = event["type"], event["data"]
        if not data:  # it was erased, or has nothing to tell
            return
        if kind == STEP_SHOWN:
            self._come_to(event)
        elif kind == STEP_ANSWERED:
            self._answer(event)
        elif kind == STEP_BACK:
            self._note()
            self._go_back(data)
        elif kind == STEP_UNDONE:
            self._travel(self._before, self._undone)
        elif kind == STEP_REDONE:
            self._travel(self._undone, self._before)
        elif kind == OUTCOME_OVERRIDDEN and "again" not in data:
            self._note()

    def _come_to(self, event: Event) -> None:
        step, visit = event["data"]["step"], event["data"]["visit"]
        here = self.stops[-1] if self.stops else None
        if here is None or (here.step, here.visit) != (step, visit):
            self.stops.append(Stop(step, visit, event))

    def _answer(self, event: Event) -> None:
        data = event["data"]
        if "again" in data:  # a text that no record holds, given once more on resuming
            return
        if data["by"] == AGENT and "kept" not in data:
            self._note()
        if self.stops:
            self.stops[-1].answers.append(event)

    def _go_back(self, data: Mapping[str, Any]) -> None:
        target = (data["step"], data["visit"])
        while self.stops and (self.stops[-1].step, self.stops[-1].visit) != target:
            self.stops.pop()
        if self.stops:
            _take_back(self.stops[-1].answers, data.get("fact"))

    def _note(self) -> None:
        """Keep how the path stands before something is done, where it is undone later."""
        if self._travels:
            self._before.append(
                [Stop(one.step, one.visit, one.shown, [*one.answers]) for one in self.stops]
            )
            self._undone.clear()

    def _travel(self, source: list[list[Stop]], target: list[list[Stop]]) -> None:
        if source:  # a damaged log may have nothing to go to
            target.append(self.stops)
            self.stops = source.pop()


def effective_events(events: Iterable[Event]) -> Iterator[Event]:
    """The events of a walk that its effective path is made of, in order."""
    known = tuple(events)
    path = PathSoFar(known)
    for event in known:
        path.take(event)
    for stop in path.stops:
        yield from stop.events()


def _take_back(answers: list[Event], fact: str | None) -> None:
    """Drop the answers from a fact on that a rule asked for, else from the step's own on."""
    for place, answer in enumerate(answers):
        data = answer["data"]
        if data.get("fact") == fact if fact else not data.get("asked"):
            del answers[place:]
            return
