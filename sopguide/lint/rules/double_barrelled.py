"""Questions that ask two things at once.

The agent has one answer for both, and whoever reads the path cannot tell which of the two it was.
Two question marks are told, and a second clause after "and" (after "or" where the answer is yes or
no), in English, Spanish and German.

Good:

    start: threat
    steps:
      threat: {ask: Is there a threat?, answers: {yes: place, no: done}}
      place: {ask: Can the person be found?, answers: {yes: done, no: done}}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: threat
    steps:
      threat: {ask: Is there a threat and can it be met?, answers: {yes: done, no: done}}
      done: {end: resolved, macro: done, label: done}

Found:

    3:17: hint[SOP602] this asks two things at once: `and can it`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.questions import Question
    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP602"
NAME = "double-barrelled"

# A verb before its subject, or a word that asks, begins a clause: "and is it", "y cuándo".
_CLAUSES = {
    "en": (
        r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\s+"
        r"(?:the|a|an|it|they|he|she|you|we|i|there|this|that|these|those|any|anyone|anybody"
        r"|someone|somebody|their|his|her|your|its)"
        r"|(?:what|who|whose|when|where|which|why|how)(?:\s+\w+)?"
    ),
    "es": r"¿?\s*(?:qué|quién|quiénes|cuál|cuáles|cuándo|dónde|cómo|cuánto|cuántos|por qué)",
    "de": (
        r"(?:ist|sind|war|waren|hat|haben|hatte|kann|können|wird|wurde|soll|muss|darf|will)\s+"
        r"(?:der|die|das|ein|eine|er|sie|es|man|jemand|ihr|ihre|sein|seine|dieser|diese|dieses)"
        r"|(?:was|wer|wen|wem|wann|wo|wohin|welche|welcher|welches|warum|wie)(?:\s+\w+)?"
    ),
}
_JOINS = {"en": ("and", "or"), "es": ("y|e", "o|u"), "de": ("und", "oder")}
_QUICK = re.compile(r" (?:and|or|y|e|o|u|und|oder) ")
_FOUND = {
    (language, either): re.compile(
        rf"\b(?:{both}{'|' + alternative if either else ''})\s+(?:{_CLAUSES[language]})\b",
        re.IGNORECASE,
    )
    for language, (both, alternative) in _JOINS.items()
    for either in (False, True)
}


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    language = whole.locales[0][:2].lower() if whole.locales else ""
    for question in whole.questions:
        text = question.text
        second = _second_mark(text)
        if second is None and language in _JOINS and _QUICK.search(text):
            second = _second_clause(question, language)
        if second is not None:
            headline = f"this asks two things at once: `{second}`"
            advice = "ask one question, then the other in a step of its own"
            yield question.owner, Diagnostic(CODE, Severity.HINT, question.span, headline, advice)


def _second_mark(text: str) -> str | None:
    """What follows the first question mark, where another one does."""
    first, mark, rest = text.partition("?")
    if not mark or "?" not in rest or not first:
        return None
    return rest.strip()[:40]


def _second_clause(question: Question, language: str) -> str | None:
    found = _FOUND[language, question.yes_no].search(question.text)
    return found[0] if found and found.start() else None
