"""A value that cannot stand there.

The finding says what can: one of a few words, a version such as `1.2.0`, a date such as
`2026-05-19`.

Good:

    status: live
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    status: alive
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    1:9: error[SOP123] `alive` is no value of `status`
"""

from sopguide.source import codes

CODE = codes.WRONG_VALUE
NAME = "wrong-value"
