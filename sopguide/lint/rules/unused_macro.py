"""Macros that no SOP sends.

Such a reply is kept up to date for nobody, or the SOP that should send it sends another. Only live
macros are told, and none that a deprecated macro is `replaced_by`.

Good:

    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: All done.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: All done.}}
    more: {title: More, status: live, body: {en: Anything else?}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    macros/standard.yaml:3:1: hint[SOP509] no SOP sends macro `more`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP509"
NAME = "unused-macro"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    if not whole.sound:
        return
    macros = whole.symbols.sources.macros
    used = {name for one in whole.procedures.values() for name in one.uses.macros}
    used |= {entry.model.replaced_by or "" for entry in macros.values() if entry.model}
    for name, entry in macros.items():
        if name not in used and entry.model and entry.model.status == "live":
            headline = f"no SOP sends macro `{name}`"
            advice = "send it, or set `status: retired`"
            span = entry.span(key=True)
            yield ("macros", name), Diagnostic(CODE, Severity.HINT, span, headline, advice)
