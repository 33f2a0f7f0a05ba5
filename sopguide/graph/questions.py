"""The questions of a library as an agent reads them, with the answers below each.

They stand in SOPs (`ask`) and with the facts of the library and of SOPs. A fact that is only
computed or looked up is not asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sopguide.source import fact_models, models, step_models

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sopguide.diagnostics import Span
    from sopguide.graph.decision_graph import Path
    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole
    from sopguide.source.sources import Entry


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its text, and its answers as they read, each with its id.

    `below` leads to the answers, in the entry that the question stands in.
    """

    entry: Entry[models.Sop] | Entry[models.Library]
    owner: Owner
    path: Path
    text: str
    answers: Mapping[str, str]
    below: Path
    yes_no: bool = False

    @property
    def span(self) -> Span:
        """Where the text stands."""
        return self.entry.span(*self.path)

    def answer_span(self, answer: str) -> Span:
        """Where an answer stands: the key it has, or its place in the list."""
        data = self.entry.document.value((*self.entry.path, *self.below))
        if isinstance(data, list):
            return self.entry.span(*self.below, data.index(answer))
        return self.entry.span(*self.below, answer, key=True)


def questions(whole: Whole) -> Iterator[Question]:
    """Every question, those of the library first."""
    library = whole.symbols.sources.library
    if library is not None and library.model is not None:
        yield from _of_facts(library, ("library", ""), library.model.facts)
    for one in whole.procedures.values():
        entry = whole.symbols.sources.sops[one.id]
        owner = ("sops", one.id)
        yield from _of_facts(entry, owner, one.model.facts)
        for name, step in one.model.steps.items():
            if isinstance(step, step_models.Question) and (step.ask or step.answers):
                yield _of_step(entry, owner, ("steps", name), step)


def _of_facts(
    entry: Entry[models.Sop] | Entry[models.Library],
    owner: Owner,
    facts: Mapping[str, fact_models.Fact],
) -> Iterator[Question]:
    for name, fact in facts.items():
        if fact.ask or fact.values:
            path = ("facts", name)
            answers = _values(fact.values)
            below = (*path, "values")
            yes_no = fact.type == "yes_no"
            yield Question(entry, owner, (*path, "ask"), fact.ask or "", answers, below, yes_no)


def _of_step(
    entry: Entry[models.Sop],
    owner: Owner,
    path: Path,
    step: step_models.Question,
) -> Question:
    if step.answers:
        answers = {
            name: given.say or name if isinstance(given, step_models.Answer) else name
            for name, given in step.answers.items()
        }
        below = (*path, "answers")
    else:
        answers, below = _values(step.values), (*path, "values")
    yes_no = step.type == "yes_no" or answers.keys() == {"yes", "no"}
    return Question(entry, owner, (*path, "ask"), step.ask or "", answers, below, yes_no)


def _values(values: tuple[str, ...] | dict[str, str] | None) -> dict[str, str]:
    if values is None:
        return {}
    return dict(values) if isinstance(values, dict) else {value: value for value in values}
