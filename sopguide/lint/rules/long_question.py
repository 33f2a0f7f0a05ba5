"""Questions too long to be read at one glance.

An agent reads each question hundreds of times a week. What needs more than 120 characters holds an
explanation, which belongs in `help`, or a second question.

Good:

    start: power
    steps:
      power:
        ask: Is the breaker on?
        help: It sits in the grey box beside the door; look for a switch that points up.
        answers: {yes: done, no: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: power
    steps:
      power:
        ask: >-
          Looking at the grey box beside the door that holds the switches of this floor, can you see
          at a glance whether the breaker is on?
        answers: {yes: done, no: done}
      done: {end: resolved, macro: done, label: done}

Found:

    4:10: hint[SOP601] this question has 129 characters, more than 120
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sopguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sopguide.graph.symbols import Owner
    from sopguide.graph.whole import Whole

CODE = "SOP601"
NAME = "long-question"

LONGEST = 120
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def check(whole: Whole) -> Iterator[tuple[Owner, Diagnostic]]:
    for question in whole.questions:
        if len(question.text) > LONGEST:
            length = len(_PLACEHOLDER.sub("12345678", question.text).strip())
            if length > LONGEST:
                headline = f"this question has {length} characters, more than {LONGEST}"
                advice = "say in `help` how to find the answer, and ask only for the answer"
                found = Diagnostic(CODE, Severity.HINT, question.span, headline, advice)
                yield question.owner, found
