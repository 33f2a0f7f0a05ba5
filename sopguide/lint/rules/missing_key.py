"""A key that has to be there and is not.

Without it nobody knows what is meant: an end needs its `macro` (or `macro: none`) and its `label`.

Good:

    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    start: done
    steps:
      done: {end: resolved, macro: done}

Found:

    3:3: error[SOP121] `label` is missing in `done`
"""

from sopguide.source import codes

CODE = codes.MISSING_KEY
NAME = "missing-key"
