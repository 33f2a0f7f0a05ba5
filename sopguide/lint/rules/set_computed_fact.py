"""A `set:` of a fact that is computed or looked up.

Its value follows from other facts; set those.

Good:

    start: note
    facts:
      paid: {type: integer, ask: How much?}
      rest: {type: integer, is: 100 - paid}
    steps:
      note: {do: Note it., set: {paid: 5}, go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: note
    facts:
      paid: {type: integer, ask: How much?}
      rest: {type: integer, is: 100 - paid}
    steps:
      note: {do: Note it., set: {rest: 5}, go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    6:30: error[SOP215] `rest` is computed and cannot be set
"""

from sopguide.graph import codes

CODE = codes.SET_COMPUTED_FACT
NAME = "set-computed-fact"
