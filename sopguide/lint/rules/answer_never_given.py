"""An answer that nobody can give where it stands.

Earlier answers and rules rule it out. An agent who reads it thinks it possible.

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
      region: {type: choice, values: [EU, US, JP], ask: Where?}
    # sops/example.yaml
    start: one
    steps:
      one: {decide: [{if: {region: JP}, to: other}, {else: two}]}
      two: {fact: region, answers: {EU: done, US: other, JP: done}}
      done: {end: resolved, macro: done, label: done}
      other: {end: rejected, macro: done, label: done}

Found:

    5:54: warning[SOP403] the answer `JP` can never be given here
"""

CODE = "SOP403"
NAME = "answer-never-given"
