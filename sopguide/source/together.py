"""What each key may stand beside: rules of one file that a model's types cannot say.

The models admit each key by itself; here a `sunset` is refused without `deprecated`, an `else` that is
not the last rule, a choice without values. Names in other files are none of this module's business.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sopguide.facts.names import (
    RESERVED_FACTS,
    RESERVED_VALUES,
    fact_of_step,
    is_fact_name,
    is_id,
)
from sopguide.source import codes
from sopguide.source.document import Path
from sopguide.source.misfits import Misfit, missing_key, quoted
from sopguide.source.models import (
    Answer,
    Decision,
    Fact,
    Finish,
    Instruction,
    Library,
    Macro,
    Question,
    Return,
    Run,
    Sop,
    Table,
    Wait,
)
from sopguide.source.shapes import Model

_CHOSEN = {"choice", "choices"}
_MEASURED = {"integer", "decimal", "date", "datetime", "duration"}
_TYPED = {
    "type": "type",
    "values": "values",
    "exclusive": "exclusive",
    "minimum": "min",
    "maximum": "max",
    "unit": "unit",
    "optional": "optional",
}


def together(model: Model) -> list[Misfit]:
    """All that does not go together in a model of any kind."""
    check = _CHECKS.get(type(model))
    return [*check(model)] if check else []


def _refuse(path: Path, headline: str, advice: str | None = None, *, key: bool = True) -> Misfit:
    return Misfit(path, codes.TOGETHER, headline, advice, key=key)


def _repeated(path: Path, items: Iterable[str]) -> Iterator[Misfit]:
    seen: dict[str, int] = {}
    for at, item in enumerate(items):
        if item in seen:
            headline = f"`{quoted(item)}` is listed twice"
            first = (((*path, seen[item]), "first"),)
            yield Misfit(
                (*path, at), codes.REPEATED, headline, "delete one of the two", related=first
            )
        seen.setdefault(item, at)


# ---------------------------------------------------------------- facts


def _library(library: Library) -> Iterator[Misfit]:
    yield from _repeated(("locales",), library.locales)
    for name, named in library.sets.items():
        path = ("sets", name, "values")
        yield from _repeated(path, named.values)
        for at, text in enumerate(named.values):
            word = text.removeprefix("in ").strip() if text.startswith("in ") else text
            if text.startswith("in ") and is_fact_name(word):
                continue
            if text in RESERVED_VALUES or not is_id(text):
                headline = f"`{quoted(text)}` is neither a value nor `in` another set"
                yield Misfit((*path, at), codes.WRONG_NAME, headline, "write `AT` or `in eea`")
    yield from _facts(library.facts)


def _facts(facts: dict[str, Fact]) -> Iterator[Misfit]:
    for name, fact in facts.items():
        path = ("facts", name)
        yield from _typed(path, fact)
        if fact.table is not None and fact.formula is not None:
            yield _refuse((*path, "is"), "a fact is looked up by `table` or computed by `is`, not both")
        if fact.table is None and fact.formula is None:
            continue
        how = "table" if fact.table is not None else "is"
        for key, given in (("from", fact.source), ("ask", fact.ask), ("optional", fact.optional)):
            if given:
                yield _refuse(
                    (*path, key), f"`{key}` cannot stand beside `{how}`", "delete one of the two"
                )


def _typed(path: Path, fact: Fact | Question) -> Iterator[Misfit]:
    """What a type calls for, and what it has no use for."""
    kind = fact.type
    if kind in _CHOSEN:
        if not fact.values:
            yield missing_key(path, "values")
    elif fact.values is not None:
        yield _refuse(
            (*path, "values"),
            f"`values` cannot stand beside `type: {kind}`",
            "only `choice` and `choices` have values",
        )
    if isinstance(fact.values, tuple):
        yield from _repeated((*path, "values"), fact.values)
    if kind not in _MEASURED:
        for key, given in (("min", fact.minimum), ("max", fact.maximum), ("unit", fact.unit)):
            if given is not None:
                yield _refuse(
                    (*path, key),
                    f"`{key}` cannot stand beside `type: {kind}`",
                    "only numbers, dates, times and durations are measured",
                )
    if fact.exclusive and kind != "choices":
        yield _refuse(
            (*path, "exclusive"),
            f"`exclusive` cannot stand beside `type: {kind}`",
            "only `choices` takes several values at once",
        )
    elif fact.exclusive:
        for at, value in enumerate(fact.exclusive):
            if value not in (fact.values or ()):
                headline = f"`{value}` is not among the `values`"
                yield Misfit((*path, "exclusive", at), codes.WRONG_VALUE, headline)


# ---------------------------------------------------------------- steps


def _sop(sop: Sop) -> Iterator[Misfit]:
    yield from _facts(sop.facts)
    effective = sop.effective
    if effective and effective.until and effective.until <= effective.start:
        headline = "the SOP ends before it begins"
        yield Misfit(("effective", "until"), codes.WRONG_VALUE, headline, "see `from`")
    names: dict[str, Path] = {name: ("facts", name) for name in sop.facts}
    ends: Path | None = None
    returns: list[Path] = []
    for name, step in sop.steps.items():
        path = ("steps", name)
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
            yield _refuse(
                (*path, _TYPED[name]),
                f"`{_TYPED[name]}` cannot stand beside `{beside}`",
                "it belongs to the fact, where that is declared",
            )
    elif typed and step.type is not None:
        yield from _typed(path, step)
    elif step.fact is None and step.answers is None:
        yield missing_key(path, "type" if typed else "answers")
    if step.go.__class__ is tuple:
        yield from _rules((*path, "go"), step.go)


def _answers(path: Path, step: Question, answers: dict[str, Any]) -> Iterator[Misfit]:
    for name, answer in answers.items():
        place = (*path, "answers", name)
        if step.fact is None and name in RESERVED_VALUES:
            headline = f"`{name}` is a reserved word"
            yield Misfit(place, codes.RESERVED_WORD, headline, "choose another name", key=True)
        if answer.__class__ is Answer:
            if answer.go is None and step.go is None:
                yield missing_key(place, "go")
            elif answer.go.__class__ is tuple:
                yield from _rules((*place, "go"), answer.go)


def _rules(path: Path, rules: Any) -> list[Misfit]:  # noqa: ANN401 - rules or rows
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


def _go(path: Path, go: Any) -> Iterator[Misfit]:  # noqa: ANN401 - a target of any form
    if go.__class__ is tuple:
        yield from _rules(path, go)
    elif go.__class__ is dict:
        if not go:
            yield Misfit(path, codes.EMPTY_TEXT, "`go` is empty", "write at least one entry")
        for name, target in go.items():
            yield from _go((*path, name), target)


def _instruction(path: Path, step: Instruction) -> Iterable[Misfit]:
    return () if step.go.__class__ is str else _rules((*path, "go"), step.go)


def _decision(path: Path, step: Decision) -> Iterable[Misfit]:
    return _rules((*path, "decide"), step.decide)


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
        yield _refuse(
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


# ---------------------------------------------------------------- catalogues


def _macro(macro: Macro) -> Iterator[Misfit]:
    if macro.status == "deprecated":
        return
    for key, given in (("replaced_by", macro.replaced_by), ("sunset", macro.sunset)):
        if given is not None:
            yield _refuse(
                (key,),
                f"`{key}` cannot stand beside `status: {macro.status}`",
                "write `status: deprecated`, or delete it",
            )


def _table(table: Table) -> Iterator[Misfit]:
    yield from _rules(("rows",), table.rows)


_CHECKS: dict[type[Model], Callable[[Any], Iterator[Misfit]]] = {
    Library: _library,
    Sop: _sop,
    Macro: _macro,
    Table: _table,
}
