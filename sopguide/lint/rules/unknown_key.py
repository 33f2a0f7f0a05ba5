"""A key that means nothing where it stands.

It would be passed over, and with it what the author wanted. The finding names the keys that are
known there, and the one that was probably meant.

Good:

    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    start: done
    steps:
      done: {end: resolved, macro: done, lable: done, label: done}

Found:

    3:38: error[SOP120] unknown key `lable`
"""

from sopguide.source import codes

CODE = codes.UNKNOWN_KEY
NAME = "unknown-key"
