"""One passage through the steps that lie ahead of a walk, with what is known."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sopguide.walk.answering import REPLY, TIMEOUT
from sopguide.walk.leads import Lead, Leads, Run, enter
from sopguide.walk.longest import Key, Stop, longest
from sopguide.walk.outcome import Outcome, outcome_of
from sopguide.walk.path import Place
from sopguide.walk.state import Frame
from sopguide.walk.step import Step
from sopguide.walk.walk import DO, WAIT, Walk


class Unbounded(Exception):  # noqa: N818  it tells of the procedure, not of an error in the program
    """The steps ahead are too many to be gone through."""


class Search:
    """Goes through the steps ahead once.

    `known` are facts taken to stay as they are; `changes` those that did not; `sure` those that
    nothing has to ask for, though their values may change. `forced` are questions taken to be
    asked whatever is known; the new ones come back by that name.
    """

    def __init__(
        self,
        walk: Walk,
        known: Mapping[str, Any],
        sure: AbstractSet[str],
        forced: frozenset[str],
        budget: int,
    ) -> None:
        self.left = budget
        self.outcomes: set[Outcome] = set()
        self.questions: int | None = None
        self.to_wait: int | None = None
        self.forced: set[str] = set()
        self.changes: set[str] = set()
        self._walk = walk
        self._known = known
        self._sure = sure
        self._taken = forced
        self._runs = 0
        self._bits: dict[Key, int] = {}
        self._asked: dict[str, tuple[int, str]] = {}
        self._graph: dict[Key, Stop] = {}
        self._waiting: list[Lead] = []

    def go(self) -> None:
        """Go through all that lies ahead of where the walk stands; raises Unbounded."""
        first = self._first()
        while self._waiting:
            run, name = self._waiting.pop()
            key = (run.number, name)
            if key not in self._graph:
                self._graph[key] = self._gone_through(run, run.part.step(name))
        self.questions = longest(self._graph, first)
        self.to_wait = longest(self._graph, first, to_wait=True)
        if self.questions is None:
            self.changes.update(key for _, key in self._asked.values())

    def _first(self) -> Stop:
        """Return where the walk stands: what is asked now, and where that may lead."""
        walk, run = self._walk, self._standing(self._walk.state.frame)
        step, state, leads = run.part.step(walk.state.frame.step), walk.state, self._leads(run)
        questions = len(walk.lost)
        if state.need is None:
            questions += 1
            self._go_after(run, step, leads)
        elif not walk.trail.passage.asked:
            self.changes.add(step.key)
            leads.answers(step)
        elif state.pending is not None:
            leads.follow(state.pending)
        else:
            again = walk.trail.passage.visit > 1 or self._is_confirmed(step)
            leads.question(step, forced=again)
            leads.asks.update([step.key] if again else ())
        if state.need is not None:
            leads.asks.add(run.part.key(state.need))
        return self._stop(run, leads, questions)

    def _gone_through(self, run: Run, step: Step) -> Stop:
        """Return what a step asks and where it may lead."""
        self.left -= 1
        if self.left < 0:
            raise Unbounded
        leads = self._leads(run)
        leads.set(step.sets)
        if step.kind == "ask":
            forced = self._is_forced(run, step)
            leads.question(step, forced=forced)
            return self._stop(run, leads, int(forced))
        self._go_after(run, step, leads)
        return self._stop(run, leads, int(step.kind in (DO, WAIT)), waits=step.kind == WAIT)

    def _go_after(self, run: Run, step: Step, leads: Leads) -> None:
        """Follow a step that asks nothing itself."""
        form = step.form
        if step.kind == "end":
            self.outcomes.add(outcome_of(form))
        elif step.kind == "run":
            self._runs += 1
            leads.to.append(enter(run, step, self._walk.procedure.part(form["run"]), self._runs))
        elif step.kind == "return":
            if run.caller is not None:
                back, at = run.caller
                leads.follow(at.way(form["return"]), back)
        elif step.kind == WAIT:
            for name in (REPLY, TIMEOUT):
                leads.follow(step.way(name))
        else:
            leads.follow(step.go)

    def _leads(self, run: Run) -> Leads:
        return Leads(run, self._walk.state.sources, self.changes)

    def _stop(self, run: Run, leads: Leads, questions: int, *, waits: bool = False) -> Stop:
        return Stop(questions, self._mask(run, leads.asks), self._to(leads.to), waits)

    def _to(self, leads: Iterable[Lead]) -> tuple[Key, ...]:
        """Note the steps to be gone through, and return their keys."""
        found: dict[Key, None] = {}
        for run, name in leads:
            key = (run.number, name)
            if key not in found:
                found[key] = None
                self._waiting.append((run, name))
        return tuple(found)

    def _is_forced(self, run: Run, step: Step) -> bool:
        """Tell whether a question is asked even if its fact is known."""
        ref = step.ref
        before, _ = self._asked.setdefault(ref, (run.number, step.key))
        if before != run.number and ":" not in step.key:  # reached again in the second run
            self.forced.add(ref)
            self.changes.add(step.key)
        if ref in self._taken or self._walk.state.visits.get(ref):
            return True
        return self._is_confirmed(step)

    def _is_confirmed(self, step: Step) -> bool:
        return bool(step.form.get("confirm")) or Place(step.ref, 1) in self._walk.held

    def _standing(self, frame: Frame) -> Run:
        """Return the run in which the walk stands now, with those that called it."""
        part = self._walk.procedure.part(frame.sop)
        caller = None
        if frame.caller is not None:
            back = self._standing(frame.caller)
            caller = (back, back.part.step(frame.caller.step))
        self._runs += 1
        return Run(self._runs, part, caller, self._known, self._sure)

    def _mask(self, run: Run, keys: Iterable[str]) -> int:
        """Return a bit for each fact; a sub-procedure's own are asked for in each run."""
        mask = 0
        for key in keys:
            place = (run.number if ":" in key else 0, key)
            mask |= 1 << self._bits.setdefault(place, len(self._bits))
        return mask
