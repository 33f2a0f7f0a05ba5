"""Critical steps without help.

An error at a `critical` step fails a drill or a review, so whoever stands there for the first time
needs to know how to tell what is right.

Good:

    start: danger
    steps:
      danger:
        ask: Is somebody in danger?
        help: Danger is a threat to life or health within the next hours.
        critical: true
        answers: {yes: done, no: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: danger
    steps:
      danger:
        ask: Is somebody in danger?
        critical: true
        answers: {yes: done, no: done}
      done: {end: resolved, macro: done, label: done}

Found:

    5:5: hint[SOP604] step `danger` is critical and has no `help`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP604"
NAME = "no-help"

_READ = frozenset({"ask", "do", "wait"})
"""The kinds of step that an agent stands at."""


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    for one in whole.procedures.values():
        for name, step in one.model.steps.items():
            if step.critical and not step.help and step.kind in _READ:
                headline = f"step `{name}` is critical and has no `help`"
                advice = "say how to tell which answer is right"
                span = one.report.span(("steps", name, "critical"), key=True)
                yield ("sops", one.id), Diagnostic(CODE, Severity.HINT, span, headline, advice)
