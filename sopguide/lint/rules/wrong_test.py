"""A test that cannot be read, or that does not go with the type of its fact.

Numbers, dates and durations are compared; what holds several values is tested with `has` and
`only`; of a text only `known` and `unknown` can be tested.

Good:

    start: many
    facts:
      proofs: {type: choices, values: [receipt, device], ask: Which proofs?}
    steps:
      many: {decide: [{if: {proofs: has receipt}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: many
    facts:
      proofs: {type: choices, values: [receipt, device], ask: Which proofs?}
    steps:
      many: {decide: [{if: {proofs: receipt}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Found:

    5:33: error[SOP210] `proofs` holds several values at once
"""

from sopguide.graph import codes

CODE = codes.WRONG_TEST
NAME = "wrong-test"
