"""Deprecated macros that a live SOP still sends.

A deprecated macro may be sent until its `sunset`; `replaced_by` names the one to send instead. Past
its sunset it is told as an error. The SOP can still be walked then: no release, only a day that
passed, would otherwise stop every desk at midnight.

Good:

    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: All done.}}
    old: {title: Done, status: deprecated, replaced_by: done, body: {en: Done.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: All done.}}
    old:
      title: Done
      status: deprecated
      replaced_by: done
      sunset: 2126-01-31
      body: {en: Done.}
    # labels.yaml
    done: {title: Done, macros: [done, old]}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: old, label: done}

Found:

    4:32: warning[SOP505] macro `old` is deprecated, its last day is 2126-01-31
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity
from sopguide.lint.sending import sent_though

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP505"
NAME = "deprecated-macro"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    for name, macro, first, related in sent_though("deprecated", whole):
        until = f", its last day is {macro.sunset}" if macro.sunset else ""
        instead = f"`{macro.replaced_by}`" if macro.replaced_by else "another macro"
        found = Diagnostic(
            CODE,
            Severity.WARNING,
            first.span("macro"),
            f"macro `{name}` is deprecated{until}",
            f"send {instead} instead",
            related,
            due=macro.sunset,
        )
        yield first.owner, found
