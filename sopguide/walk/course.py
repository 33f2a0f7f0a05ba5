"""The course of a walk from one input to the next: what happens by itself.

A `Course` starts from the state in which a person answered, goes from step to
step as the rules say, and stops where a person is needed again. It is the
one place where a walk changes; it works on copies, and gives a new `State`.
"""

from typing import TYPE_CHECKING, Any

from sopguide.facts.arithmetic import Uncomputable
from sopguide.facts.fact import Fact
from sopguide.facts.truth import Unknown
from sopguide.facts.values import to_json
from sopguide.phrases import Phrase
from sopguide.walk.events import STEP_ANSWERED, STEP_SHOWN, Event, Moment
from sopguide.walk.knowledge import Knowledge
from sopguide.walk.outcome import recommend
from sopguide.walk.path import AGENT, RULE, TICKET, Passage, Place, answered, extend
from sopguide.walk.private import conceal
from sopguide.walk.procedure import Procedure
from sopguide.walk.state import Frame, State
from sopguide.walk.step import Go, Step
from sopguide.walk.ticket import Given

if TYPE_CHECKING:
    from sopguide.walk.answering import Accepted

_MOST_ROUNDS = 100


class Course:
    """From one input to the next."""

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
        self._known = Knowledge(procedure, given.facts, state)
        self._facts = self._known.facts
        self._held = held
        self._at = at
        self._kept = kept
        self._frame = state.frame
        self._part = procedure.part(state.frame.sop)
        self._step = self._part.step(state.frame.step)
        self._visits = dict(state.visits)
        self._trail = state.trail
        self._need = state.need
        self._pending = state.pending
        self._reason = state.reason
        self._go: Go | None = None
        self._again = False
        self._rounds: dict[str, tuple[int, int]] = {}

    def begin(self) -> None:
        """Take what the ticket gave, and set out for the first step."""
        self._known.take_given()
        self._go = self._part.start

    def state(self) -> State:
        """Return where the course stopped."""
        return State(
            self._frame,
            self._facts,
            self._known.sources,
            self._visits,
            self._trail,
            self._need,
            self._pending,
            self._reason,
        )

    def take(self, accepted: "Accepted") -> None:
        """Take what a person answered, and note where it leads."""
        step, need, pending = self._step, self._need, self._pending
        self._trail = answered(self._trail, accepted.choice, kept=self._kept)
        passage = self._trail.passage
        data = _told(passage, need)
        self.events.append(Event(STEP_ANSWERED, data, self._at))
        self._need = self._pending = None
        if need is None:
            self._go = step.way(accepted.choice)
            return
        self._known.learn(self._part.key(need), accepted.value, AGENT)
        if passage.asked:
            self._go = pending
            self._again = pending is None
        else:
            self._go = self._chosen(step, accepted.value, data)

    def go_on(self) -> None:
        """Go from step to step until a person is needed, or the walk ends."""
        try:
            if self._again:
                self._go = self._ask(self._step)
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
        step = self._step = part.step(target)
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
            data.update(self._known.set(step.sets, self._part))
        self.events.append(Event(STEP_SHOWN, data, self._at))

    def _run(self, step: Step) -> Go:
        part = self._procedure.part(step.form["run"])
        self._known.start_afresh(part)
        self._frame = Frame(part.sop, part.start, self._frame)
        self._part = part
        return part.start

    def _return(self, step: Step) -> Go | None:
        caller = self._frame.caller
        if caller is None:
            raise RuntimeError(f"step {step.ref} returns to nobody")
        self._frame = caller
        self._part = self._procedure.part(caller.sop)
        self._step = self._part.step(caller.step)
        return self._step.way(step.form["return"])

    def _ask(self, step: Step) -> Go | None:
        """Ask the step's own question, unless its fact is known by now."""
        fact = step.fact
        if fact is None:
            raise RuntimeError(f"step {step.ref} asks for nothing")
        if fact.computed:
            return self._work_out(step, fact)
        if self._visits[step.ref] == 1 and self._speaks_for_itself(step, fact):
            by = TICKET if self._known.sources.get(step.key) == TICKET else RULE
            return self._answer_itself(step, fact, self._facts[step.key], by)
        first = self._known.first_to_ask(fact, self._part)
        self._open(first, asked=first is not fact)
        return None

    def _work_out(self, step: Step, fact: Fact) -> Go | None:
        """Answer a question about a computed fact, or ask for what it is computed from."""
        value = self._part.linker.value(fact.name)(self._facts)
        if isinstance(value, Unknown):
            self._ask_for(value.fact)
            return None
        return self._answer_itself(step, fact, value, RULE) if self._is_new_round(step) else None

    def _speaks_for_itself(self, step: Step, fact: Fact) -> bool:
        if step.key not in self._facts or step.form.get("confirm"):
            return False
        if Place(step.ref, 1) in self._held:
            return False
        return self._known.fits(self._facts[step.key], self._part.bounds(fact))

    def _answer_itself(self, step: Step, fact: Fact, value: Any, by: str) -> Go | None:
        visit, answer = self._visits[step.ref], to_json(value)
        passage = Passage(step.ref, step.kind, visit, by, fact.name, answer, answered=True)
        self._trail = extend(self._trail, passage)
        data = _told(passage, fact)
        go = self._chosen(step, value, data)
        self.events.append(Event(STEP_ANSWERED, data, self._at))
        return go

    def _ask_for(self, fact: Fact) -> None:
        """Ask for a fact that a rule, a sum or a limit needs."""
        self._open(self._known.first_to_ask(fact, self._part), asked=True)

    def _open(self, fact: Fact, *, asked: bool) -> None:
        """Stand at the present step and ask for a fact."""
        step = self._step
        visit = self._visits[step.ref]
        passage = Passage(step.ref, step.kind, visit, AGENT, fact.name, asked=asked)
        self._need = fact
        self._trail = extend(self._trail, passage)

    def _chosen(self, step: Step, value: Any, data: dict[str, Any]) -> Go | None:
        """Return where an answer leads; `data`, of its event, takes what its `set:` changed."""
        answer = step.answers.get(value) if isinstance(value, str) else None
        if answer is not None:
            if answer.sets:
                data.update(self._known.set(answer.sets, self._part))
            if answer.go is not None:
                return answer.go
        if step.go is None:
            self._stop(Phrase("this answer leads nowhere"))
        return step.go

    def _is_new_round(self, step: Step) -> bool:
        """Stop a course that goes round without anything changing, or without end."""
        count, changes = self._rounds.get(step.ref, (0, -1))
        if changes == self._known.changes or count >= _MOST_ROUNDS:
            self._stop(Phrase("these rules go round without end"))
            return False
        self._rounds[step.ref] = (count + 1, self._known.changes)
        return True

    def _stop(self, reason: str) -> None:
        self._reason = Phrase("at step `{step}`: {why}", step=self._step.ref, why=reason)
        self._need = self._pending = None


def _told(passage: Passage, fact: Fact | None) -> dict[str, Any]:
    """Return what the event of an answer says; of a text only that it was given."""
    answer = passage.answer if fact is None else conceal(fact, passage.answer)
    data: dict[str, Any] = {"step": passage.step, "answer": answer, "by": passage.by}
    if passage.fact is not None:
        data["fact"] = passage.fact
    if passage.asked:
        data["asked"] = True
    if passage.kept:
        data["kept"] = True
    return data


_BY = {"do": AGENT, "wait": AGENT, "decide": RULE, "run": RULE, "return": RULE, "end": RULE}
