"""Which texts of a library an agent reads, and so which a translator translates.

Titles, questions, answers, help, instructions, and what a fact is called: each with its path in the
model it stands in. Bodies of macros are not among them, since those have locales of their own; nor
are names of things that a helpdesk knows by that name, and codes (`PAY-2`, `USD`), which read the
same in every language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sopguide.facts.fact import CHOICE, CHOICES, YES_OR_NO
from sopguide.facts.names import is_code
from sopguide.source import fact_models, models, step_models

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sopguide.source.document import Path

SHARED = "library"
"""The area of the library's own facts, and of SOPs that lie in no folder."""


MACROS, LABELS = "macros", "labels"
"""Whose the titles of macros and of labels are; their catalogue is the shared one."""
TITLE = "title"


class Text(NamedTuple):
    """One text as it is written, and where."""

    text: str
    path: Path


def area_of(sop: str) -> str:
    """The area an SOP belongs to, which has a catalogue of its own: its first folder."""
    area, slash, _ = sop.partition("/")
    return area if slash else SHARED


def context_of(owner: str, path: Path) -> str:
    """What tells a text apart from the same one elsewhere: its SOP, and its step or fact."""
    return f"{owner}:{path[1] if len(path) > 1 else ''.join(map(str, path))}"


def apart(context: str, text: str) -> str:
    """A text told apart by its place, as gettext writes it."""
    return f"{context}\x04{text}"


def texts_of_library(model: models.Library) -> Iterator[Text]:
    """What an agent reads of the library's facts, and the two words every library has."""
    yield from (Text(word, ()) for word in YES_OR_NO)
    yield from _plain(_facts(model.facts))


def texts_of_title(named: models.Macro | models.Label) -> Iterator[Text]:
    """What an agent reads of a macro or a label."""
    yield from _plain((Text(named.title, (TITLE,)),))


def texts_of_sop(model: models.Sop) -> Iterator[Text]:
    """What an agent reads of one SOP, in the order it is written."""
    yield Text(model.title, (TITLE,))
    yield Text(model.about, ("about",))
    yield from _clocks(model.clock, ("clock",))
    yield from _plain(_facts(model.facts))
    for name, step in model.steps.items():
        yield from _plain(_step(step, ("steps", name)))


def _plain(texts: Iterable[Text]) -> Iterator[Text]:
    """Those that are no codes, and not the two words that the library translates for all."""
    return (one for one in texts if one.text not in YES_OR_NO and not is_code(one.text))


def _facts(facts: Mapping[str, fact_models.Fact]) -> Iterator[Text]:
    for name, fact in facts.items():
        if fact.table is None and fact.formula is None:
            path = ("facts", name)
            if fact.ask is not None:
                yield Text(fact.ask, (*path, "ask"))
            yield from _values(fact, path)


def _values(fact: fact_models.Fact | step_models.Question, path: Path) -> Iterator[Text]:
    """The wordings of a fact's values, or their ids where those are the wording, and its unit."""
    if fact.type in (CHOICE, CHOICES):
        if isinstance(fact.values, dict):
            yield from (Text(said, (*path, "values", id_)) for id_, said in fact.values.items())
        for place, said in enumerate(fact.values or ()):
            if not isinstance(fact.values, dict):
                yield Text(said, (*path, "values", place))
    if fact.unit is not None:
        yield Text(fact.unit, (*path, "unit"))


def _step(step: step_models.Step, path: Path) -> Iterator[Text]:
    if isinstance(step, step_models.Question):
        yield from _question(step, path)
    elif isinstance(step, step_models.Instruction):
        yield Text(step.do, (*path, "do"))
        yield from (Text(said, (*path, "check", place)) for place, said in enumerate(step.check))
    elif isinstance(step, step_models.Wait):
        yield Text(step.wait, (*path, "wait"))
    if step.help is not None:
        yield Text(step.help, (*path, "help"))
    yield from (Text(said, (*path, "because", place)) for place, said in enumerate(step.because))
    yield from _clocks(step.clock, (*path, "clock"))


def _clocks(written: step_models.Clocks | None, path: Path) -> Iterator[Text]:
    """What each clock is called; an authority is named alike in every language."""
    for clock in (written,) if isinstance(written, step_models.Clock) else written or ():
        if clock.title is not None:
            yield Text(clock.title, path)


def _question(step: step_models.Question, path: Path) -> Iterator[Text]:
    if step.ask is not None:
        yield Text(step.ask, (*path, "ask"))
    for name, answer in (step.answers or {}).items():
        below = (*path, "answers", name)
        if isinstance(answer, step_models.Answer) and answer.say is not None:
            yield Text(answer.say, (*below, "say"))
        elif step.fact is None:  # else the fact says it
            yield Text(name, below)
    yield from _values(step, path)
