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

from sopguide.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP503"
NAME = "retired-macro"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    for macro in whole.senders:
        entry, model = whole.macro(macro)
        retired = model.status == "retired"
        for first, *others in whole.first_senders(macro, live=True) if retired else ():
            related = [Related(entry.span("status"), "its status")]
            related += [Related(other.span("macro"), "sent from here too") for other in others]
            found = Diagnostic(
                CODE,
                Severity.ERROR,
                first.span("macro"),
                f"macro `{macro}` is retired",
                "send another macro here",
                tuple(related),
            )
            yield first.owner, found
