"""Which keys of a fact go together: values with a choice, limits with what can be measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.source import codes
from sopguide.source.misfit import Misfit, missing_key, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sopguide.source.document import Path
    from sopguide.source.fact_models import Fact
    from sopguide.source.step_models import Question

_CHOSEN = {"choice", "choices"}
_MEASURED = {"integer", "decimal", "date", "datetime", "duration"}
_FOR = {
    "values": "only `choice` and `choices` have values",
    "exclusive": "only `choices` takes several values at once",
    "min": "only numbers, dates, times and durations have limits",
    "max": "only numbers, dates, times and durations have limits",
    "unit": "only what is measured has a unit",
}


def facts_together(facts: dict[str, Fact]) -> Iterator[Misfit]:
    for name, fact in facts.items():
        path = ("facts", name)
        yield from typed_together(path, fact)
        if fact.table is not None and fact.formula is not None:
            yield refuse(
                (*path, "is"),
                "a fact is looked up by `table` or computed by `is`, not both",
                "delete one of the two",
            )
        if fact.table is None and fact.formula is None:
            continue
        how = "table" if fact.table is not None else "is"
        for key, given in (("from", fact.source), ("ask", fact.ask), ("optional", fact.optional)):
            if given:
                yield refuse(
                    (*path, key), f"`{key}` cannot stand beside `{how}`", "delete one of the two"
                )


def typed_together(path: Path, fact: Fact | Question) -> Iterator[Misfit]:
    """What a type calls for, and what it has no use for."""
    kind = fact.type
    if kind in _CHOSEN and not fact.values:
        yield missing_key(path, "values")
    if isinstance(fact.values, tuple):
        yield from repeated((*path, "values"), fact.values)
    useless = {
        "values": fact.values is not None and kind not in _CHOSEN,
        "exclusive": bool(fact.exclusive) and kind != "choices",
        "min": fact.minimum is not None and kind not in _MEASURED,
        "max": fact.maximum is not None and kind not in _MEASURED,
        "unit": fact.unit is not None and kind not in _MEASURED,
    }
    for key in (key for key, found in useless.items() if found):
        yield refuse((*path, key), f"`{key}` cannot stand beside `type: {kind}`", _FOR[key])
    for at, value in enumerate(fact.exclusive if kind == "choices" else ()):
        if value not in (fact.values or ()):
            headline = f"`{value}` is not among the `values`"
            yield Misfit((*path, "exclusive", at), codes.WRONG_VALUE, headline)


def refuse(path: Path, headline: str, advice: str | None = None, *, key: bool = True) -> Misfit:
    return Misfit(path, codes.TOGETHER, headline, advice, key=key)


def repeated(path: Path, items: Iterable[str]) -> Iterator[Misfit]:
    seen: dict[str, int] = {}
    for at, item in enumerate(items):
        if item in seen:
            headline = f"`{quoted(item)}` is listed twice"
            first = (((*path, seen[item]), "first"),)
            yield Misfit(
                (*path, at), codes.REPEATED, headline, "delete one of the two", related=first
            )
        seen.setdefault(item, at)
