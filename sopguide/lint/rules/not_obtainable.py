"""A fact that a rule needs before anything has given it.

It has no wording of its own and is not in the ticket; a later question or `set:` gives it, but some
ticket comes here before. The walk would have to ask for it without words.

Good:

    # library.yaml
    facts: {age: {type: integer, min: 0, max: 120}}
    # sops/example.yaml
    start: two
    steps:
      two: {ask: How old?, fact: age, go: one}
      one: {decide: [{if: {age: < 13}, to: done}, {else: other}]}
      done: {end: resolved, macro: done, label: done}
      other: {end: rejected, macro: done, label: done}

Bad:

    # library.yaml
    facts: {age: {type: integer, min: 0, max: 120}}
    # sops/example.yaml
    start: one
    steps:
      one: {decide: [{if: {age: < 13}, to: two}, {else: two}]}
      two: {ask: How old?, fact: age, go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    4:23: error[SOP411] `age` is needed here before anything has given it, for: any ticket
"""

CODE = "SOP411"
NAME = "not-obtainable"
