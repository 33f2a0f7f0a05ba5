"""A value that its fact cannot have.

Values stand in tests, sets, `set:` and tables. A choice takes one of its values, a number is
written in digits, a date as `2026-05-19`.

Good:

    start: kind
    facts:
      colour: {type: choice, values: [red, green], ask: Which colour?}
    steps:
      kind: {decide: [{if: {colour: red}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: kind
    facts:
      colour: {type: choice, values: [red, green], ask: Which colour?}
    steps:
      kind: {decide: [{if: {colour: gren}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Found:

    5:33: error[SOP209] `gren` does not fit `colour`
"""

from sopguide.graph import codes

CODE = codes.WRONG_VALUE
NAME = "wrong-value-of-fact"
