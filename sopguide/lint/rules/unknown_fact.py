"""A fact that neither the library nor the SOP declares.

Facts are named in questions, tests, expressions, limits, `set:`, placeholders and sets. Facts of
one SOP are not seen in another.

Good:

    start: old
    facts:
      age: {type: integer, ask: How old?}
    steps:
      old: {fact: age, go: [{if: {age: "< 13"}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: old
    facts:
      age: {type: integer, ask: How old?}
    steps:
      old: {fact: age, go: [{if: {aeg: "< 13"}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Found:

    5:31: error[SOP202] unknown fact `aeg`
"""

from sopguide.graph import codes

CODE = codes.UNKNOWN_FACT
NAME = "unknown-fact"
