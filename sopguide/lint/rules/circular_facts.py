"""Facts, tables or sets that need each other.

A computed fact, a limit or a table waits until the facts it names are known. Where they wait for it
in turn, none of them ever is.

Good:

    # library.yaml
    facts:
      paid: {type: integer, ask: How much?}
      rest: {type: integer, is: 100 - paid}

Bad:

    # library.yaml
    facts:
      paid: {type: integer, is: 100 - rest}
      rest: {type: integer, is: 100 - paid}

Found:

    library.yaml:3:3: error[SOP213] facts need each other: `paid` → `rest` → `paid`
"""

from sopguide.graph import codes

CODE = codes.CIRCULAR_NAMES
NAME = "circular-facts"
