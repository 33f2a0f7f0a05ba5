"""Retired macros that a live SOP still sends.

Whoever retired the macro decided that nobody shall get it any more. As long as a walk can come to
this step, somebody will, so the SOP cannot be walked.

Good:

    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: All done.}}
    old: {title: Done, status: retired, body: {en: Done.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # macros/standard.yaml
    done: {title: Done, status: retired, body: {en: All done.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    4:32: error[SOP503] macro `done` is retired
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity
from sopguide.lint.sending import sent_though

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP503"
NAME = "retired-macro"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    for name, _, first, related in sent_though("retired", whole):
        found = Diagnostic(
            CODE,
            Severity.ERROR,
            first.span("macro"),
            f"macro `{name}` is retired",
            "send another macro here",
            related,
        )
        yield first.owner, found
