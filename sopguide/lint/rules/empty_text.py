"""A text with nothing in it.

An agent would stand before an empty line. Write the text, or leave the key out.

Good:

    start: look
    steps:
      look: {do: Look., go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: look
    steps:
      look: {do: '', go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    3:14: error[SOP126] `do` is empty
"""

from sopguide.source import codes

CODE = codes.EMPTY_TEXT
NAME = "empty-text"
