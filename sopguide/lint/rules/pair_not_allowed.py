"""A macro that does not go with the label of its step.

`macros` of a label lists the replies it goes with; a label without `macros` goes with `macro: none`
only. Where the pair is not listed, the reply is wrong, or the label, or the list.

Good:

    # labels.yaml
    done: {title: Done, macros: [done]}
    silent: {title: Nothing was sent}
    # sops/example.yaml
    start: which
    steps:
      which: {ask: Does the person expect an answer?, answers: {yes: done, no: silent}}
      done: {end: resolved, macro: done, label: done}
      silent: {end: resolved, macro: none, label: silent}

Bad:

    # labels.yaml
    silent: {title: Nothing was sent}
    done: {title: Done, macros: [done]}
    # sops/example.yaml
    start: which
    steps:
      which: {ask: Does the person expect an answer?, answers: {yes: done, no: silent}}
      done: {end: resolved, macro: none, label: done}
      silent: {end: resolved, macro: done, label: silent}

Found:

    5:32: warning[SOP506] label `done` does not go with `macro: none`
    6:34: warning[SOP506] label `silent` does not go with macro `done`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP506"
NAME = "pair-not-allowed"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    macros, labels = whole.catalogues.macros, whole.catalogues.labels
    for sent in whole.sent:
        macro, label = sent.macro, sent.label
        if macro is None or label not in labels or (macro != "none" and macro not in macros):
            continue
        allowed = labels[label].get("macros", ["none"])
        if macro not in allowed:
            place = whole.symbols.sources.labels[label].span(key=True)
            named = ", ".join(f"`{name}`" for name in allowed)
            found = Diagnostic(
                CODE,
                Severity.WARNING,
                sent.span("macro"),
                f"label `{label}` does not go with " + _named(macro),
                f"it goes with {named}; change the step, or the label's `macros`",
                (Related(place, "the label"),),
            )
            yield sent.owner, found


def _named(macro: str) -> str:
    return "`macro: none`" if macro == "none" else f"macro `{macro}`"
