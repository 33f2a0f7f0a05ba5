"""Two answers to one question that read alike.

An agent in a hurry takes the wrong one. Answers are alike where only letter case, punctuation,
small words or one letter of a longer word tells them apart. A number or a negation that differs
does tell them apart, and lists of more than twelve, which are searched by typing, are not compared.

Good:

    start: proof
    steps:
      proof:
        ask: What did the person send?
        answers: {bill: {say: A receipt}, photo: {say: A picture of the device}}
        go: done
      done: {end: resolved, macro: done, label: done}

Bad:

    start: proof
    steps:
      proof:
        ask: What did the person send?
        answers: {bill: {say: A receipt}, bills: {say: The receipts}}
        go: done
      done: {end: resolved, macro: done, label: done}

Found:

    5:39: hint[SOP603] `The receipts` reads like `A receipt`
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.questions import Question
    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP603"
NAME = "answers-alike"

_MOST = 12
_LONG = 5
_WORD = re.compile(r"\w+")
_ENGLISH = "a an the this that of to is are was it its please just also really very well"
_SPANISH = "el la los las un una de del es son por favor"
_GERMAN = "der die das den dem ein eine einen einem bitte auch ist sind"
_SMALL = frozenset(f"{_ENGLISH} {_SPANISH} {_GERMAN}".split())
_MARKS = str.maketrans(dict.fromkeys("<>=≤≥+%€$£&@#/", " "))
_TELLING = re.compile(r"[<>=≤≥+%€$£&@#]")


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    for question in whole.questions:
        if not 1 < len(question.answers) <= _MOST or _plain(question):
            continue
        read = {name: _words(text) for name, text in question.answers.items()}
        for one, other in combinations(read, 2):
            if _alike(read[one], read[other]):
                text, like = question.answers[other], question.answers[one]
                found = Diagnostic(
                    CODE,
                    Severity.HINT,
                    question.answer_span(other),
                    f"`{text}` reads like `{like}`",
                    "name what sets them apart, at the beginning",
                    (Related(question.answer_span(one), "the other answer"),),
                )
                yield question.owner, found


def _plain(question: Question) -> bool:
    """Whether the answers are yes and no and nothing else, as most are."""
    return question.yes_no and all(name == text for name, text in question.answers.items())


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """The words that count, in order, with the signs that tell values apart."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    signs = _TELLING.findall(plain)
    found = _WORD.findall(plain.translate(_MARKS).replace("_", " "))
    telling = [word for word in found if word not in _SMALL]
    return (*(telling or found), *signs)


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if one == other:
        return bool(one)
    if len(one) != len(other):
        return False
    differing = [pair for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and _one_letter_apart(*differing[0])


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether two longer words differ by one letter that is no digit."""
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > 1:
        return False
    if any(map(str.isdigit, one + other)):
        return False
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other) == 1
