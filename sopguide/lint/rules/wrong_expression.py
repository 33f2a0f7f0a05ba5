"""A limit or a formula that cannot be read or computed.

Numbers are added, multiplied and rounded; durations are added to dates. What a formula gives must
be of the type of its fact.

Good:

    start: paid
    facts:
      amount: {type: decimal, min: 0, ask: How much?}
      half: {type: decimal, is: "round(amount / 2, 2)"}
    steps:
      paid: {decide: [{if: {half: "> 10"}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: paid
    facts:
      amount: {type: decimal, min: 0, ask: How much?}
      half: {type: decimal, is: "round(amount / 2, 2"}
    steps:
      paid: {decide: [{if: {half: "> 10"}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Found:

    4:49: error[SOP211] `)` is missing here
"""

from sopguide.graph import codes

CODE = codes.WRONG_EXPRESSION
NAME = "wrong-expression"
