"""Placeholders that cannot be read.

A placeholder is a name in double braces. In macros and texts all of Liquid may be used, and what
Liquid cannot read could not be sent.

Good:

    start: note
    steps:
      note: {do: "Write to {{ ticket.requester.email }}.", go: done}
      done: {end: resolved, macro: done, label: done}

Bad:

    start: note
    steps:
      note: {do: "Write to {{ ticket.requester.email }.", go: done}
      done: {end: resolved, macro: done, label: done}

Found:

    3:14: error[SOP218] the placeholders cannot be read: a `{{` has no `}}`
"""

from sopguide.graph import codes

CODE = codes.BROKEN_PLACEHOLDER
NAME = "broken-placeholder"
