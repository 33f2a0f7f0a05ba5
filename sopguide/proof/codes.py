"""What the proof finds: a code, a weight and words for each kind of finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sopguide.diagnostics import Severity
from sopguide.proof import findings as kinds

if TYPE_CHECKING:
    from sopguide.proof.findings import Finding

GAP = "SOP401"
RULE_NEVER_HOLDS = "SOP402"
ANSWER_NEVER_GIVEN = "SOP403"
QUESTION_SETTLED = "SOP404"
ENDLESS_LOOP = "SOP405"
SET_IGNORED = "SOP406"
ROW_OVERLAP = "SOP407"
NOT_PROVED = "SOP408"
HAIRLINE = "SOP409"
UNBOUND = "SOP508"

CODES = {
    kinds.GAP: (GAP, Severity.WARNING),
    kinds.NEVER_HOLDS: (RULE_NEVER_HOLDS, Severity.WARNING),
    kinds.NEVER_GIVEN: (ANSWER_NEVER_GIVEN, Severity.WARNING),
    kinds.SETTLED: (QUESTION_SETTLED, Severity.WARNING),
    kinds.ENDLESS: (ENDLESS_LOOP, Severity.WARNING),
    kinds.SET_IGNORED: (SET_IGNORED, Severity.WARNING),
    kinds.OVERLAP: (ROW_OVERLAP, Severity.ERROR),
    kinds.NOT_PROVED: (NOT_PROVED, Severity.HINT),
    kinds.HAIRLINE: (HAIRLINE, Severity.HINT),
    kinds.UNBOUND: (UNBOUND, Severity.WARNING),
}


def tell(found: Finding, *, table: bool = False) -> tuple[str, str]:
    """Return the headline and the help for a finding."""
    rows = "row" if table else "rule"
    if found.kind == kinds.GAP:
        return f"no {rows} holds for: {found.words}", f"add a {rows} for it, or an `else`"
    if found.kind == kinds.NEVER_HOLDS:
        last = found.path[-1] == "else"
        what = "this `else` is never reached" if last else f"this {rows} can never hold"
        return what, f"what comes before it already settles it; delete the {rows}, or reorder"
    return _tell_more(found)


def _tell_more(found: Finding) -> tuple[str, str]:
    if found.kind == kinds.NEVER_GIVEN:
        return f"the answer `{found.about}` can never be given here", (
            "earlier answers and rules rule it out; delete it, or reorder"
        )
    if found.kind == kinds.SETTLED:
        return f"this question is settled: the answer can only be `{found.words}`", (
            "go on without asking, or ask before it is settled"
        )
    if found.kind == kinds.ENDLESS:
        return f"from here the walk goes round for ever for: {found.words}", (
            "give the loop a way out for it"
        )
    if found.kind == kinds.SET_IGNORED:
        return f"`{found.about}` may have been answered before, and is then not changed", (
            "a `set` never changes what the agent gave; set another fact"
        )
    if found.kind == kinds.OVERLAP:
        return f"rows overlap for: {found.words}", "`hit: unique` lets one row hold at most"
    if found.kind == kinds.HAIRLINE:
        return f"only `{found.about}` of exactly {found.words} comes to this `else`", (
            "the ranges before it leave a hairline; did you mean `<=` or `>=`?"
        )
    if found.kind == kinds.UNBOUND:
        return f"nothing fills {found.about} for: {found.words}", (
            "ask for it on the way, or leave it out of the macro"
        )
    return f"not proved: what `{found.about}` rule out here", (
        f"because {found.words}; test it with scenarios"
    )
