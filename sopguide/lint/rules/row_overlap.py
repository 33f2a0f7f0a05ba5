"""Two rows of a table that hold for the same facts.

`hit: unique` says that one row holds at most, so nobody knows which value is meant. With
`hit: first` the first one counts.

Good:

    # library.yaml
    facts:
      age: {type: integer, min: 0, max: 120, ask: How old?}
      most: {type: integer, table: limits}
    # tables/limits.yaml
    hit: unique
    rows:
      - {if: {age: < 18}, value: 3}
      - {if: {age: ">= 18"}, value: 5}
    # sops/example.yaml
    start: one
    steps:
      one: {decide: [{if: {most: "> 4"}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    facts:
      age: {type: integer, min: 0, max: 120, ask: How old?}
      most: {type: integer, table: limits}
    # tables/limits.yaml
    hit: unique
    rows:
      - {if: {age: <= 18}, value: 3}
      - {if: {age: ">= 18"}, value: 5}
    # sops/example.yaml
    start: one
    steps:
      one: {decide: [{if: {most: "> 4"}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Found:

    tables/limits.yaml:5:10: error[SOP407] rows overlap for: age 18
"""

CODE = "SOP407"
NAME = "row-overlap"
