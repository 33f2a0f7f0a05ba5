"""Macros without a body in one of the library's languages.

Whoever wrote in that language gets the reply in another one. `locales` in `library.yaml` says in
which languages the library answers; each macro that an SOP sends needs a body in each of them.

Good:

    # library.yaml
    locales: [en, es]
    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: All done., es: Todo listo.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    locales: [en, es]
    # macros/standard.yaml
    done: {title: Done, status: live, body: {en: All done.}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    macros/standard.yaml:2:35: warning[SOP501] macro `done` has no body in `es`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP501"
NAME = "missing-locale"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    for macro, senders in whole.senders.items():
        entry, model = whole.macro(macro)
        missing = [locale for locale in whole.locales if locale not in model.body]
        if missing:
            named = " and ".join(f"`{locale}`" for locale in missing)
            found = Diagnostic(
                CODE,
                Severity.WARNING,
                entry.span("body", key=True),
                f"macro `{macro}` has no body in {named}",
                "add it below `body`, or the reply goes out in another language",
                (Related(senders[0].span("macro"), "sent from here"),),
            )
            yield ("macros", macro), found
