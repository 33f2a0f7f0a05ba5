"""The steps of one SOP in their compiled form, one method a kind.

Names are resolved and values checked as the steps are passed, once, in the author's order. The
nodes and branches that become the decision graph are collected on the way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.facts import fact as kinds
from sopguide.graph import codes
from sopguide.graph.compile_clocks import Clocks
from sopguide.graph.decision_graph import BROKEN, Step
from sopguide.graph.parts import Parts
from sopguide.graph.ways import Ways
from sopguide.source.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sopguide.facts.fact import Fact
    from sopguide.graph.decision_graph import Path
    from sopguide.graph.report import Reporter
    from sopguide.graph.symbols import Symbols
    from sopguide.graph.uses import Uses
    from sopguide.source import models, step_models

Form = dict[str, Any]

WAIT_ENDS = ("reply", "timeout")
"""What a wait comes to: the two answers it takes."""

_NAMED = (kinds.YES_NO, kinds.CHOICE)


class StepCompiler:
    """Compiles the steps of one SOP."""

    def __init__(
        self,
        model: models.Sop,
        own: Mapping[str, Fact],
        derived: Mapping[str, str],
        symbols: Symbols,
        uses: Uses,
        report: Reporter,
    ) -> None:
        self.nodes: list[Step] = []
        self._model = model
        self._derived = derived
        self._symbols = symbols
        self._uses = uses
        self._report = report
        self._sight = symbols.sight(own, report)
        self._scope = self._sight.scope
        self._broken = report.entry.names("steps")
        conditions = symbols.conditions(self._sight)
        self.clocks = Clocks(self._sight, conditions, uses, report)
        self.ways = Ways(model.steps, self._broken, conditions, uses, report)
        self._parts = Parts(self._sight, symbols.sources, uses)

    def compile(self) -> dict[str, Form]:
        """The compiled form of every step that could be read."""
        forms = {name: self._step(name, step) for name, step in self._model.steps.items()}
        self.nodes += [Step(name, BROKEN) for name in sorted(self._broken - forms.keys())]
        return forms

    def _step(self, name: str, step: step_models.Step) -> Form:
        path = ("steps", name)
        form: Form = {"kind": step.kind}
        if step.help is not None:
            form["help"] = self._parts.text(step.help, (*path, "help"))
        if step.because:
            form["because"] = list(step.because)
        if step.critical:
            form["critical"] = True
        if step.confirm:
            form["confirm"] = True
        if step.settings:
            form["set"] = self._parts.settings(step.settings, (*path, "set"))
        if step.clock is not None:
            form["clock"] = self.clocks.compile(step.clock, (*path, "clock"))
        form |= getattr(self, f"_{step.kind}")(name, step, path)
        return form

    def _do(self, name: str, step: step_models.Instruction, path: Path) -> Form:
        self.nodes.append(Step(name, "do"))
        form: Form = {"text": self._parts.text(step.do, (*path, "do"))}
        if step.check:
            form["check"] = [
                self._parts.text(text, (*path, "check", place))
                for place, text in enumerate(step.check)
            ]
        form["go"] = self.ways.go(name, step.go, (*path, "go"))
        return form

    def _decide(self, name: str, step: step_models.Decision, path: Path) -> Form:
        self.nodes.append(Step(name, "decide"))
        return {"go": self.ways.go(name, step.decide, (*path, "decide"))}

    def _run(self, name: str, step: step_models.Run, path: Path) -> Form:
        sops = self._symbols.sources.sops
        if step.run in sops:
            self._uses.sops.setdefault(step.run, path)
        elif self._parts.sure("sops"):
            span = self._report.span((*path, "run"))
            self._report.unknown(codes.UNKNOWN_SOP, "SOP", step.run, sops, span)
        self.nodes.append(Step(name, "run", step.run, self._symbols.returns.get(step.run)))
        return {"run": step.run} | self.ways.go_by(name, step.go, path)

    def _return(self, name: str, step: step_models.Return, _: Path) -> Form:
        self.nodes.append(Step(name, "return"))
        return {"return": step.name}

    def _wait(self, name: str, step: step_models.Wait, path: Path) -> Form:
        self.nodes.append(Step(name, "wait"))
        form: Form = {"text": self._parts.text(step.wait, (*path, "wait"))}
        form |= self._parts.outcome(step, path)
        if step.wait_for is not None:
            form["for"] = self._parts.duration(step.wait_for, (*path, "for"))
        return form | self.ways.go_by(name, step.go, path)

    def _end(self, name: str, step: step_models.Finish, path: Path) -> Form:
        self.nodes.append(Step(name, "end"))
        form: Form = {"end": step.end} | self._parts.outcome(step, path)
        if step.escalate is not None:
            form["escalate"] = {"to": step.escalate.to}
            if step.escalate.within is not None:
                place = (*path, "escalate", "within")
                form["escalate"]["within"] = self._parts.duration(step.escalate.within, place)
        return form

    # ------------------------------------------------------------ questions

    def _ask(self, name: str, step: step_models.Question, path: Path) -> Form:
        self.nodes.append(Step(name, "ask"))
        form: Form = {}
        wanted = step.fact or self._derived.get(name)
        fact = None
        if wanted is not None:
            form["fact"] = wanted
            fact = self._asked(wanted, step, (*path, "fact") if step.fact else path)
        if step.ask is not None:
            form["text"] = self._parts.text(step.ask, (*path, "ask"))
        if step.answers:
            form["answers"] = [
                self._answer(name, answer, given, (*path, "answers", answer))
                for answer, given in step.answers.items()
            ]
            self._check_answers(fact, step.answers, path)
        open_ends = self._open_ends(step, fact, path)
        if step.go is None:
            for place, label in open_ends:
                self.ways.nowhere(name, place, label)
        else:
            listed = fact is not None and fact.type in _NAMED
            closed = listed and not open_ends
            form["go"] = self.ways.go(name, step.go, (*path, "go"), closed=closed)
        return form

    def _asked(self, wanted: str, step: step_models.Question, path: Path) -> Fact | None:
        """The fact that a question asks for."""
        fact = self._scope.facts.get(wanted)
        if fact is None:
            self._sight.unknown_fact(wanted, path)
            return None
        self._uses.facts.setdefault(wanted, path)
        self._uses.needed.setdefault(wanted, path)
        if step.ask:
            self._uses.given.add(wanted)
        return fact

    def _answer(self, name: str, answer: str, given: str | step_models.Answer, path: Path) -> Form:
        form: Form = {"id": answer}
        if isinstance(given, str):
            form["go"] = self.ways.target(name, given, path, answer)
            return form
        if given.say is not None:
            form["say"] = self._parts.text(given.say, (*path, "say"))
        if given.go is not None:
            form["go"] = self.ways.go(name, given.go, (*path, "go"), label=answer)
        if given.settings:
            form["set"] = self._parts.settings(given.settings, (*path, "set"))
        if given.because:
            form["because"] = list(given.because)
        return form

    def _check_answers(self, fact: Fact | None, answers: Mapping[str, object], path: Path) -> None:
        if fact is None:
            return
        if fact.type not in _NAMED:
            headline = f"`{fact.name}` is of type `{fact.type}` and cannot have `answers`"
            advice = "leave the answers out and let the rules of `go` test it"
            span = self._report.span((*path, "answers"), key=True)
            self._report.error(codes.ANSWERS_NOT_POSSIBLE, span, headline, advice)
            return
        for answer in answers:
            if answer not in fact.values:
                span = self._report.span((*path, "answers", answer), key=True)
                headline = f"`{answer}` is not a value of `{fact.name}`"
                near = did_you_mean(answer, fact.values)
                self._report.error(codes.UNKNOWN_ANSWER, span, headline, near)

    @staticmethod
    def _open_ends(
        step: step_models.Question, fact: Fact | None, path: Path
    ) -> list[tuple[Path, str]]:
        """What can be answered without an answer of its own that says where it leads."""
        answers = step.answers
        if not answers:
            return [(path, "")]
        place = (*path, "answers")
        found: list[tuple[Path, str]] = [
            ((*place, answer), answer)
            for answer, given in answers.items()
            if not isinstance(given, str) and given.go is None
        ]
        if fact is not None and fact.type in _NAMED:
            if any(value not in answers for value in fact.values):
                found += [(place, value) for value in fact.values if value not in answers]
            if fact.optional:
                found.append((place, "not known"))
        return found
