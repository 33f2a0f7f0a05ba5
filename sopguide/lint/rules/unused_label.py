"""Labels that no SOP sets.

Reports count them for nothing, and an agent who labels by hand may pick one that means nothing any
more.

Good:

    # labels.yaml
    done: {title: Done, macros: [done]}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # labels.yaml
    done: {title: Done, macros: [done]}
    later: {title: Looked at later}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    labels.yaml:3:1: hint[SOP510] no SOP sets label `later`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP510"
NAME = "unused-label"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    if not whole.sound:
        return
    used = {name for one in whole.procedures.values() for name in one.uses.labels}
    for name, entry in whole.symbols.sources.labels.items():
        if name not in used:
            headline = f"no SOP sets label `{name}`"
            span = entry.span(key=True)
            yield ("labels", name), Diagnostic(CODE, Severity.HINT, span, headline, "delete it")
