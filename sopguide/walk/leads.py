"""Where a step may lead, as far as what is known settles it, and what may be asked on the way."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from sopguide.facts.arithmetic import Uncomputable
from sopguide.facts.fact import CHOICE, YES_NO, Fact
from sopguide.facts.truth import Unknown
from sopguide.walk.needs import Way
from sopguide.walk.path import RULE
from sopguide.walk.procedure import Part
from sopguide.walk.step import Go, Settings, Step


class Run(NamedTuple):
    """One passage through a procedure: called from where, knowing what.

    `known` are values that stay; `sure` are facts that no rule asks for, whatever their value.
    """

    number: int
    part: Part
    caller: "tuple[Run, Step] | None"
    known: Mapping[str, Any]
    sure: AbstractSet[str]


Lead = tuple[Run, str]
"""A step that may come next, in its run."""


class Leads:
    """Collects where one step may lead, and the keys of the facts that may be asked for there.

    `changes` takes those whose values may change.
    """

    __slots__ = ("_changes", "_run", "_sources", "asks", "to")

    def __init__(self, run: Run, sources: Mapping[str, str], changes: set[str]) -> None:
        self.to: list[Lead] = []
        self.asks: set[str] = set()
        self._run = run
        self._sources = sources
        self._changes = changes

    def follow(self, go: Go | None, run: Run | None = None) -> None:
        """Take the steps that a `go` may lead to; `run`: where that is not the step's own."""
        if run is None:
            run = self._run
        if isinstance(go, str):
            self.to.append((run, go))
            return
        if go is None:
            return
        for way in run.part.needs.ways(go):
            truth = _truth(way, run.known)
            if truth is True:
                self.to.append((run, way.to))
                return
            if truth is Unknown:
                self.asks |= way.asks - run.sure
                self.to.append((run, way.to))

    def question(self, step: Step, *, forced: bool) -> None:
        """Take where a question may lead; it is asked if `forced`, or may answer itself."""
        fact, run = step.fact, self._run
        if fact is None:
            return
        needs = run.part.needs
        limits = needs.limits(fact.name)
        if fact.computed:
            self.asks |= needs.asks(fact.name) - run.sure
        elif not forced and _speaks_for_itself(run, step, fact):
            self._chosen(step, run.known[step.key])
            return
        elif forced or limits or step.key not in run.sure:
            self._changes.add(step.key)
            self.asks |= limits - run.sure
            if not forced:
                self.asks.add(step.key)
        self.answers(step)

    def answers(self, step: Step) -> None:
        """Take where any answer may lead."""
        fact = step.fact
        named = fact is not None and fact.type in (CHOICE, YES_NO)
        others = fact is None or not named or fact.optional or len(fact.values) > len(step.answers)
        for answer in step.answers.values():
            self.set(answer.sets)
            if answer.go is None:
                others = True
            else:
                self.follow(answer.go)
        if others:
            self.follow(step.go)

    def set(self, sets: Settings) -> None:
        """Note what a `set:` may change of what is known: only what another one gave."""
        for _, key, _ in sets:
            if self._sources.get(key) == RULE:
                self._changes.add(key)

    def _chosen(self, step: Step, value: Any) -> None:
        answer = step.answers.get(value) if isinstance(value, str) else None
        if answer is not None:
            self.set(answer.sets)
        self.follow(step.go if answer is None or answer.go is None else answer.go)


def enter(run: Run, step: Step, part: Part, number: int) -> Lead:
    """Return the start of a sub-procedure, whose own facts start afresh."""
    own = f"{part.sop}:"
    known, sure = run.known, run.sure
    if any(key.startswith(own) for key in sure):
        known = {key: value for key, value in known.items() if not key.startswith(own)}
        sure = {key for key in sure if not key.startswith(own)}
    return Run(number, part, (run, step), known, sure), part.start


def _speaks_for_itself(run: Run, step: Step, fact: Fact) -> bool:
    known = run.known
    if step.key not in known or not run.part.needs.limits(fact.name) <= known.keys():
        return False
    value, bounds = known[step.key], run.part.bounds(fact)
    try:
        return all(bound.refuse(known, value) is None for bound in bounds)
    except Uncomputable:
        return False


def _truth(way: Way, known: Mapping[str, Any]) -> Any:
    """Return whether a rule holds: True, Unknown where that is open, else it does not."""
    if way.test is None:
        return True
    if not way.wary <= known.keys():
        return Unknown
    try:
        truth = way.test(known)
    except Uncomputable:
        return Unknown
    return Unknown if isinstance(truth, Unknown) else truth
