"""The steps of one SOP: their compiled form, and every way on from them.

Names are resolved and values checked as the steps are passed, once. The branches become the decision
graph; a target that is no step is reported here and leads nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.facts import fact as kinds
from sopguide.facts.durations import parse_duration
from sopguide.facts.fault import Fault
from sopguide.facts.values import parse_text, to_json
from sopguide.graph import codes
from sopguide.graph.conditions import Conditions
from sopguide.graph.decision_graph import BROKEN, Branch, Step
from sopguide.graph.placeholders import Unreadable, placeholders
from sopguide.source import models
from sopguide.source.suggest import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sopguide.facts.fact import Fact
    from sopguide.graph.compile_sop import Uses
    from sopguide.graph.decision_graph import Path
    from sopguide.graph.report import Reporter
    from sopguide.graph.symbols import Symbols

Form = dict[str, Any]

FREE = frozenset({"ticket"})
"""Names that every text may use: the ticket's own fields."""

WAIT_ENDS = ("reply", "timeout")
_NAMED = (kinds.YES_NO, kinds.CHOICE)


class StepCompiler:
    """Compiles the steps of one SOP, in the author's order."""

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
        self.branches: list[Branch] = []
        self._model = model
        self._derived = derived
        self._symbols = symbols
        self._uses = uses
        self._report = report
        self._scope = symbols.sight(own)
        self._own = own
        self._broken = report.entry.names("steps")
        silent = None if symbols.silent is None else symbols.silent | report.entry.names("facts")
        # What one SOP finds right is right in another, unless it speaks of facts of its own.
        shared = dict(symbols.conditions) if own else symbols.conditions
        self._conditions = Conditions(self._scope, report, silent, shared)
        self._kinds: dict[str, Callable[[str, Any, Path, Form], None]] = {
            "ask": self._ask,
            "do": self._do,
            "decide": self._decide,
            "run": self._run,
            "return": self._return,
            "wait": self._wait,
            "end": self._end,
        }

    def compile(self) -> dict[str, Form]:
        """The compiled form of every step."""
        return {name: self._step(name, step) for name, step in self._model.steps.items()} | (
            self._leave_open()
        )

    def guess(self, name: str) -> str | None:
        """The step that a misspelt name means."""
        return None if name in self._model.steps else nearest(name, self._model.steps)

    def _leave_open(self) -> dict[str, Form]:
        """Count steps that could not be read as steps from which anything may follow."""
        self.nodes += [Step(name, BROKEN) for name in sorted(self._broken - {*self._model.steps})]
        return {}

    def _step(self, name: str, step: models.Step) -> Form:
        path = ("steps", name)
        form: Form = {"kind": step.kind}
        if step.help is not None:
            form["help"] = self._text(step.help, (*path, "help"))
        if step.because:
            form["because"] = list(step.because)
        if step.critical:
            form["critical"] = True
        if step.confirm:
            form["confirm"] = True
        if step.settings:
            form["set"] = self._settings(step.settings, (*path, "set"))
        self._kinds[step.kind](name, step, path, form)
        return form

    # ------------------------------------------------------------ kinds

    def _ask(self, name: str, step: models.Question, path: Path, form: Form) -> None:
        self.nodes.append(Step(name, "ask"))
        fact = self._asked(name, step, path, form)
        if step.ask is not None:
            form["text"] = self._text(step.ask, (*path, "ask"))
        answers = step.answers or {}
        if answers:
            form["answers"] = [
                self._answer(name, answer, given, (*path, "answers", answer))
                for answer, given in answers.items()
            ]
            self._check_answers(fact, answers, path)
        open_ends = self._open_ends(step, fact, path)
        if step.go is not None:
            closed = not open_ends
            form["go"] = self._go(name, step.go, (*path, "go"), closed=closed)
        else:
            self.branches += [Branch(name, None, place, label) for place, label in open_ends]

    def _do(self, name: str, step: models.Instruction, path: Path, form: Form) -> None:
        self.nodes.append(Step(name, "do"))
        form["text"] = self._text(step.do, (*path, "do"))
        if step.check:
            form["check"] = [
                self._text(text, (*path, "check", place)) for place, text in enumerate(step.check)
            ]
        form["go"] = self._go(name, step.go, (*path, "go"))

    def _decide(self, name: str, step: models.Decision, path: Path, form: Form) -> None:
        self.nodes.append(Step(name, "decide"))
        form["go"] = self._go(name, step.decide, (*path, "decide"))

    def _run(self, name: str, step: models.Run, path: Path, form: Form) -> None:
        sops = self._symbols.sources.sops
        form["run"] = step.run
        if step.run in sops:
            self._uses.sops.setdefault(step.run, path)
        elif self._sure("sops"):
            span = self._report.span((*path, "run"))
            self._report.unknown(codes.UNKNOWN_SOP, "SOP", step.run, sops, span)
        self.nodes.append(Step(name, "run", step.run, self._symbols.returns.get(step.run)))
        self._go_by(name, step.go, path, form)

    def _return(self, name: str, step: models.Return, path: Path, form: Form) -> None:  # noqa: ARG002
        self.nodes.append(Step(name, "return"))
        form["return"] = step.name

    def _wait(self, name: str, step: models.Wait, path: Path, form: Form) -> None:
        self.nodes.append(Step(name, "wait"))
        form["text"] = self._text(step.wait, (*path, "wait"))
        self._outcome(step, path, form)
        if step.wait_for is not None:
            form["for"] = self._duration(step.wait_for, (*path, "for"))
        self._go_by(name, step.go, path, form)

    def _end(self, name: str, step: models.Finish, path: Path, form: Form) -> None:
        self.nodes.append(Step(name, "end"))
        form["end"] = step.end
        self._outcome(step, path, form)
        if step.escalate is not None:
            form["escalate"] = {"to": step.escalate.to}
            if step.escalate.within is not None:
                place = (*path, "escalate", "within")
                form["escalate"]["within"] = self._duration(step.escalate.within, place)

    # ------------------------------------------------------------ questions

    def _asked(self, name: str, step: models.Question, path: Path, form: Form) -> Fact | None:
        """The fact that a question asks for."""
        wanted = step.fact or self._derived.get(name)
        if wanted is None:
            return None
        form["fact"] = wanted
        fact = self._scope.facts.get(wanted)
        place = (*path, "fact") if step.fact else path
        if fact is None:
            if not self._conditions.hushed("fact", wanted):
                span = self._report.span(place)
                self._report.unknown(codes.UNKNOWN_FACT, "fact", wanted, self._scope.facts, span)
            return None
        self._uses.facts.setdefault(wanted, place)
        self._uses.needed.setdefault(wanted, place)
        if step.ask:
            self._uses.given.add(wanted)
        return fact

    def _answer(self, name: str, answer: str, given: str | models.Answer, path: Path) -> Form:
        form: Form = {"id": answer}
        if isinstance(given, str):
            form["go"] = self._target(name, given, path, answer)
            return form
        if given.say is not None:
            form["say"] = self._text(given.say, (*path, "say"))
        if given.go is not None:
            form["go"] = self._go(name, given.go, (*path, "go"), label=answer)
        if given.settings:
            form["set"] = self._settings(given.settings, (*path, "set"))
        if given.because:
            form["because"] = list(given.because)
        return form

    def _check_answers(
        self, fact: Fact | None, answers: Mapping[str, object], path: Path
    ) -> None:
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

    def _open_ends(
        self, step: models.Question, fact: Fact | None, path: Path
    ) -> list[tuple[Path, str]]:
        """What can be answered without an answer of its own saying where it leads."""
        answers = step.answers
        if not answers:
            return [(path, "")]
        found: list[tuple[Path, str]] = [
            ((*path, "answers", answer), answer)
            for answer, given in answers.items()
            if not isinstance(given, str) and given.go is None
        ]
        if fact is not None and fact.type in _NAMED and len(answers) < len(fact.values):
            rest = (value for value in fact.values if value not in answers)
            found += [((*path, "answers"), value) for value in rest]
        if fact is not None and fact.optional:
            found.append(((*path, "answers"), "not known"))
        return found

    # ------------------------------------------------------------ ways on

    def _go_by(self, name: str, go: Any, path: Path, form: Form) -> None:  # noqa: ANN401 - models.GoBy
        if not isinstance(go, dict):
            form["go"] = self._go(name, go, (*path, "go"))
            return
        form["by"] = {
            back: self._go(name, one, (*path, "go", back), label=back, back=back)
            for back, one in go.items()
        }

    def _go(
        self,
        name: str,
        go: str | tuple[models.Rule | models.ElseRule, ...],
        path: Path,
        *,
        label: str = "",
        closed: bool = False,
        back: str | None = None,
    ) -> str | list[Form]:
        if isinstance(go, str):
            return self._target(name, go, path, label, closed=closed, back=back)
        rules: list[Form] = []
        for place, rule in enumerate(go):
            here = (*path, place)
            condition = rule.condition
            form: Form = {}
            if condition is not None:
                form["if"] = self._condition(condition, (*here, "if"))
            end = "else" if condition is None else "to"
            form["to"] = self._target(name, rule.to, (*here, end), label, closed=closed, back=back)
            if rule.because:
                form["because"] = list(rule.because)
            rules.append(form)
        return rules

    def _target(
        self,
        name: str,
        target: str,
        path: Path,
        label: str,
        *,
        closed: bool = False,
        back: str | None = None,
    ) -> str:
        guess = None
        if target not in self._model.steps and target not in self._broken:
            guess = nearest(target, self._model.steps)
            span = self._report.span(path)
            advice = f"did you mean `{guess}`?" if guess else None
            self._report.error(codes.UNKNOWN_STEP, span, f"unknown step `{target}`", advice)
        self.branches.append(Branch(name, target, path, label, guess, closed=closed, back=back))
        return target

    def _condition(self, data: Any, path: Path) -> list[Any]:  # noqa: ANN401 - as the author wrote it
        found = self._conditions.parse(data, path)
        for fact in found.facts:
            self._uses.facts.setdefault(fact, path)
        for fact in found.needs:
            self._uses.needed.setdefault(fact, path)
        return found.form

    # ------------------------------------------------------------ values and texts

    def _settings(self, settings: Mapping[str, Any], path: Path) -> list[list[Any]]:
        return [
            [name, self._setting(name, value, (*path, name))] for name, value in settings.items()
        ]

    def _setting(self, name: str, value: str | tuple[str, ...], path: Path) -> Any:  # noqa: ANN401
        fact = self._scope.facts.get(name)
        if fact is None:
            if not self._conditions.hushed("fact", name):
                span = self._report.span(path, key=True)
                self._report.unknown(codes.UNKNOWN_FACT, "fact", name, self._scope.facts, span)
            return None
        self._uses.facts.setdefault(name, path)
        self._uses.given.add(name)
        if fact.computed:
            span = self._report.span(path, key=True)
            headline = f"`{name}` is computed and cannot be set"
            self._report.error(codes.SET_COMPUTED_FACT, span, headline, "set what it is computed from")
            return None
        found = parse_text(value if isinstance(value, str) else list(value), fact)
        if isinstance(found, Fault):
            self._report.fault(path, found, codes.WRONG_VALUE)
            return None
        return to_json(found)

    def _outcome(self, step: models.Wait | models.Finish, path: Path, form: Form) -> None:
        sources = self._symbols.sources
        if step.macro is not None:
            form["macro"] = step.macro
            if step.macro in sources.macros:
                self._uses.macros[step.macro] = None
            elif step.macro != "none" and self._sure("macros"):
                span = self._report.span((*path, "macro"))
                known = [*sources.macros, "none"]
                self._report.unknown(codes.UNKNOWN_MACRO, "macro", step.macro, known, span)
        if step.label is not None:
            form["label"] = step.label
            if step.label in sources.labels:
                self._uses.labels[step.label] = None
            elif self._sure("labels"):
                span = self._report.span((*path, "label"))
                self._report.unknown(codes.UNKNOWN_LABEL, "label", step.label, sources.labels, span)

    def _sure(self, kind: str) -> bool:
        """Whether a name that is not found does not exist; else a file that may hold it is broken."""
        if kind in self._symbols.sources.unsure:
            self._uses.unsure.add(kind)
            return False
        return True

    def _duration(self, text: str, path: Path) -> str:
        found = parse_duration(text)
        if isinstance(found, Fault):
            self._report.fault(path, found, codes.WRONG_DURATION)
        return text

    def _text(self, text: str, path: Path) -> str:
        """A text that an agent reads, its placeholders resolved."""
        if "{" not in text:
            return text
        found = placeholders(text)
        if isinstance(found, Unreadable):
            headline = f"the placeholders cannot be read: {found.why}"
            self._report.error(codes.BROKEN_PLACEHOLDER, self._report.span(path), headline)
            return text
        for one in found:
            if self._scope.fact(one.name) is not None:
                self._uses.facts.setdefault(one.name, path)
            elif one.name not in FREE and not self._conditions.hushed("fact", one.name):
                span = self._report.span(path)
                if one.start is not None:
                    span = self._report.entry.within(path, one.start, one.end)
                self._report.unknown(
                    codes.UNKNOWN_FACT, "fact", one.name, (*self._scope.fact_names(), *FREE), span
                )
        return text
