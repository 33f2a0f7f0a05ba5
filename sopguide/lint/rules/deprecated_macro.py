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

from sopguide.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP505"
NAME = "deprecated-macro"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    for macro in whole.senders:
        entry, model = whole.macro(macro)
        deprecated = model.status == "deprecated"
        for first, *others in whole.first_senders(macro, live=True) if deprecated else ():
            until = f", its last day is {model.sunset}" if model.sunset else ""
            related = [Related(entry.span("status"), "its status")]
            related += [Related(other.span("macro"), "sent from here too") for other in others]
            instead = f"`{model.replaced_by}`" if model.replaced_by else "another macro"
            found = Diagnostic(
                CODE,
                Severity.WARNING,
                first.span("macro"),
                f"macro `{macro}` is deprecated{until}",
                f"send {instead} instead",
                tuple(related),
                due=model.sunset,
            )
            yield first.owner, found
