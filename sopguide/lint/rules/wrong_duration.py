"""A `for:` or `within:` that is no duration.

Durations are written `7d`, `4h`, `1w 2d`, `10bd`.

Good:

    start: reply
    steps:
      reply: {wait: The customer's reply, for: 7d, go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: reply
    steps:
      reply: {wait: The customer's reply, for: 7 dais, go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    3:44: error[SOP219] `7 dais` is not a duration
"""

from sopguide.graph import codes

CODE = codes.WRONG_DURATION
NAME = "wrong-duration"
