"""A fact that a walk may have to ask for, and that has no wording.

Facts ask for themselves where a rule needs them. One that has no `ask:`, is not in the ticket
(`from:`), and that no question or `set:` of the SOP gives, could never become known.

Good:

    start: old
    facts:
      age: {type: integer, ask: How old?}
    steps:
      old: {decide: [{if: {age: "< 13"}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: old
    facts:
      age: {type: integer}
    steps:
      old: {decide: [{if: {age: "< 13"}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Found:

    5:23: error[SOP222] `age` can be needed here, and nothing says how to ask it
"""

from sopguide.graph import codes

CODE = codes.NO_WORDING
NAME = "no-wording"
