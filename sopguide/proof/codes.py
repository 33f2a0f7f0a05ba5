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
RULES_OVERLAP = "SOP410"
NOT_OBTAINABLE = "SOP411"
LIMIT_EXCEEDED = "SOP413"
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
    kinds.RULES_OVERLAP: (RULES_OVERLAP, Severity.HINT),
    kinds.NOT_OBTAINABLE: (NOT_OBTAINABLE, Severity.ERROR),
    kinds.LATE: (LIMIT_EXCEEDED, Severity.WARNING),
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
    headline, advice = _WORDS[found.kind]
    return headline.format(about=found.about, words=found.words), advice.format(words=found.words)


_WORDS = {
    kinds.NEVER_GIVEN: (
        "the answer `{about}` can never be given here",
        "earlier answers and rules rule it out; delete it, or reorder",
    ),
    kinds.SETTLED: (
        "this question is settled: the answer can only be `{words}`",
        "go on without asking, or ask before it is settled",
    ),
    kinds.ENDLESS: (
        "from here the walk goes round for ever for: {words}",
        "give the loop a way out for it",
    ),
    kinds.SET_IGNORED: (
        "`{about}` may have been answered before, and is then not changed",
        "a `set` never changes what the agent gave; set another fact",
    ),
    kinds.OVERLAP: ("rows overlap for: {words}", "`hit: unique` lets one row hold at most"),
    kinds.HAIRLINE: (
        "only `{about}` of exactly {words} comes to this `else`",
        "the ranges before it leave a hairline; did you mean `<=` or `>=`?",
    ),
    kinds.RULES_OVERLAP: (
        "this overlaps with rule {about} for: {words}",
        "the first one decides; make them exclude each other where the order should not matter",
    ),
    kinds.NOT_OBTAINABLE: (
        "`{about}` is needed here before anything has given it, for: {words}",
        "ask for it earlier, or give it an `ask:` or a `from:`",
    ),
    kinds.LATE: (
        "{about}: {words}",
        "shorten what is waited for, or hand off sooner",
    ),
    kinds.UNBOUND: (
        "nothing fills {about} for: {words}",
        "ask for it on the way, or leave it out of the macro",
    ),
    kinds.NOT_PROVED: (
        "not proved: {about}",
        "because {words}; test it with scenarios",
    ),
}
