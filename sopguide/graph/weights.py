"""How much findings weigh in one library: `rules:` in `library.yaml`, by code or by name.

What cannot be compiled stays an error, whatever is written there. `judged` applies the weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.graph import codes
from sopguide.source.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sopguide.graph.symbols import Symbols


def weights(
    symbols: Symbols, names: Callable[[], Mapping[str, str]], fixed: Callable[[str], bool]
) -> dict[str, str]:
    """The weights that the library sets, by code; what is wrong in them is told."""
    library = symbols.sources.library
    if library is None or library.model is None or not library.model.rules:
        return {}
    report, known = symbols.reporter("library", ""), names()
    codes_of = {name: code for code, name in known.items()} | {code: code for code in known}
    found: dict[str, str] = {}
    for name, weight in library.model.rules.items():
        span = report.span(("rules", name), key=True)
        code = codes_of.get(name)
        if code is None:
            near = did_you_mean(name, codes_of)
            report.error(codes.WRONG_RULE_SETTING, span, f"unknown rule `{name}`", near)
        elif fixed(code):
            headline = f"what `{name}` finds is always an error"
            advice = "only the rules from SOP3 on can be set, and not all of those"
            report.error(codes.WRONG_RULE_SETTING, span, headline, advice)
        else:
            found[code] = weight
    return found
