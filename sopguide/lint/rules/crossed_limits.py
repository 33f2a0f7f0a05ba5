"""A `min` above the `max`.

No value would ever be accepted.

Good:

    start: old
    steps:
      old: {ask: How old?, type: integer, min: 0, max: 120, go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: old
    steps:
      old: {ask: How old?, type: integer, min: 120, max: 0, go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    3:44: error[SOP221] nothing fits `old`: its `min` lies above its `max`
"""

from sopguide.graph import codes

CODE = codes.CROSSED_LIMITS
NAME = "crossed-limits"
