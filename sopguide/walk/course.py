"""The course of a walk from one input to the next: what happens by itself.

A `Course` starts from the state in which a person answered, goes from step to
step as the rules say, and stops where a person is needed again. It is the
one place where a walk changes; it works on copies, and gives a new `State`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from sopguide.facts.arithmetic import Uncomputable
from sopguide.facts.fact import Fact
from sopguide.facts.limits import Bound
from sopguide.facts.times import as_date
from sopguide.facts.truth import Unknown
from sopguide.facts.values import Value, from_json, to_json
from sopguide.phrases import Phrase
from sopguide.walk.events import OUTCOME_RECOMMENDED, STEP_ANSWERED, STEP_SHOWN, Event, Moment
from sopguide.walk.path import AGENT, RULE, TICKET, Passage, Place, Trail, extend
from sopguide.walk.private import conceal
from sopguide.walk.procedure import Part, Procedure
from sopguide.walk.step import Go, Settings, Step
from sopguide.walk.ticket import Given

if TYPE_CHECKING:
    from sopguide.walk.answering import Accepted

_MOST_ROUNDS = 100
_MISSING = object()


class Frame(NamedTuple):
    """Where a walk stands: a step of an SOP, and the `run` step it came in by."""

    sop: str
    step: str
    caller: "Frame | None" = None


class State(NamedTuple):
    """Everything that a walk knows at one moment.

    `need` is the fact that is asked for; `pending` the rules that asked for it, None
    where the step itself asks; `reason` says why the walk is stuck.
    """

    frame: Frame
    facts: Mapping[str, Value | None]
    sources: Mapping[str, str]
    visits: Mapping[str, int]
    trail: Trail | None = None
    need: Fact | None = None
    pending: Go | None = None
    reason: str | None = None


def first_state(procedure: Procedure, now: datetime) -> State:
    """Return the state before the first step: only the clock is known."""
    facts = {"today": as_date(now, procedure.zone), "now": now}
    return State(Frame(procedure.sop, procedure.root.start), facts, {}, {})


class Course:
    """One passage from input to input."""

    def __init__(
        self,
        procedure: Procedure,
        given: Given,
        state: State,
        held: frozenset[Place],
        at: Moment,
        *,
        kept: bool = False,
    ) -> None:
        self.events: list[Event] = []
        self._procedure = procedure
        self._given = given.facts
        self._held = held
        self._at = at
        self._kept = kept
        self._frame = state.frame
        self._part = procedure.part(state.frame.sop)
        self._facts = dict(state.facts)
        self._sources = dict(state.sources)
        self._visits = dict(state.visits)
        self._trail = state.trail
        self._need = state.need
        self._pending = state.pending
        self._reason = state.reason
        self._go: Go | None = None
        self._again = False
        self._rounds: dict[str, tuple[int, int]] = {}
        self._version = 0

    def begin(self) -> None:
        """Take what the ticket gave, and set out for the first step."""
        self._take_given("")
        self._go = self._part.start

    def state(self) -> State:
        """Return where the course stopped."""
        return State(
            self._frame,
            self._facts,
            self._sources,
            self._visits,
            self._trail,
            self._need,
            self._pending,
            self._reason,
        )

    def take(self, accepted: "Accepted") -> None:
        """Take what a person answered, and note where it leads."""
        step, need, pending = self._step(), self._need, self._pending
        passage = self._close(accepted.choice)
        data = self._answered(passage, need)
        self.events.append(Event(STEP_ANSWERED, data, self._at))
        self._need = self._pending = None
        if need is None:
            self._go = step.way(accepted.choice)
            return
        self._know(self._part.key(need), accepted.value, AGENT)
        if passage.asked:
            self._go = pending
            self._again = pending is None
        else:
            self._go = self._chosen(step, accepted.value, data)

    def go_on(self) -> None:
        """Go from step to step until a person is needed, or the walk ends."""
        try:
            if self._again:
                self._go = self._ask(self._step())
            while self._go is not None:
                target = self._follow(self._go)
                self._go = None if target is None else self._enter(target)
        except Uncomputable as error:
            self._stop(str(error))

    def _follow(self, go: Go) -> str | None:
        """Return the step that a `go` leads to; None where a fact has to be asked for."""
        if isinstance(go, str):
            return go
        facts = self._facts
        for rule in go:
            if rule.test is None:
                return rule.to
            truth = rule.test(facts)
            if truth is True:
                return rule.to
            if isinstance(truth, Unknown):
                self._pending = go
                self._ask_for(truth.fact)
                return None
        self._stop(Phrase("no rule holds for these facts"))
        return None

    def _enter(self, target: str) -> Go | None:
        """Come to a step; return where it leads by itself, None where it stays."""
        part = self._part
        self._frame = Frame(part.sop, target, self._frame.caller)
        step = part.step(target)
        visit = self._visits[step.ref] = self._visits.get(step.ref, 0) + 1
        self._show(step, visit)
        if step.kind == "ask":
            return self._ask(step)
        self._trail = extend(self._trail, Passage(step.ref, step.kind, visit, _BY[step.kind]))
        if step.kind == "decide":
            return step.go if self._is_new_round(step) else None
        if step.kind == "run":
            return self._run(step) if self._is_new_round(step) else None
        if step.kind == "return":
            return self._return(step)
        if step.kind == "end":
            self.events.append(recommend(step, self._at))
        return None

    def _show(self, step: Step, visit: int) -> None:
        data: dict[str, Any] = {"step": step.ref, "visit": visit}
        if step.sets:
            data.update(self._set(step.sets))
        self.events.append(Event(STEP_SHOWN, data, self._at))

    def _run(self, step: Step) -> Go:
        part = self._procedure.part(step.form["run"])
        self._forget(part)
        self._frame = Frame(part.sop, part.start, self._frame)
        self._part = part
        return part.start

    def _return(self, step: Step) -> Go | None:
        caller = self._frame.caller
        if caller is None:
            raise RuntimeError(f"step {step.ref} returns to nobody")
        self._frame = caller
        self._part = self._procedure.part(caller.sop)
        return self._step().way(step.form["return"])

    def _ask(self, step: Step) -> Go | None:
        """Ask the step's own question, unless its fact is known by now."""
        fact = step.fact
        if fact is None:
            raise RuntimeError(f"step {step.ref} asks for nothing")
        visit = self._visits[step.ref]
        if fact.computed:
            value = self._part.linker.value(fact.name)(self._facts)
            if isinstance(value, Unknown):
                self._ask_for(value.fact)
                return None
            return (
                self._answer_itself(step, visit, value, RULE) if self._is_new_round(step) else None
            )
        if visit == 1 and self._speaks_for_itself(step, fact):
            by = TICKET if self._sources.get(step.key) == TICKET else RULE
            return self._answer_itself(step, visit, self._facts[step.key], by)
        first = self._first_to_ask(fact)
        if first is not fact:
            self._open(first, asked=True)
        else:
            self._open(fact, asked=False)
        return None

    def _speaks_for_itself(self, step: Step, fact: Fact) -> bool:
        if step.key not in self._facts or step.form.get("confirm"):
            return False
        if Place(step.ref, 1) in self._held:
            return False
        value = self._facts[step.key]
        return all(bound.refuse(self._facts, value) is None for bound in self._part.bounds(fact))

    def _answer_itself(self, step: Step, visit: int, value: Any, by: str) -> Go | None:
        answer = to_json(value)
        name = step.fact.name if step.fact else None
        passage = Passage(step.ref, step.kind, visit, by, name, answer, answered=True)
        self._trail = extend(self._trail, passage)
        data = self._answered(passage, step.fact)
        go = self._chosen(step, value, data)
        self.events.append(Event(STEP_ANSWERED, data, self._at))
        return go

    def _ask_for(self, fact: Fact) -> None:
        """Ask for a fact that a rule, a sum or a limit needs."""
        self._open(self._first_to_ask(fact), asked=True)

    def _first_to_ask(self, fact: Fact) -> Fact:
        """Return the fact, or what its limits need to know before it."""
        asked = {fact.name}
        while True:
            missing = next(
                (
                    found.fact
                    for bound in self._part.bounds(fact)
                    if (found := bound.missing(self._facts)) and found.fact.name not in asked
                ),
                None,
            )
            if missing is None:
                return fact
            asked.add(missing.name)
            fact = missing

    def _open(self, fact: Fact, *, asked: bool) -> None:
        """Stand at the present step and ask for a fact."""
        step = self._step()
        passage = Passage(
            step.ref, step.kind, self._visits[step.ref], AGENT, fact.name, asked=asked
        )
        self._need = fact
        self._trail = extend(self._trail, passage)

    def _close(self, choice: Any) -> Passage:
        """Write the answer into the passage that stood open."""
        if self._trail is None:
            raise RuntimeError("nothing was asked")
        stood, before, length = self._trail
        passage = Passage(
            stood.step,
            stood.kind,
            stood.visit,
            AGENT,
            stood.fact,
            choice,
            answered=True,
            asked=stood.asked,
            kept=self._kept,
        )
        self._trail = Trail(passage, before, length)
        return passage

    def _answered(self, passage: Passage, fact: Fact | None) -> dict[str, Any]:
        answer = passage.answer if fact is None else conceal(fact, passage.answer)
        data: dict[str, Any] = {"step": passage.step, "answer": answer, "by": passage.by}
        if passage.fact is not None:
            data["fact"] = passage.fact
        if passage.asked:
            data["asked"] = True
        if passage.kept:
            data["kept"] = True
        return data

    def _chosen(self, step: Step, value: Any, data: dict[str, Any]) -> Go | None:
        """Return where an answer leads; `data`, of its event, takes what its `set:` changed."""
        answer = step.answers.get(value) if isinstance(value, str) else None
        if answer is not None:
            if answer.sets:
                data.update(self._set(answer.sets))
            if answer.go is not None:
                return answer.go
        if step.go is None:
            self._stop(Phrase("this answer leads nowhere"))
        return step.go

    def _set(self, sets: Settings) -> dict[str, Any]:
        """Set facts as the SOP says; never one that the agent or the ticket gave."""
        changed, skipped = {}, []
        for fact, key, data in sets:
            value = from_json(data, fact, self._procedure.zone)
            if self._facts.get(key, _MISSING) == value:
                continue
            given = self._sources.get(key) in (AGENT, TICKET)
            if given or any(bound.refuse(self._facts, value) for bound in self._part.bounds(fact)):
                skipped.append(fact.name)
            else:
                self._know(key, value, RULE)
                changed[fact.name] = conceal(fact, data)
        return {
            **({"set": changed} if changed else {}),
            **({"skipped": skipped} if skipped else {}),
        }

    def _know(self, key: str, value: Any, source: str) -> None:
        self._facts[key] = value
        self._sources[key] = source
        self._version += 1
        if self._given:
            for other, bounds in self._procedure.relative_limits:
                if self._sources.get(other) == TICKET and not self._may_stand(other, bounds):
                    del self._facts[other], self._sources[other]

    def _may_stand(self, key: str, bounds: tuple[Bound, ...]) -> bool:
        """Tell whether what the ticket gave fits limits known only now; else it is asked for."""
        value = self._facts[key]
        try:
            return not any(bound.refuse(self._facts, value) for bound in bounds)
        except Uncomputable:
            return True

    def _take_given(self, sop: str) -> None:
        """Take what the ticket gave: to the library's and the SOP's own facts, or a part's."""
        for key, value in self._given.items():
            if key.rpartition(":")[0] == sop:
                self._facts[key] = value
                self._sources[key] = TICKET

    def _forget(self, part: Part) -> None:
        """Let a sub-procedure's own facts start afresh."""
        prefix = f"{part.sop}:"
        for key in [key for key in self._facts if key.startswith(prefix)]:
            del self._facts[key]
            self._sources.pop(key, None)
        self._take_given(part.sop)

    def _is_new_round(self, step: Step) -> bool:
        """Stop a course that goes round without anything changing, or without end."""
        count, version = self._rounds.get(step.ref, (0, -1))
        if version == self._version or count >= _MOST_ROUNDS:
            self._stop(Phrase("these rules go round without end"))
            return False
        self._rounds[step.ref] = (count + 1, self._version)
        return True

    def _stop(self, reason: str) -> None:
        step = self._step().ref
        self._reason = Phrase("at step `{step}`: {why}", step=step, why=reason)
        self._need = self._pending = None

    def _step(self) -> Step:
        return self._part.step(self._frame.step)


def recommend(step: Step, at: Moment) -> Event:
    """Return the event that says what an end recommends."""
    form = step.form
    told = ("end", "macro", "label", "escalate")
    data = {"step": step.ref, **{name: form[name] for name in told if name in form}}
    return Event(OUTCOME_RECOMMENDED, data, at)


_BY = {"do": AGENT, "wait": AGENT, "decide": RULE, "run": RULE, "return": RULE, "end": RULE}
