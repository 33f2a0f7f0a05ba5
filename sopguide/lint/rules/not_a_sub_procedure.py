"""A `run` of an SOP that never returns.

What is run as a sub-procedure ends in `return:` steps, so that the walk goes on in the SOP that ran
it.

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
      proof: {run: verify, go: done}
      done: {end: resolved, macro: done, label: done}
    # sops/verify.yaml
    start: good
    steps:
      good: {end: resolved, macro: done, label: done}

Found:

    4:16: error[SOP216] `verify` never returns, so it cannot be run as a sub-procedure
"""

from sopguide.graph import codes

CODE = codes.NOT_A_SUB_PROCEDURE
NAME = "not-a-sub-procedure"
