"""`answers` for a fact whose values cannot be listed.

Only `choice` and `yes_no` have one button for each value. Of others, the value is given and the
rules of `go` test it.

Good:

    start: old
    facts:
      age: {type: integer, ask: How old?}
    steps:
      old: {fact: age, go: [{if: {age: 18}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: old
    facts:
      age: {type: integer, ask: How old?}
    steps:
      old: {fact: age, answers: {18: done}, go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    5:20: error[SOP217] `age` is of type `integer` and cannot have `answers`
"""

from sopguide.graph import codes

CODE = codes.ANSWERS_NOT_POSSIBLE
NAME = "answers-not-possible"
