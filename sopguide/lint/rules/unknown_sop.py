"""A `run` of an SOP that does not exist.

The id of an SOP is its path below `sops/`, without the ending.

Good:

    # sops/example.yaml
    start: proof
    steps:
      proof: {run: identity/verify, go: done}
      done: {end: resolved, macro: done, label: done}
    # sops/identity/verify.yaml
    start: good
    steps:
      good: {return: verified}

Bad:

    # sops/example.yaml
    start: proof
    steps:
      proof: {run: identity/verfy, go: done}
      done: {end: resolved, macro: done, label: done}
    # sops/identity/verify.yaml
    start: good
    steps:
      good: {return: verified}

Found:

    4:16: error[SOP204] unknown SOP `identity/verfy`
"""

from sopguide.graph import codes

CODE = codes.UNKNOWN_SOP
NAME = "unknown-sop"
