"""A label that `labels.yaml` does not hold.

A label is named with the groups it lies in: `account/hacked/not-verified`. A group alone is no
label.

Good:

    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    start: done
    steps:
      done: {end: resolved, macro: done, label: dome}

Found:

    3:45: error[SOP206] unknown label `dome`
"""

from sopguide.graph import codes

CODE = codes.UNKNOWN_LABEL
NAME = "unknown-label"
