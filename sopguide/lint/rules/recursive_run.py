"""SOPs that run each other.

A walk would go down for ever. A loop belongs inside one SOP, where it can be seen to have a way
out.

Good:

    # sops/example.yaml
    start: proof
    steps:
      proof: {run: verify, go: done}
      done: {end: resolved, macro: done, label: done}
    # sops/verify.yaml
    start: good
    steps:
      good: {return: verified}

Bad:

    # sops/example.yaml
    start: proof
    steps:
      proof: {run: verify, go: good}
      good: {return: verified}
    # sops/verify.yaml
    start: again
    steps:
      again: {run: example, go: good}
      good: {return: verified}

Found:

    4:16: error[SOP212] sub-procedures run each other: `example` → `verify` → `example`
"""

from sopguide.graph import codes

CODE = codes.RECURSIVE_RUN
NAME = "recursive-run"
