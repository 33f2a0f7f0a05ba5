"""A `set:` of a fact that the agent may have answered before.

`set` never changes what the agent or the ticket gave. Where that is the case, the setting is
skipped, and the rules after it go by the answer.

Good:

    # library.yaml
    facts:
      age: {type: integer, min: 0, max: 120, ask: How old?}
      region: {type: choice, values: [EU, US], ask: Where?}
    # sops/example.yaml
    start: one
    steps:
      one: {fact: region, go: two}
      two: {do: Note it., go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    facts:
      age: {type: integer, min: 0, max: 120, ask: How old?}
      region: {type: choice, values: [EU, US], ask: Where?}
    # sops/example.yaml
    start: one
    steps:
      one: {fact: region, go: two}
      two: {do: Note it., set: {region: EU}, go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    5:29: warning[SOP406] `region` may have been answered before, and is then not changed
"""

CODE = "SOP406"
NAME = "set-ignored"
