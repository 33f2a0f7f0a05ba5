"""Which keys of a step go together, and which steps of one SOP do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.facts.names import RESERVED_FACTS, RESERVED_VALUES, fact_of_step, is_fact_name
from sopguide.source import codes
from sopguide.source.fact_keys import facts_together, refuse, typed_together
from sopguide.source.misfit import Misfit, missing_key
from sopguide.source.step_models import Decision, Finish, Instruction, Question, Return, Run, Wait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sopguide.source.document import Path
    from sopguide.source.models import Sop
    from sopguide.source.shapes import Model

_TYPED = {
    "type": "type",
    "values": "values",
    "exclusive": "exclusive",
    "minimum": "min",
    "maximum": "max",
    "unit": "unit",
    "optional": "optional",
}


def sop_together(sop: Sop) -> Iterator[Misfit]:
    yield from facts_together(sop.facts)
    effective = sop.effective
    if effective and effective.until and effective.until <= effective.start:
        headline = "the SOP ends before it begins"
        yield Misfit(("effective", "until"), codes.WRONG_VALUE, headline, "see `from`")
    names: dict[str, Path] = {name: ("facts", name) for name in sop.facts}
    ends: Path | None = None
    returns: list[Path] = []
    for name, step in sop.steps.items():
        path: Path = ("steps", name)
        kind = type(step)
        yield from _STEPS[kind](path, step)
        if kind is Question and step.fact is None:  # type: ignore[union-attr]
            yield from _derived(path, name, names)
        elif kind is Finish:
            ends = ends or path
        elif kind is Return:
            returns.append(path)
    for path in returns if ends else ():
        yield Misfit(
            (*path, "return"),
            codes.TOGETHER,
            "an SOP has `end` or `return`, not both",
            "what others run ends in `return`; what is walked by itself ends in `end`",
            key=True,
            related=((ends or (), "an `end`"),),
        )


def _derived(path: Path, step: str, names: dict[str, Path]) -> Iterator[Misfit]:
    """The fact that a question declares by its own name."""
    fact = fact_of_step(step)
    advice = "rename the step, or declare a fact under `facts:` and name it by `fact:`"
    if not is_fact_name(fact):
        headline = f"step `{step}` gives no valid name for its fact"
        yield Misfit(path, codes.WRONG_NAME, headline, advice, key=True)
    elif fact in RESERVED_FACTS:
        headline = f"step `{step}` gives its fact a reserved name"
        yield Misfit(path, codes.RESERVED_WORD, headline, advice, key=True)
    elif fact in names:
        headline = f"step `{step}` declares the fact `{fact}` again"
        related = ((names[fact], "declared here"),)
        yield Misfit(path, codes.REPEATED, headline, advice, key=True, related=related)
    else:
        names[fact] = path


def _question(path: Path, step: Question) -> Iterator[Misfit]:
    if step.answers is not None:
        yield from _answers(path, step, step.answers)
    elif step.go is None:
        yield missing_key(path, "go")
    typed = not step.model_fields_set.isdisjoint(_TYPED)
    if typed and (step.fact is not None or step.answers is not None):
        beside = "fact" if step.fact is not None else "answers"
        for name in sorted(step.model_fields_set & _TYPED.keys()):
            yield refuse(
                (*path, _TYPED[name]),
                f"`{_TYPED[name]}` cannot stand beside `{beside}`",
                "it belongs to the fact, where that is declared",
            )
    elif typed and step.type is not None:
        yield from typed_together(path, step)
    elif step.fact is None and step.answers is None:
        yield missing_key(path, "type" if typed else "answers")
    if step.go.__class__ is tuple:
        yield from rules((*path, "go"), step.go)


def _answers(path: Path, step: Question, answers: dict[str, Any]) -> Iterator[Misfit]:
    for name in answers if step.fact is None else ():
        if name in RESERVED_VALUES:
            place = (*path, "answers", name)
            headline = f"`{name}` is a reserved word"
            yield Misfit(place, codes.RESERVED_WORD, headline, "choose another name", key=True)
    for name, answer in answers.items():
        if answer.__class__ is str:
            continue
        if answer.go is None and step.go is None:
            yield missing_key((*path, "answers", name), "go")
        elif answer.go.__class__ is tuple:
            yield from rules((*path, "answers", name, "go"), answer.go)


def rules(path: Path, rules: Any) -> list[Misfit]:
    """`else` stands last, once."""
    return [
        Misfit(
            (*path, at, "else"),
            codes.ELSE_PLACE,
            "nothing after this `else` is ever tried",
            "put `else` last",
            key=True,
        )
        for at, rule in enumerate(rules[:-1])
        if rule.condition is None
    ]


def _go(path: Path, go: Any) -> Iterator[Misfit]:
    if go.__class__ is tuple:
        yield from rules(path, go)
    elif go.__class__ is dict:
        if not go:
            yield Misfit(path, codes.EMPTY_TEXT, "`go` is empty", "write at least one entry")
        for name, target in go.items():
            yield from _go((*path, name), target)


def _instruction(path: Path, step: Instruction) -> Iterable[Misfit]:
    return () if step.go.__class__ is str else rules((*path, "go"), step.go)


def _decision(path: Path, step: Decision) -> Iterable[Misfit]:
    return rules((*path, "decide"), step.decide)


def _run(path: Path, step: Run) -> Iterable[Misfit]:
    return _go((*path, "go"), step.go)


def _return(path: Path, step: Return) -> Iterable[Misfit]:  # noqa: ARG001 - nothing to judge
    return ()


def _wait(path: Path, step: Wait) -> Iterator[Misfit]:
    yield from _go((*path, "go"), step.go)
    if not isinstance(step.go, dict):
        return
    for name in step.go:
        if name not in {"reply", "timeout"}:
            yield Misfit(
                (*path, "go", name),
                codes.UNKNOWN_KEY,
                f"unknown key `{name}`",
                "a wait goes by `reply` and `timeout`",
                key=True,
            )
    for name in ("reply", "timeout"):
        if name not in step.go:
            yield missing_key((*path, "go"), name)


def _finish(path: Path, step: Finish) -> Iterator[Misfit]:
    if step.end == "escalated" and step.escalate is None:
        yield missing_key(path, "escalate")
    elif step.end != "escalated" and step.escalate is not None:
        yield refuse(
            (*path, "escalate"),
            f"`escalate` cannot stand beside `end: {step.end}`",
            "write `end: escalated`, or delete it",
        )


_STEPS: dict[type[Model], Callable[[Path, Any], Iterable[Misfit]]] = {
    Question: _question,
    Instruction: _instruction,
    Decision: _decision,
    Run: _run,
    Return: _return,
    Wait: _wait,
    Finish: _finish,
}
