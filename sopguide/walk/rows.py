"""The rows that a screen shows of a walk: what was answered on its path, and what is known."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sopguide.facts.fault import Fault
from sopguide.facts.values import from_json
from sopguide.walk.answering import DONE, REPLY, TIMEOUT
from sopguide.walk.path import AGENT, TICKET, Passage
from sopguide.walk.private import GIVEN
from sopguide.walk.reader import Reader, reader_of
from sopguide.walk.walk import Walk


class PathRow(NamedTuple):
    """One passage of the path: `place` is what `Walk.back(to=...)` takes."""

    place: int
    step: str
    label: str
    answer: str
    by: str
    current: bool
    can_return: bool
    kept: bool


class FactRow(NamedTuple):
    """One fact about the ticket, and who gave it."""

    name: str
    label: str
    by: str


def path_rows(reader: Reader, path: tuple[Passage, ...]) -> tuple[PathRow, ...]:
    """Return a row for each passage of a path, the last being where the walk stands."""
    last = len(path) - 1
    return tuple(
        PathRow(
            index,
            passage.step,
            passage.name,
            _answer(reader, passage),
            passage.by,
            current=index == last,
            can_return=index < last and passage.can_return and passage.answered,
            kept=passage.kept,
        )
        for index, passage in enumerate(path)
    )


def fact_rows(reader: Reader) -> tuple[FactRow, ...]:
    """Return the facts that lie in sight of the SOP itself, first those of the ticket."""
    rows, walk = [], reader.walk
    for fact, value, by in walk.facts_in_sight():
        shown = reader.value(value, fact, walk.procedure.sop)
        label = reader.word("not known") if value is None else shown
        rows.append(FactRow(fact.name, label, by))
    others = _others(walk, reader.ticket or {})
    return tuple(sorted([*rows, *others], key=lambda row: row.by == AGENT))


def say_answer(
    walk: Walk,
    passage: Passage,
    ticket: Mapping[str, Any] | None = None,
    language: str | None = None,
    word: Callable[[str], str] = str,
) -> str:
    """Return the wording of the answer given at a passage; nothing where it has none."""
    return _answer(reader_of(walk, ticket, language, word), passage)


def _answer(reader: Reader, passage: Passage) -> str:
    walk, word = reader.walk, reader.word
    if not passage.answered:
        return ""
    if passage.fact is None:
        return _happened(reader, str(passage.answer))
    if passage.answer is None:
        return word("not known")
    if passage.answer == GIVEN:
        return word("given")
    part, step = walk.procedure.locate(passage.step)
    for answer in () if passage.asked else part.form["steps"][step].get("answers", ()):
        if answer["id"] == passage.answer and "say" in answer:
            return reader.read(answer["say"], step, part)
    fact = part.fact(passage.fact)
    value = from_json(passage.answer, fact, walk.procedure.zone)
    if isinstance(value, Fault):
        return str(passage.answer)
    return reader.value(value, fact, part.sop)


def _happened(reader: Reader, answer: str) -> str:
    """Return the word for what an instruction or a wait came to."""
    word = reader.word
    said = {DONE: word("done"), REPLY: word("reply"), TIMEOUT: word("timeout")}
    return said.get(answer, answer)


def _others(walk: Walk, ticket: Mapping[str, Any]) -> list[FactRow]:
    """Return the ticket's facts that this SOP has no use for; an agent may."""
    named = ticket.get("facts")
    used = walk.procedure.root.facts
    return [
        FactRow(str(name), str(value), TICKET)
        for name, value in (named.items() if isinstance(named, Mapping) else ())
        if name not in used and isinstance(value, str | int | float)
    ]
