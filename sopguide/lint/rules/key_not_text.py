"""A key that is no text.

A list or a mapping stands where a name is wanted, often because of a missing quote or a `{{` at the
beginning of a text.

Good:

    about: '{{ ticket.subject }}'
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    about: {[a]: b}
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    1:9: error[SOP112] a list or mapping stands where a key should be
"""

from sopguide.source import codes

CODE = codes.KEY_NOT_TEXT
NAME = "key-not-text"
