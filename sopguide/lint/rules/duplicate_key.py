"""A key that is given twice.

Most programs keep the last one and say nothing, so half of what was written is lost. Rename one of
the two, or join them.

Good:

    start: one
    steps:
      one: {do: Look., go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: done
    steps:
      done: {end: resolved, macro: done, label: done}
      done: {end: rejected, macro: done, label: done}

Found:

    4:3: error[SOP111] key `done` is given twice
"""

from sopguide.source import codes

CODE = codes.DUPLICATE_KEY
NAME = "duplicate-key"
