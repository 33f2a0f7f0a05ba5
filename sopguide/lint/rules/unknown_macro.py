"""A macro that no file below `macros/` holds.

Where no reply is to be sent, that is a decision too, and it is written `macro: none`.

Good:

    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    start: done
    steps:
      done: {end: resolved, macro: dun, label: done}

Found:

    3:32: error[SOP205] unknown macro `dun`
"""

from sopguide.graph import codes

CODE = codes.UNKNOWN_MACRO
NAME = "unknown-macro"
