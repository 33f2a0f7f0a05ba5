"""An answer that is no value of the fact that is asked for.

A question with `fact:` asks for a declared fact, so its answers are that fact's values.

Good:

    start: kind
    facts:
      colour: {type: choice, values: [red, green], ask: Which colour?}
    steps:
      kind: {fact: colour, answers: {red: done, green: done}}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: kind
    facts:
      colour: {type: choice, values: [red, green], ask: Which colour?}
    steps:
      kind: {fact: colour, answers: {rod: done}, go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    5:34: error[SOP208] `rod` is not a value of `colour`
"""

from sopguide.graph import codes

CODE = codes.UNKNOWN_ANSWER
NAME = "unknown-answer"
