"""What a screen shows of a walk: texts, choices and the path, ready to be drawn.

A view decides nothing and draws nothing; the desk, line mode and the browser
show the same one. Texts are as their authors wrote them: whoever puts
them on a screen cleans them first.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sopguide.facts.fact import CHOICE, CHOICES, YES_NO, Fact
from sopguide.facts.fault import Fault
from sopguide.facts.values import Value, from_json, show, to_json
from sopguide.walk.answering import DONE, REPLY, TIMEOUT
from sopguide.walk.outcome import NONE, Escalation
from sopguide.walk.path import AGENT, TICKET, Passage, acts_of
from sopguide.walk.private import GIVEN
from sopguide.walk.procedure import Part
from sopguide.walk.saying import LABELS, MACROS, Words
from sopguide.walk.step import Step
from sopguide.walk.walk import DO, ENDED, STUCK, WAIT, Walk
from sopguide.walk.wording import fill

NOT_KNOWN = "not-known"
"""The id of the choice that stands for "not known"; its answer is None."""


class Choice(NamedTuple):
    """One answer that can be given: its id and its wording."""

    id: str
    label: str


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


class OutcomeView(NamedTuple):
    """The end of a walk, or what a wait sends: macro, label, hand-off."""

    end: str
    macro: str | None
    macro_title: str
    label: str | None
    label_title: str
    escalate: Escalation | None


class View(NamedTuple):
    """Everything that is shown of a walk at one moment."""

    sop: str
    title: str
    version: str
    status: str
    step: str
    kind: str
    text: str
    help: str
    because: tuple[str, ...]
    critical: bool
    fact: str | None
    type: str | None
    unit: str | None
    choices: tuple[Choice, ...]
    multiple: bool
    exclusive: tuple[str, ...]
    optional: bool
    suggested: Any
    asked: bool
    check: tuple[str, ...]
    wait_for: str | None
    path: tuple[PathRow, ...]
    facts: tuple[FactRow, ...]
    misfits: tuple[str, ...]
    misfit: str | None
    reason: str | None
    outcome: OutcomeView | None
    overruled: str | None
    """The code of the reason why the agent chose this outcome, where the SOP did not."""
    language: str
    """The language in which the SOP's own wording is shown."""
    number: int
    """Which of the agent's own answers is asked for now, from 1."""

    @property
    def not_used(self) -> tuple[str, ...]:
        """What of the ticket did not fit: all at the first question, then where it is asked for."""
        if all(row.by != AGENT for row in self.path if not row.current):
            return self.misfits
        return () if self.misfit is None else (self.misfit,)


class _Eye(NamedTuple):
    """Who looks at a walk: what fills placeholders in, and the languages of its texts and ours."""

    walk: Walk
    ticket: Mapping[str, Any] | None
    words: Words
    word: Callable[[str], str]

    @property
    def need(self) -> Fact | None:
        """The fact that is asked for, as it reads in the agent's language."""
        need = self.walk.need
        return need and self.words.fact(need, self.walk.part.sop)

    def read(self, text: str, name: str, part: Part | None = None) -> str:
        """A text of a step as it reads in the agent's language, filled in."""
        said = self.words.say(text, (part or self.walk.part).sop, name)
        return fill(self.walk, said, self.ticket, part=part, words=self.words).text


def view(
    walk: Walk,
    ticket: Mapping[str, Any] | None = None,
    language: str | None = None,
    word: Callable[[str], str] = str,
) -> View:
    """Return what a screen shows of a walk; `ticket` fills placeholders in the texts.

    `word` says the few words that are nobody's wording ("Done") in the agent's language.
    """
    language = walk.procedure.language(language)
    eye = _Eye(walk, ticket, walk.procedure.words(language), word)
    step, need = walk.step, eye.need
    form, path = step.form, walk.path
    misfits = walk.origin.given.misfits
    return View(
        sop=walk.procedure.sop,
        title=eye.words.say(walk.procedure.title, walk.procedure.sop, "title"),
        version=walk.procedure.version,
        status=walk.status,
        step=step.ref,
        kind=step.kind,
        text=_text(eye, step, need),
        help=eye.read(form.get("help", ""), step.id),
        because=tuple(
            eye.words.say(text, walk.part.sop, step.id) for text in form.get("because", ())
        ),
        critical=form.get("critical", False),
        fact=need.name if need else None,
        type=need.type if need else None,
        unit=need.unit if need else None,
        choices=_choices(eye, step, need),
        multiple=need is not None and need.type == CHOICES,
        exclusive=need.exclusive if need else (),
        optional=need is not None and need.optional,
        suggested=_suggested(walk),
        asked=need is not None and walk.asked,
        check=tuple(eye.read(text, step.id) for text in form.get("check", ()))
        if walk.status == DO
        else (),
        wait_for=None if walk.overruled else form.get("for"),
        path=tuple(_path(eye, path)),
        facts=tuple(_facts(eye)),
        misfits=tuple(word(misfit.fault.message) for misfit in misfits),
        misfit=next(
            (word(each.fault.message) for each in misfits if need and each.name == need.name), None
        ),
        reason=word(walk.reason) if walk.status == STUCK and walk.reason else None,
        outcome=_outcome(eye) if walk.status in (ENDED, WAIT) else None,
        overruled=walk.overruled.reason if walk.overruled else None,
        language=language,
        number=acts_of(path) + 1,
    )


def _text(eye: _Eye, step: Step, need: Fact | None) -> str:
    walk, word = eye.walk, eye.word
    if need is not None and (walk.asked or "text" not in step.form):
        return fill(walk, need.ask or f"{need.name}?", eye.ticket, words=eye.words).text
    if "text" in step.form and walk.overruled is None:
        return eye.read(step.form["text"], step.id)
    if walk.status == ENDED:
        return word("The walk has ended.")
    return word("No rule of this SOP says what comes next.") if walk.status == STUCK else ""


def _choices(eye: _Eye, step: Step, need: Fact | None) -> tuple[Choice, ...]:
    if need is None:
        return _fixed(eye, step)
    if need.type not in (CHOICE, CHOICES, YES_NO):
        return ()
    asked = eye.walk.asked
    answers = () if asked else step.form.get("answers", ())
    said = {each["id"]: eye.read(each["say"], step.id) for each in answers if "say" in each}
    order = _order(need, step) if not asked else need.values
    choices = [Choice(value, said.get(value) or need.say(value)) for value in order]
    if need.optional:
        choices.append(Choice(NOT_KNOWN, eye.word("Not known")))
    return tuple(choices)


def _order(need: Fact, step: Step) -> tuple[str, ...]:
    """The listed answers first, as the author ordered them, then the fact's other values."""
    listed = [answer["id"] for answer in step.form.get("answers", ())]
    return (*listed, *(value for value in need.values if value not in listed))


def _fixed(eye: _Eye, step: Step) -> tuple[Choice, ...]:
    word = eye.word
    if eye.walk.status == DO:
        return (Choice(DONE, word("Done")),)
    if eye.walk.status == WAIT:
        said = {REPLY: word("The reply is here"), TIMEOUT: word("No reply in time")}
        return tuple(Choice(name, said[name]) for name in said if step.way(name) is not None)
    return ()


def _suggested(walk: Walk) -> Any:
    """Return what was known or answered here before, in JSON form."""
    if walk.place in walk.kept:
        return walk.kept[walk.place]
    need = walk.need
    if need is None or walk.asked:
        return None
    value = walk.facts.get(walk.part.key(need))
    return None if value is None else to_json(value)


def _path(eye: _Eye, path: tuple[Passage, ...]) -> list[PathRow]:
    last = len(path) - 1
    return [
        PathRow(
            index,
            passage.step,
            passage.name,
            _answer(eye, passage),
            passage.by,
            current=index == last,
            can_return=index < last and passage.can_return and passage.answered,
            kept=passage.kept,
        )
        for index, passage in enumerate(path)
    ]


def _answer(eye: _Eye, passage: Passage) -> str:
    walk, word = eye.walk, eye.word
    if not passage.answered:
        return ""
    if passage.fact is None:
        return _happened(eye, str(passage.answer))
    if passage.answer is None:
        return word("not known")
    if passage.answer == GIVEN:
        return word("given")
    part, step = walk.procedure.locate(passage.step)
    for answer in () if passage.asked else part.form["steps"][step].get("answers", ()):
        if answer["id"] == passage.answer and "say" in answer:
            return eye.read(answer["say"], step, part)
    fact = eye.words.fact(part.fact(passage.fact), part.sop)
    value = from_json(passage.answer, fact, walk.procedure.zone)
    return str(passage.answer) if isinstance(value, Fault) else _shown(walk, value, fact)


def say_answer(
    walk: Walk,
    passage: Passage,
    ticket: Mapping[str, Any] | None = None,
    language: str | None = None,
    word: Callable[[str], str] = str,
) -> str:
    """Return the wording of the answer given at a passage; nothing where it has none."""
    words = walk.procedure.words(language or walk.procedure.locales[0])
    return _answer(_Eye(walk, ticket, words, word), passage)


def _happened(eye: _Eye, answer: str) -> str:
    """Return the word for what an instruction or a wait came to."""
    word = eye.word
    said = {DONE: word("done"), REPLY: word("reply"), TIMEOUT: word("timeout")}
    return said.get(answer, answer)


def _shown(walk: Walk, value: Value | None, fact: Fact) -> str:
    """A value in its wording; a moment as clocks on the wall tell it, in the library's zone."""
    if isinstance(value, datetime):
        return f"{value.astimezone(walk.procedure.zone):%Y-%m-%d %H:%M}"
    return show(value, fact)


def _facts(eye: _Eye) -> list[FactRow]:
    """Return the facts that lie in sight of the SOP itself, first those of the ticket."""
    rows, walk = [], eye.walk
    for key, by in walk.state.sources.items():
        fact = None if ":" in key else walk.procedure.fact_at(key)
        if fact is not None:
            value = walk.facts[key]
            shown = _shown(walk, value, eye.words.fact(fact, walk.procedure.sop))
            label = eye.word("not known") if value is None else shown
            rows.append(FactRow(fact.name, label, by))
    others = _others(walk, eye.ticket or {})
    return sorted([*rows, *others], key=lambda row: row.by == AGENT)


def _others(walk: Walk, ticket: Mapping[str, Any]) -> list[FactRow]:
    """Return the ticket's facts that this SOP has no use for; an agent may."""
    named = ticket.get("facts")
    used = walk.procedure.root.facts
    return [
        FactRow(str(name), str(value), TICKET)
        for name, value in (named.items() if isinstance(named, Mapping) else ())
        if name not in used and isinstance(value, str | int | float)
    ]


def _outcome(eye: _Eye) -> OutcomeView:
    """Return what a walk ended in, or what is sent while it waits."""
    walk, words = eye.walk, eye.words
    form, catalogue = walk.step.form, walk.procedure.form
    reached = walk.outcome
    macro = reached.macro if reached else form.get("macro")
    label = reached.label if reached else form.get("label")
    return OutcomeView(
        end=reached.end if reached else WAIT,
        macro=None if macro == NONE else macro,
        macro_title=words.title(catalogue, MACROS, macro),
        label=None if label == NONE else label,
        label_title=words.title(catalogue, LABELS, label),
        escalate=reached.escalate if reached else None,
    )
