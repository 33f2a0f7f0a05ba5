"""Facts of the library that nothing asks for, tests or shows.

Good:

    # library.yaml
    facts: {age: {type: integer, ask: How old?}}
    # sops/example.yaml
    start: old
    steps:
      old: {fact: age, go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    facts: {age: {type: integer, ask: How old?}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    library.yaml:2:9: hint[SOP512] nothing uses the fact `age`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP512"
NAME = "unused-fact"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    library = whole.symbols.sources.library
    if not whole.sound or library is None:
        return
    used = _used(whole)
    for name in whole.symbols.facts:
        if name not in used:
            headline = f"nothing uses the fact `{name}`"
            advice = "delete it, or ask for it where it matters"
            span = library.span("facts", name, key=True)
            yield ("library", ""), Diagnostic(CODE, Severity.HINT, span, headline, advice)


def _used(whole: Whole) -> set[str]:
    """Every fact that anything but itself names."""
    symbols = whole.symbols
    used = {named.of for named in symbols.sets.values()} | {symbols.country or ""}
    used.update(*whole.catalogues.asks.values())
    used.update(*(table.refers for table in symbols.tables.values()))
    for sop in whole.procedures:
        used.update(whole.linker.facts_of(sop))
    for name, others in whole.linker.mentions.items():
        used |= others - {name}
    return used
