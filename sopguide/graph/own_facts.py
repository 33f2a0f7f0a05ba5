"""The facts that an SOP declares: under `facts:`, and by questions without `fact:`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Related
from sopguide.facts import fact as kinds
from sopguide.facts.fact import Fact
from sopguide.facts.names import fact_of_step
from sopguide.graph import codes
from sopguide.graph.compile_facts import complete, outline, written_values
from sopguide.source import fact_models
from sopguide.source.step_models import Question

if TYPE_CHECKING:
    from sopguide.graph.report import Reporter
    from sopguide.graph.symbols import Symbols
    from sopguide.source.models import Sop
    from sopguide.source.step_models import Answer


def own_facts(
    model: Sop, symbols: Symbols, report: Reporter
) -> tuple[dict[str, Fact], dict[str, str]]:
    """An SOP's own facts by name, and the fact that each question without `fact:` declares."""
    collector = _Collector(symbols, report)
    for name, fact in model.facts.items():
        collector.take(outline(name, fact, own=True), ("facts", name))
    derived: dict[str, str] = {}
    for name, step in model.steps.items():
        if isinstance(step, Question) and step.fact is None:
            asked = _derived(name, step)
            if collector.take(asked, ("steps", name)):
                derived[name] = asked.name
    return _completed(model, collector, symbols, report), derived


class _Collector:
    """Takes facts as long as their names are free."""

    def __init__(self, symbols: Symbols, report: Reporter) -> None:
        self.facts: dict[str, Fact] = {}
        self.places: dict[str, tuple[str, str]] = {}
        self._symbols = symbols
        self._report = report

    def take(self, fact: Fact, path: tuple[str, str]) -> bool:
        """Keep a fact unless the library has one of that name; then only the steps use it."""
        name = fact.name
        if name in self._symbols.facts:
            self._taken(name, path)
            return False
        self.facts[name] = fact
        self.places[name] = path
        return True

    def _taken(self, name: str, path: tuple[str, str]) -> None:
        headline = f"`{name}` is a fact of the library already"
        advice = "rename it here, or use the library's"
        if path[0] == "steps":
            headline = f"the question `{path[1]}` declares `{name}`, a fact of the library"
            advice = f"write `fact: {name}` to ask for that one, or rename the step"
        library = self._symbols.reporter("library", "")
        first = Related(library.span(("facts", name), key=True), "the library's fact")
        span = self._report.span(path, key=True)
        self._report.error(codes.FACT_DECLARED_TWICE, span, headline, advice, [first])


def _derived(step: str, question: Question) -> Fact:
    """The fact that a question without `fact:` declares."""
    kind: str = question.type or kinds.CHOICE
    values, wording = written_values(kind, question.values)
    if question.answers:
        values, wording = tuple(question.answers), _wordings(question.answers)
        if set(values) == set(kinds.YES_OR_NO):
            kind, values = kinds.YES_NO, kinds.YES_OR_NO
    return Fact(
        name=fact_of_step(step),
        type=kind,
        values=values,
        wording=wording,
        exclusive=question.exclusive,
        unit=question.unit,
        ask=question.ask,
        optional=question.optional,
        own=True,
    )


def _wordings(answers: dict[str, str | Answer]) -> dict[str, str]:
    return {
        name: answer.say
        for name, answer in answers.items()
        if not isinstance(answer, str) and answer.say
    }


def _completed(
    model: Sop, collector: _Collector, symbols: Symbols, report: Reporter
) -> dict[str, Fact]:
    """The facts with their limits and formulas."""
    sight = symbols.sight(collector.facts, report)
    facts = dict(collector.facts)
    needs: dict[str, set[str]] = {}
    for name, path in collector.places.items():
        place, key = path
        source = model.facts[key] if place == "facts" else model.steps[key]
        if isinstance(source, Question) and source.minimum is None and source.maximum is None:
            continue
        if isinstance(source, Question | fact_models.Fact):
            facts[name] = complete(facts[name], source, path, sight)
            symbols.use_table(facts[name], report, path)
            needs[name] = symbols.needs(facts[name])
    symbols.check_cycles(needs, report, collector.places)
    return facts
