"""Facts for which no rule of a list holds.

The ticket with these facts comes to this step and is stuck there. The finding names the smallest
such ticket; whoever pastes it into `sopguide resolve` sees it happen. In a table it is a row that
is missing.

Good:

    # library.yaml
    facts:
      age: {type: integer, min: 0, max: 120, ask: How old?}
      region: {type: choice, values: [EU, US], ask: Where?}
    # sops/example.yaml
    start: one
    steps:
      one: {decide: [{if: {age: < 13}, to: done}, {if: {age: '>= 13'}, to: other}]}
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
      one: {decide: [{if: {age: < 13}, to: done}, {if: {age: '> 13'}, to: other}]}
      done: {end: resolved, macro: done, label: done}
      other: {end: rejected, macro: done, label: done}

Found:

    4:9: warning[SOP401] no rule holds for: age 13
"""

CODE = "SOP401"
NAME = "gap"
