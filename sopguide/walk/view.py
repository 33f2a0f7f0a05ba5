"""What a screen shows of a walk: texts, choices and the path, ready to be drawn.

A view decides nothing and draws nothing; the desk, line mode and the browser
show the same one. Texts are as their authors wrote them: whoever puts
them on a screen cleans them first.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sopguide.facts.fact import CHOICE, CHOICES, YES_NO, Fact
from sopguide.facts.values import to_json
from sopguide.walk.answering import DONE, REPLY, TIMEOUT
from sopguide.walk.outcome import NONE, Escalation
from sopguide.walk.path import AGENT, acts_of
from sopguide.walk.reader import Reader, reader_of
from sopguide.walk.rows import FactRow, PathRow, fact_rows, path_rows
from sopguide.walk.saying import LABELS, MACROS
from sopguide.walk.step import Step
from sopguide.walk.walk import DO, ENDED, STUCK, WAIT, Walk

NOT_KNOWN = "not-known"
"""The id of the choice that stands for "not known"; its answer is None."""


class Choice(NamedTuple):
    """One answer that can be given: its id and its wording."""

    id: str
    label: str


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


def view(
    walk: Walk,
    ticket: Mapping[str, Any] | None = None,
    language: str | None = None,
    word: Callable[[str], str] = str,
) -> View:
    """Return what a screen shows of a walk; `ticket` fills placeholders in the texts.

    `word` says the few words that are nobody's wording ("Done") in the agent's language.
    """
    reader = reader_of(walk, ticket, language, word)
    step, need = walk.step, reader.need
    form, path = step.form, walk.path
    misfits = walk.origin.given.misfits
    return View(
        sop=walk.procedure.sop,
        title=reader.words.say(walk.procedure.title, walk.procedure.sop, "title"),
        version=walk.procedure.version,
        status=walk.status,
        step=step.ref,
        kind=step.kind,
        text=_text(reader, step, need),
        help=reader.read(form.get("help", ""), step.id),
        because=tuple(
            reader.words.say(text, walk.part.sop, step.id) for text in form.get("because", ())
        ),
        critical=form.get("critical", False),
        fact=need.name if need else None,
        type=need.type if need else None,
        unit=need.unit if need else None,
        choices=_choices(reader, step, need),
        multiple=need is not None and need.type == CHOICES,
        exclusive=need.exclusive if need else (),
        optional=need is not None and need.optional,
        suggested=_suggested(walk),
        asked=need is not None and walk.asked,
        check=_checklist(reader, step),
        wait_for=None if walk.overruled else form.get("for"),
        path=path_rows(reader, path),
        facts=fact_rows(reader),
        misfits=tuple(word(misfit.fault.message) for misfit in misfits),
        misfit=next(
            (word(each.fault.message) for each in misfits if need and each.name == need.name), None
        ),
        reason=word(walk.reason) if walk.status == STUCK and walk.reason else None,
        outcome=_outcome(reader) if walk.status in (ENDED, WAIT) else None,
        overruled=walk.overruled.reason if walk.overruled else None,
        language=reader.language,
        number=acts_of(path) + 1,
    )


def _text(reader: Reader, step: Step, need: Fact | None) -> str:
    walk, word = reader.walk, reader.word
    if need is not None and (walk.asked or "text" not in step.form):
        return reader.filled(need.ask or f"{need.name}?")
    if "text" in step.form and walk.overruled is None:
        return reader.read(step.form["text"], step.id)
    if walk.status == ENDED:
        return word("The walk has ended.")
    return word("No rule of this SOP says what comes next.") if walk.status == STUCK else ""


def _choices(reader: Reader, step: Step, need: Fact | None) -> tuple[Choice, ...]:
    if need is None:
        return _fixed(reader, step)
    if need.type not in (CHOICE, CHOICES, YES_NO):
        return ()
    asked = reader.walk.asked
    answers = () if asked else step.form.get("answers", ())
    said = {each["id"]: reader.read(each["say"], step.id) for each in answers if "say" in each}
    order = _order(need, step) if not asked else need.values
    choices = [Choice(value, said.get(value) or need.say(value)) for value in order]
    if need.optional:
        choices.append(Choice(NOT_KNOWN, reader.word("Not known")))
    return tuple(choices)


def _order(need: Fact, step: Step) -> tuple[str, ...]:
    """The listed answers first, as the author ordered them, then the fact's other values."""
    listed = [answer["id"] for answer in step.form.get("answers", ())]
    return (*listed, *(value for value in need.values if value not in listed))


def _checklist(reader: Reader, step: Step) -> tuple[str, ...]:
    told = step.form.get("check", ()) if reader.walk.status == DO else ()
    return tuple(reader.read(text, step.id) for text in told)


def _fixed(reader: Reader, step: Step) -> tuple[Choice, ...]:
    word = reader.word
    if reader.walk.status == DO:
        return (Choice(DONE, word("Done")),)
    if reader.walk.status == WAIT:
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


def _outcome(reader: Reader) -> OutcomeView:
    """Return what a walk ended in, or what is sent while it waits."""
    walk, words = reader.walk, reader.words
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
