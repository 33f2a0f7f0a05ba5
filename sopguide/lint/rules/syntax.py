"""A mistake in the syntax of YAML.

The rest of the file cannot be read, so only the first such mistake of a file is told. Usual causes:
a colon or a `#` inside a text without quotes, a quote that is not closed, or lines that are
indented with a different number of spaces.

Good:

    title: 'Refund: coins'
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Bad:

    title: Refund: coins
    start: done
    steps:
      done: {end: resolved, macro: done, label: done}

Found:

    1:14: error[SOP105] `: ` in the middle of a text
"""

from sopguide.source import codes

CODE = codes.SYNTAX
NAME = "syntax"
