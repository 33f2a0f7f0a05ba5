"""Tables from which no fact takes its value.

A number that changes in such a table changes nothing.

Good:

    # library.yaml
    facts: {limit: {type: integer, table: limit}, age: {type: integer, ask: How old?}}
    # tables/limit.yaml
    hit: first
    rows: [{if: {age: < 18}, value: 3}, {else: 5}]
    # sops/example.yaml
    start: route
    steps:
      route: {decide: [{if: {limit: "> 4"}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    facts: {age: {type: integer, ask: How old?}}
    # tables/limit.yaml
    hit: first
    rows: [{if: {age: < 18}, value: 3}, {else: 5}]
    # sops/example.yaml
    start: route
    steps:
      route: {decide: [{if: {age: "> 4"}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Found:

    tables/limit.yaml: hint[SOP511] no fact takes its value from table `limit`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP511"
NAME = "unused-table"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    if not whole.sound:
        return
    facts = [*whole.symbols.facts.values()]
    facts += [fact for one in whole.procedures.values() for fact in one.own.values()]
    used = {fact.table for fact in facts}
    for name, entry in whole.symbols.sources.tables.items():
        if name not in used:
            headline = f"no fact takes its value from table `{name}`"
            span = Span.of_file(entry.document.path)
            advice = f"name it in a fact (`table: {name}`), or delete it"
            yield ("tables", name), Diagnostic(CODE, Severity.HINT, span, headline, advice)
