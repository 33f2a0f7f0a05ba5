"""A name that the language keeps for itself.

Facts cannot be named `today`, `now`, `ticket`, `any`, `round`, `min` or `max`; values cannot be
named like the words of tests: `known`, `unknown`, `in`, `not`, `has`, `only`, `and`, `any`, `all`.

Good:

    # library.yaml
    facts: {day: {type: date, ask: Which day?}}
    # sops/example.yaml
    start: when
    steps:
      when: {fact: day, go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    facts: {today: {type: date, ask: Which day?}}
    # sops/example.yaml
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    library.yaml:2:9: error[SOP125] `today` is a reserved word
"""

from sopguide.source import codes

CODE = codes.RESERVED_WORD
NAME = "reserved-word"
