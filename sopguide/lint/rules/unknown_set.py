"""A named set that the library does not declare, or a set of another fact.

A set can only be tested on the fact it is `of`.

Good:

    # library.yaml
    sets:
      eea: {of: country, values: [AT, BE]}
    facts:
      country: {type: choice, values: [AT, BE, US], ask: Which country?}
    # sops/example.yaml
    start: where
    steps:
      where: {decide: [{if: {country: in eea}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    sets:
      eea: {of: country, values: [AT, BE]}
    facts:
      country: {type: choice, values: [AT, BE, US], ask: Which country?}
    # sops/example.yaml
    start: where
    steps:
      where: {decide: [{if: {country: in eaa}, to: done}, {else: done}]}
      done: {end: resolved, macro: done, label: done}

Found:

    4:38: error[SOP203] unknown set `eaa`
"""

from sopguide.graph import codes

CODE = codes.UNKNOWN_SET
NAME = "unknown-set"
