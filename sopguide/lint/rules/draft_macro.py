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

from sopguide.diagnostics import Diagnostic, Severity
from sopguide.lint.sending import sent_though

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP504"
NAME = "draft-macro"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    for name, _, first, related in sent_though("draft", whole):
        found = Diagnostic(
            CODE,
            Severity.WARNING,
            first.span("macro"),
            f"macro `{name}` is still a draft",
            "release it (`status: live`), or send another macro here",
            related,
        )
        yield first.owner, found
