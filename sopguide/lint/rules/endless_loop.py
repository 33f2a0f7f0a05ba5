"""A loop that some facts never leave.

The steps in it ask nothing, so the walk goes round and nothing changes. Loops in which something is
asked are fine, and so are loops that no facts can enter.

Good:

    # library.yaml
    facts:
      age: {type: integer, min: 0, max: 120, ask: How old?}
      region: {type: choice, values: [EU, US], ask: Where?}
    # sops/example.yaml
    start: one
    steps:
      one: {decide: [{if: {age: < 13}, to: done}, {else: two}]}
      two: {do: Look again., go: other}
      done: {end: resolved, macro: done, label: done}
      other: {end: rejected, macro: done, label: done}

Bad:

    # library.yaml
    facts:
      age: {type: integer, min: 0, max: 120, ask: How old?}
      region: {type: choice, values: [EU, US], ask: Where?}
    # sops/example.yaml
    start: one
    steps:
      one: {decide: [{if: {age: < 13}, to: done}, {else: two}]}
      two: {do: Look again., go: one}
      done: {end: resolved, macro: done, label: done}

Found:

    4:3: warning[SOP405] from here the walk goes round for ever for: age 13
"""

CODE = "SOP405"
NAME = "endless-loop"
