"""A step of no kind, or of two.

One key says what a step is: `ask`, `fact`, `do`, `decide`, `run`, `return`, `wait` or `end`.

Good:

    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    start: done
    steps:
      done: {end: resolved, do: Look., macro: done, label: done}

Found:

    3:3: error[SOP127] step `done` is of several kinds: `do`, `end`
"""

from sopguide.source import codes

CODE = codes.STEP_KIND
NAME = "step-kind"
