"""A tag (`!name`).

Types come from the language of the library, never from the file. A text that begins with `!` stands
in quotes.

Good:

    about: '!important'
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    about: !important now
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    1:8: error[SOP109] tags are not part of the language: `!important`
"""

from sopguide.source import codes

CODE = codes.TAG
NAME = "tag"
