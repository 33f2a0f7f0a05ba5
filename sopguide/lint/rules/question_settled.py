"""A question whose answer is settled before it is asked.

Earlier answers and rules leave one answer only. Nobody is asked then, and the other ways on are
never taken.

Good:

    # library.yaml
    facts:
      age: {type: integer, min: 0, max: 120, ask: How old?}
      region: {type: choice, values: [EU, US], ask: Where?}
    # sops/example.yaml
    start: one
    steps:
      one: {fact: region, answers: {EU: done, US: other}}
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
      one: {decide: [{if: {region: EU}, to: other}, {else: two}]}
      two: {fact: region, answers: {US: done}, go: other}
      done: {end: resolved, macro: done, label: done}
      other: {end: rejected, macro: done, label: done}

Found:

    5:3: warning[SOP404] this question is settled: the answer can only be `US`
"""

CODE = "SOP404"
NAME = "question-settled"
