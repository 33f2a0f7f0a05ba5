"""A rule that can never hold, or an `else` that is never reached.

What comes before it, in the list or on the way there, settles it already. Often two rules stand in
the wrong order, or a limit was changed in one place of two.

Good:

    # library.yaml
    facts:
      age: {type: integer, min: 0, max: 120, ask: How old?}
      region: {type: choice, values: [EU, US], ask: Where?}
    # sops/example.yaml
    start: one
    steps:
      one: {decide: [{if: {age: < 13}, to: done}, {if: {age: < 20}, to: other}, {else: done}]}
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
      one: {decide: [{if: {age: < 20}, to: done}, {if: {age: < 13}, to: other}, {else: done}]}
      done: {end: resolved, macro: done, label: done}
      other: {end: rejected, macro: done, label: done}

Found:

    4:52: warning[SOP402] this rule can never hold
"""

CODE = "SOP402"
NAME = "rule-never-holds"
