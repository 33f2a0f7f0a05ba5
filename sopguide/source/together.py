"""What each key may stand beside: rules of one file that a model's types cannot say.

The models admit each key by itself; here a `sunset` is refused without `deprecated`, an `else` that
is not the last rule, a choice without values. Names in other files are none of its business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sopguide.facts.names import RESERVED_VALUES, is_fact_name, is_id
from sopguide.source import codes
from sopguide.source.fact_keys import facts_together, refuse, repeated
from sopguide.source.misfit import Misfit, quoted
from sopguide.source.models import Library, Macro, Sop, Table
from sopguide.source.step_keys import rules, sop_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sopguide.source.shapes import Model


def together(model: Model) -> list[Misfit]:
    """All that does not go together in a model of any kind."""
    check = _CHECKS.get(type(model))
    return [*check(model)] if check else []


def _library(library: Library) -> Iterator[Misfit]:
    yield from repeated(("locales",), library.locales)
    for name, named in library.sets.items():
        path = ("sets", name, "values")
        yield from repeated(path, named.values)
        for at, text in enumerate(named.values):
            word = text.removeprefix("in ").strip() if text.startswith("in ") else text
            if text.startswith("in ") and is_fact_name(word):
                continue
            if text in RESERVED_VALUES or not is_id(text):
                headline = f"`{quoted(text)}` is neither a value nor `in` another set"
                yield Misfit((*path, at), codes.WRONG_NAME, headline, "write `AT` or `in eea`")
    yield from facts_together(library.facts)


def _macro(macro: Macro) -> Iterator[Misfit]:
    if macro.status == "deprecated":
        return
    for key, given in (("replaced_by", macro.replaced_by), ("sunset", macro.sunset)):
        if given is not None:
            yield refuse(
                (key,),
                f"`{key}` cannot stand beside `status: {macro.status}`",
                "write `status: deprecated`, or delete it",
            )


def _table(table: Table) -> Iterator[Misfit]:
    yield from rules(("rows",), table.rows)


_CHECKS: dict[type[Model], Callable[[Any], Iterator[Misfit]]] = {
    Library: _library,
    Sop: sop_together,
    Macro: _macro,
    Table: _table,
}
