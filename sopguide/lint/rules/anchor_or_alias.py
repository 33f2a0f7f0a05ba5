"""An anchor (`&name`) or an alias (`*name`).

They make a file shorter and harder to read: what stands at one place is written at another. Repeat
the text, name a set, or make a sub-procedure of what is shared. A text that begins with `&` or `*`
stands in quotes.

Good:

    about: '*All* of it.'
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    about: *all
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    1:8: error[SOP108] anchors and aliases are not part of the language: `*all`
"""

from sopguide.source import codes

CODE = codes.ANCHOR
NAME = "anchor-or-alias"
