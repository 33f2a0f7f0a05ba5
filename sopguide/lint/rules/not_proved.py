"""What the proof could not decide.

Most comparisons of facts can be decided for all their values; some, such as sums of three facts,
cannot. Nothing need be wrong there: the finding says what nobody looked at, so that scenarios can.

Good:

    # library.yaml
    facts:
      paid: {type: decimal, min: 0, ask: How much was paid?}
    # sops/example.yaml
    start: one
    steps:
      one: {decide: [{if: {paid: "> 500"}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    facts:
      paid: {type: decimal, min: 0, ask: How much was paid?}
      used: {type: decimal, min: 0, ask: How much was used?}
      fee: {type: decimal, min: 0, ask: How much was the fee?}
      left: {type: decimal, is: paid - used - fee}
    # sops/example.yaml
    start: one
    steps:
      one:
        decide:
          - {if: {paid: "> 500"}, to: done}
          - {if: {left: "> 500"}, to: done}
          - {else: done}
      done: {end: resolved, macro: done, label: done}

Found:

    7:14: hint[SOP408] not proved: what `fee and paid and used` rule out here
"""

CODE = "SOP408"
NAME = "not-proved"
