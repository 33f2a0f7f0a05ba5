"""A fact of an SOP that bears the name of a fact of the library.

Both would be meant wherever the name is written. A question without `fact:` declares a fact named
like its step.

Good:

    # library.yaml
    facts:
      age: {type: integer, ask: How old?}
    # sops/example.yaml
    start: old
    steps:
      old: {fact: age, go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    # library.yaml
    facts:
      age: {type: integer, ask: How old?}
    # sops/example.yaml
    start: age
    steps:
      age: {ask: How old?, type: integer, go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    4:3: error[SOP214] the question `age` declares `age`, a fact of the library
"""

from sopguide.graph import codes

CODE = codes.FACT_DECLARED_TWICE
NAME = "fact-declared-twice"
