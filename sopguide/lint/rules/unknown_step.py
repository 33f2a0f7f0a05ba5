"""A `go`, an answer or a rule that leads to no step.

Nothing could follow there. The usual causes are a typing error and a renamed step.

Good:

    start: reset
    steps:
      reset: {do: Reset the breaker., go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: reset
    steps:
      reset: {do: Reset the breaker., go: dune}
      done: {end: resolved, macro: done, label: done}

Found:

    3:39: error[SOP201] unknown step `dune`
"""

from sopguide.graph import codes

CODE = codes.UNKNOWN_STEP
NAME = "unknown-step"
