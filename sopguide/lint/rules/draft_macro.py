"""Macros in draft that a live SOP already sends.

Nobody has released the text yet. Drafts may be named by SOPs that are in draft or review
themselves.

Good:

    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: All done.}}
    old: {title: Done, status: draft, body: {en: Done.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # macros/standard.yaml
    done: {title: Done, status: draft, body: {en: All done.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    4:32: warning[SOP504] macro `done` is still a draft
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP504"
NAME = "draft-macro"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    for macro in whole.senders:
        entry, model = whole.macro(macro)
        draft = model.status == "draft"
        for first, *others in whole.first_senders(macro, live=True) if draft else ():
            related = [Related(entry.span("status"), "its status")]
            related += [Related(other.span("macro"), "sent from here too") for other in others]
            found = Diagnostic(
                CODE,
                Severity.WARNING,
                first.span("macro"),
                f"macro `{macro}` is still a draft",
                "release it (`status: live`), or send another macro here",
                tuple(related),
            )
            yield first.owner, found
