"""Named sets that no test uses.

Good:

    # library.yaml
    facts: {country: {type: choice, values: [AT, US], ask: Which country?}}
    sets: {eea: {of: country, values: [AT]}}
    # sops/example.yaml
    start: where
    steps:
      where: {fact: country, go: [{if: {country: in eea}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    facts: {country: {type: choice, values: [AT, US], ask: Which country?}}
    sets: {eea: {of: country, values: [AT]}}
    # sops/example.yaml
    start: where
    steps:
      where: {fact: country, go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    library.yaml:3:8: hint[SOP513] no test uses the set `eea`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP513"
NAME = "unused-set"


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    library = whole.symbols.sources.library
    if not whole.sound or library is None or not whole.symbols.sets:
        return
    texts = [document.text for document in whole.symbols.sources.documents.values()]
    for name in whole.symbols.sets:
        use = re.compile(rf"\bin\s+{name}\b")
        if not any(use.search(text) for text in texts):
            headline = f"no test uses the set `{name}`"
            advice = f"test it (`in {name}`), or delete it"
            span = library.span("sets", name, key=True)
            yield ("library", ""), Diagnostic(CODE, Severity.HINT, span, headline, advice)
